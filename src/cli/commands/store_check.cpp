// applink store check
#include <string>

#include <fmt/format.h>

#include "applink/base/text.h"
#include "cli/arguments.h"
#include "cli/commands/all.h"
#include "cli/context.h"
#include "cli/store_location.h"

namespace applink::cli {
namespace {

Result<void> run(Context& context) {
  TRY_ASSIGN(store::Vault* const vault, context.vault());
  TRY_ASSIGN(const auto faults, vault->check());
  if (faults.empty()) return context.console().answer("the store is as it was written\n");
  std::string lines;
  for (const auto& fault : faults) lines += terminal_safe(fault) + "\n";
  TRY(context.console().answer(lines));
  TRY_ASSIGN(const auto place, store_location(context.environment()));
  return fail(ErrorCode::failed,
              fmt::format("the store is not as it was written in {} place{}", faults.size(),
                          faults.size() == 1 ? "" : "s"),
              fmt::format("nothing that is named here is used; to put back a backup, move {} away, "
                          "then run: applink store restore FILE",
                          terminal_safe(place.database.string())));
}

}  // namespace

Action store_check(Arguments&) {
  return run;
}

}  // namespace applink::cli

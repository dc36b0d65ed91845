// applink key list
#include <memory>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "cli/arguments.h"
#include "cli/commands/all.h"
#include "cli/context.h"
#include "cli/json_text.h"
#include "cli/key_description.h"
#include "cli/layout.h"

namespace applink::cli {
namespace {

struct Input {
  bool json = false;
};

Result<void> run(const Input& input, Context& context) {
  TRY_ASSIGN(store::Vault* const vault, context.vault());
  TRY_ASSIGN(const auto keys, vault->keys());
  if (input.json) {
    Json list = Json::array();
    for (const auto& key : keys) list.push_back(json_of(key));
    return context.console().answer(json_text("keys", std::move(list)));
  }
  if (keys.empty()) {
    context.console().narrate("no key yet: applink key create NAME");
    return {};
  }
  std::vector<Row> rows{{"NAME", "BITS", "CREATED", "CERTIFICATE UNTIL", "SHA-256"}};
  for (const auto& key : keys) {
    rows.push_back({key.name, fmt::format("{}", key.bits), to_rfc3339(key.created),
                    to_rfc3339(key.certificate_not_after), key.fingerprint_hex});
  }
  return context.console().answer(aligned(rows));
}

}  // namespace

Action key_list(Arguments& arguments) {
  const auto input = std::make_shared<Input>();
  arguments.flag("--json", input->json, "for programs");
  return [input](Context& context) { return run(*input, context); };
}

}  // namespace applink::cli

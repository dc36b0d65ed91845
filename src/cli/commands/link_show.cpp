// applink link show NAME
#include <memory>
#include <optional>
#include <string>

#include "cli/arguments.h"
#include "cli/commands/all.h"
#include "cli/context.h"
#include "cli/json_text.h"
#include "cli/layout.h"
#include "cli/link_choice.h"
#include "cli/link_description.h"

namespace applink::cli {
namespace {

struct Input {
  std::optional<std::string> name;
  bool json = false;
};

Result<void> run(const Input& input, Context& context) {
  TRY_ASSIGN(const auto link, chosen_link(context, input.name));
  TRY_ASSIGN(store::Vault* const vault, context.vault());
  TRY_ASSIGN(const auto default_link, vault->default_link());
  return context.console().answer(input.json ? json_text("link", json_of(link, default_link))
                                             : aligned(rows_of(link, default_link)));
}

}  // namespace

Action link_show(Arguments& arguments) {
  const auto input = std::make_shared<Input>();
  arguments.optional("NAME", input->name, "the link (the default one)");
  arguments.flag("--json", input->json, "for programs");
  return [input](Context& context) { return run(*input, context); };
}

}  // namespace applink::cli

// applink token list
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "cli/arguments.h"
#include "cli/commands/all.h"
#include "cli/context.h"
#include "cli/json_text.h"
#include "cli/layout.h"
#include "cli/token_description.h"
#include "cli/token_state.h"

namespace applink::cli {
namespace {

struct Input {
  bool json = false;
};

Result<void> run(const Input& input, Context& context) {
  TRY_ASSIGN(store::Vault* const vault, context.vault());
  TRY_ASSIGN(const auto tokens, vault->tokens());
  const Timestamp now = context.clock().now();
  if (input.json) {
    Json list = Json::array();
    for (const auto& token : tokens) list.push_back(json_of(token, now));
    return context.console().answer(json_text("tokens", std::move(list)));
  }
  if (tokens.empty()) {
    context.console().narrate("no token yet: applink login LINK");
    return {};
  }
  std::vector<Row> rows{{"LINK", "LABEL", "USER", "STATE", "EXPIRES"}};
  for (const auto& token : tokens) {
    rows.push_back({token.link, token.user_label, token.user_name,
                    std::string(to_string(state_of(token, now))),
                    token.expires ? to_rfc3339(*token.expires) : "unknown"});
  }
  return context.console().answer(aligned(rows));
}

}  // namespace

Action token_list(Arguments& arguments) {
  const auto input = std::make_shared<Input>();
  arguments.flag("--json", input->json, "for programs");
  return [input](Context& context) { return run(*input, context); };
}

}  // namespace applink::cli

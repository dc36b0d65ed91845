// applink link list
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "cli/arguments.h"
#include "cli/commands/all.h"
#include "cli/context.h"
#include "cli/json_text.h"
#include "cli/layout.h"
#include "cli/link_description.h"

namespace applink::cli {
namespace {

struct Input {
  bool json = false;
};

Result<void> run(const Input& input, Context& context) {
  TRY_ASSIGN(store::Vault* const vault, context.vault());
  TRY_ASSIGN(const auto links, vault->links());
  TRY_ASSIGN(const auto default_link, vault->default_link());
  if (input.json) {
    Json list = Json::array();
    for (const auto& link : links) list.push_back(json_of(link, default_link));
    return context.console().answer(json_text("links", std::move(list)));
  }
  if (links.empty()) {
    context.console().narrate(
        "no link yet: applink link add NAME --url URL --consumer-key KEY --key NAME");
    return {};
  }
  std::vector<Row> rows{{"NAME", "URL", "PRODUCT", "CONSUMER KEY", "KEY", ""}};
  for (const auto& link : links) {
    rows.push_back({link.name, link.base_url, std::string(jira::to_string(link.product)),
                    link.consumer_key, link.key_name, link.name == default_link ? "default" : ""});
  }
  return context.console().answer(aligned(rows));
}

}  // namespace

Action link_list(Arguments& arguments) {
  const auto input = std::make_shared<Input>();
  arguments.flag("--json", input->json, "for programs");
  return [input](Context& context) { return run(*input, context); };
}

}  // namespace applink::cli

// applink link show NAME
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <fmt/format.h>

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

std::string as_text(const jira::ApplicationLink& link,
                    const std::optional<std::string>& default_link) {
  std::vector<Row> rows{{"name", link.name},
                        {"url", link.base_url},
                        {"product", std::string(jira::to_string(link.product))},
                        {"consumer key", link.consumer_key},
                        {"key", link.key_name},
                        {"timeout", fmt::format("{} s", link.timeout.count())}};
  if (link.name == default_link) rows.push_back({"default", "yes"});
  if (!link.ca_file.empty()) rows.push_back({"CA file", link.ca_file});
  if (!link.proxy.empty()) rows.push_back({"proxy", link.proxy});
  if (link.realm) rows.push_back({"realm", *link.realm});
  if (link.allow_http == jira::AllowHttp::yes) rows.push_back({"plain http", "allowed"});
  return aligned(rows);
}

Result<void> run(const Input& input, Context& context) {
  TRY_ASSIGN(const auto link, chosen_link(context, input.name));
  TRY_ASSIGN(store::Vault* const vault, context.vault());
  TRY_ASSIGN(const auto default_link, vault->default_link());
  return context.console().answer(input.json ? json_text("link", json_of(link, default_link))
                                             : as_text(link, default_link));
}

}  // namespace

Action link_show(Arguments& arguments) {
  const auto input = std::make_shared<Input>();
  arguments.optional("NAME", input->name, "the link (the default one)");
  arguments.flag("--json", input->json, "for programs");
  return [input](Context& context) { return run(*input, context); };
}

}  // namespace applink::cli

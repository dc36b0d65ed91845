// applink store info
#include <memory>
#include <string>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "cli/arguments.h"
#include "cli/commands/all.h"
#include "cli/context.h"
#include "cli/json_text.h"
#include "cli/layout.h"

namespace applink::cli {
namespace {

struct Input {
  bool json = false;
};

std::string as_json(const store::StoreInfo& info) {
  Json object;
  object["database"] = info.database.string();
  object["format"] = info.format_version;
  object["unlock_method"] = info.unlock_method;
  object["unlock_methods"] = Json::array();
  for (const auto& method : info.unlock_methods) object["unlock_methods"].push_back(method);
  object["key_file"] = json_or_null(info.key_file.string());
  object["created"] = json_time(info.created);
  object["read_only"] = info.read_only;
  object["keys"] = info.keys;
  object["links"] = info.links;
  object["tokens"] = info.tokens;
  object["pending_logins"] = info.pending_logins;
  object["events"] = info.events;
  return json_text("store", std::move(object));
}

std::string as_text(const store::StoreInfo& info) {
  return aligned(
      {{"database", info.database.string()},
       {"format", fmt::format("{}{}", info.format_version, info.read_only ? ", read only" : "")},
       {"unlocked by", fmt::format("{}", fmt::join(info.unlock_methods, ", "))},
       {"key file", info.key_file.string()},
       {"created", to_rfc3339(info.created)},
       {"keys", fmt::format("{}", info.keys)},
       {"links", fmt::format("{}", info.links)},
       {"tokens", fmt::format("{}", info.tokens)},
       {"pending logins", fmt::format("{}", info.pending_logins)},
       {"events", fmt::format("{}", info.events)}});
}

Result<void> run(const Input& input, Context& context) {
  TRY_ASSIGN(store::Vault* const vault, context.vault());
  TRY_ASSIGN(const auto info, vault->info());
  return context.console().answer(input.json ? as_json(info) : as_text(info));
}

}  // namespace

Action store_info(Arguments& arguments) {
  const auto input = std::make_shared<Input>();
  arguments.flag("--json", input->json, "for programs");
  return [input](Context& context) { return run(*input, context); };
}

}  // namespace applink::cli

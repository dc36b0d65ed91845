// applink store restore FILE
#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include <fmt/format.h>

#include "applink/base/text.h"
#include "applink/store/restore.h"
#include "cli/arguments.h"
#include "cli/commands/all.h"
#include "cli/context.h"
#include "cli/json_text.h"
#include "cli/store_contents.h"
#include "cli/store_location.h"

namespace applink::cli {
namespace {

struct Input {
  std::string file;
  std::optional<std::string> key_file;
  bool json = false;
};

Result<store::Restored> restored(const Input& input, const store::StoreLocation& place,
                                 Context& context) {
  std::optional<std::filesystem::path> key_file;
  if (input.key_file) key_file = *input.key_file;
  auto result =
      store::restore_store(input.file, place, context.clock(), context.unlock_means(), key_file);
  if (result || key_file || result.error().code != ErrorCode::locked) return result;
  result.error().hint += "; a key file that is elsewhere: --key-file FILE";
  return result;
}

std::string as_json(const store::Restored& restored, const store::StoreLocation& place) {
  Json object;
  object["database"] = place.database.string();
  add_to(object, restored.contents);
  object["unlock_method"] = store::to_string(restored.opened_by);
  object["unlock_methods"] = Json::array();
  for (const auto& method : restored.unlock_methods) object["unlock_methods"].push_back(method);
  object["key_file"] =
      restored.opened_by == store::UnlockMethod::key_file ? Json(place.key_file.string()) : Json();
  return json_text("restored", std::move(object));
}

Result<void> run(const Input& input, Context& context) {
  TRY_ASSIGN(const auto place, store_location(context.environment()));
  TRY_ASSIGN(const auto result, restored(input, place, context));
  Console& console = context.console();
  console.narrate(fmt::format("restored {} as {}", in_words(result.contents),
                              terminal_safe(place.database.string())));
  if (result.key_file_from) {
    console.narrate(fmt::format("the key file {} is now {} too",
                                terminal_safe(result.key_file_from->string()),
                                terminal_safe(place.key_file.string())));
  } else {
    console.narrate(fmt::format("it was unlocked by: {}", to_string(result.opened_by)));
  }
  return input.json ? console.answer(as_json(result, place)) : Result<void>();
}

}  // namespace

Action store_restore(Arguments& arguments) {
  const auto input = std::make_shared<Input>();
  arguments.required("FILE", input->file, "what store backup wrote");
  arguments.option("--key-file", "FILE", input->key_file,
                   "the key file that opens it, where that is not in its place");
  arguments.flag("--json", input->json, "for programs");
  return [input](Context& context) { return run(*input, context); };
}

}  // namespace applink::cli

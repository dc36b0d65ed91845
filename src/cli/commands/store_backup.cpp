// applink store backup FILE
#include <algorithm>
#include <memory>
#include <string>

#include <fmt/format.h>

#include "applink/base/text.h"
#include "cli/arguments.h"
#include "cli/commands/all.h"
#include "cli/context.h"
#include "cli/json_text.h"
#include "cli/store_contents.h"
#include "cli/store_location.h"
#include "cli/written_files.h"

namespace applink::cli {
namespace {

struct Input {
  std::string file;
  bool force = false;
  bool json = false;
};

void say_what_opens_it(const store::Backup& backup, const store::StoreLocation& location,
                       Console& console) {
  const auto opens = [&](std::string_view method) {
    const auto& methods = backup.unlock_methods;
    return std::find(methods.begin(), methods.end(), method) != methods.end();
  };
  if (opens("key file")) {
    console.narrate(fmt::format("the key file {} opens it, and is not in it: keep a copy, apart",
                                terminal_safe(location.key_file.string())));
  }
  if (opens("passphrase")) console.narrate("the passphrase of the store opens it");
  if (!opens("keyring")) return;
  console.narrate("the keyring of this machine opens it, and is not in it");
  if (backup.unlock_methods.size() > 1) return;
  console.warn(
      "nothing else opens this backup: where the keyring is lost, so is what is in it. Another "
      "way in: applink store unlock-method add passphrase; then make a backup anew");
}

std::string as_json(const store::Backup& backup) {
  Json object;
  object["file"] = backup.written.path.string();
  object["kept"] = backup.written.backup ? Json(backup.written.backup->string()) : Json();
  add_to(object, backup.contents);
  object["unlock_methods"] = Json::array();
  for (const auto& method : backup.unlock_methods) object["unlock_methods"].push_back(method);
  return json_text("backup", std::move(object));
}

Result<void> run(const Input& input, Context& context) {
  TRY_ASSIGN(const auto location, store_location(context.environment()));
  // A backup of a store that was made for it would be good, and of nothing: the usual store of a
  // cron job whose HOME is another.
  TRY(check_there_is_a_store(location));
  TRY_ASSIGN(store::Vault* const vault, context.vault());
  const Existing existing = input.force ? Existing::kept_as_backup : Existing::refused;
  TRY_ASSIGN(const auto backup, with_way_round(vault->back_up_to(input.file, existing), existing));
  Console& console = context.console();
  console.narrate(fmt::format("backed up {}", in_words(backup.contents)));
  say_what_opens_it(backup, location, console);
  if (input.json) return console.answer(as_json(backup));
  return say_what_was_written({backup.written}, console);
}

}  // namespace

Action store_backup(Arguments& arguments) {
  const auto input = std::make_shared<Input>();
  arguments.required("FILE", input->file, "a new file");
  arguments.flag("--force", input->force, "replace FILE, keeping what is there as FILE.~1~");
  arguments.flag("--json", input->json, "for programs");
  return [input](Context& context) { return run(*input, context); };
}

}  // namespace applink::cli

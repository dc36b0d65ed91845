// applink store export --link NAME
#include <memory>
#include <optional>
#include <string>

#include <fmt/format.h>

#include "applink/store/link_export.h"
#include "cli/arguments.h"
#include "cli/commands/all.h"
#include "cli/context.h"
#include "cli/link_choice.h"
#include "cli/link_export_description.h"
#include "cli/secret_source.h"
#include "cli/written_files.h"

namespace applink::cli {
namespace {

struct Input {
  std::optional<std::string> link;
  std::optional<std::string> file;
  bool without_tokens = false;
  bool force = false;
  SecretSource passphrase;
};

Result<void> run(const Input& input, Context& context) {
  TRY_ASSIGN(const auto link, chosen_link(context, input.link));
  TRY_ASSIGN(store::Vault* const vault, context.vault());
  const auto with_tokens = input.without_tokens ? store::WithTokens::no : store::WithTokens::yes;
  TRY_ASSIGN(const auto exported, vault->export_link(link.name, with_tokens));
  TRY_ASSIGN(
      const Secret passphrase,
      input.passphrase.read_new(context.terminal(),
                                fmt::format("Passphrase for the exported link {}:", link.name)));
  TRY_ASSIGN(const std::string text, store::seal_link_export(exported, passphrase));

  Console& console = context.console();
  if (input.file) {
    const Existing existing = input.force ? Existing::kept_as_backup : Existing::refused;
    TRY(write_answer_file(*input.file, text, FileMode::private_file, existing, console));
  } else {
    TRY(console.answer(text));
  }
  console.narrate(fmt::format("exported {}; the passphrase opens it", in_words(exported)));
  if (!exported.tokens.empty()) {
    console.narrate(
        "a token that is renewed on one of the two machines ends on the other: let one of them "
        "renew it");
  }
  console.narrate("on the other machine: applink store import FILE");
  return {};
}

}  // namespace

Action store_export(Arguments& arguments) {
  const auto input = std::make_shared<Input>();
  arguments.option("-l,--link", "NAME", input->link, "the link (the default one)");
  arguments.option("-o,--output", "FILE", input->file, "write into a new file");
  arguments.flag("--without-tokens", input->without_tokens,
                 "leave the tokens here: log in on the other machine");
  arguments.flag("--force", input->force, "replace FILE, keeping a backup");
  input->passphrase.declare(arguments, "passphrase", "the passphrase that will open it");
  return [input](Context& context) { return run(*input, context); };
}

}  // namespace applink::cli

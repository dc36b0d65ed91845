// applink store import FILE
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <system_error>
#include <utility>

#include <fmt/format.h>

#include "applink/base/text.h"
#include "applink/jira/application_link.h"
#include "applink/store/link_export.h"
#include "cli/arguments.h"
#include "cli/commands/all.h"
#include "cli/context.h"
#include "cli/input.h"
#include "cli/link_export_description.h"
#include "cli/same_key.h"
#include "cli/secret_source.h"
#include "cli/store_location.h"

namespace applink::cli {
namespace {

struct Input {
  std::string file;
  std::optional<std::string> link;
  std::optional<std::string> key;
  bool dry_run = false;
  bool json = false;
  SecretSource passphrase;
};

Result<void> check(const Input& input) {
  if (input.link) TRY(jira::check_name("link", *input.link));
  if (input.key) TRY(jira::check_name("key", *input.key));
  if (input.file != "-" || !input.passphrase.reads_stdin()) return {};
  return fail(ErrorCode::usage, "the link and its passphrase cannot both be standard input",
              "name a file for one of them");
}

std::string origin(const Input& input) {
  return input.file == "-" ? "standard input" : terminal_safe(input.file);
}

Result<store::LinkExport> read_exported(const Input& input, const Terminal& terminal) {
  TRY_ASSIGN(const std::string text, read_input(input.file, store::largest_link_export));
  if (auto checked = store::check_link_export(text); !checked) {
    return tl::unexpected(in_context(origin(input), std::move(checked).error()));
  }
  TRY_ASSIGN(const Secret passphrase,
             input.passphrase.read(terminal, fmt::format("Passphrase of {}:", origin(input))));
  TRY_ASSIGN(auto exported, store::open_link_export(text, passphrase));
  if (input.link) exported.rename_link(*input.link);
  if (input.key) exported.rename_key(*input.key);
  return exported;
}

/// Looks at the store, and makes none where there is none.
Result<store::ImportedKey> imported_in_trial(const store::LinkExport& exported, Context& context) {
  TRY_ASSIGN(const auto location, store_location(context.environment()));
  std::error_code unknown;
  if (!std::filesystem::exists(location.database, unknown)) {
    return exported.key ? store::ImportedKey::added : store::ImportedKey::none;
  }
  TRY_ASSIGN(store::Vault* const vault, context.vault());
  return vault->check_import(exported);
}

/// They came with their paths, and not with their content.
void warn_of_missing_files(const jira::ApplicationLink& link, Console& console) {
  const std::pair<const std::string&, const char*> files[] = {
      {link.ca_file, "--ca-file"},
      {link.client_certificate, "--client-certificate"},
      {link.client_key, "--client-key"}};
  for (const auto& [path, flag] : files) {
    std::error_code unknown;
    if (path.empty() || std::filesystem::exists(path, unknown)) continue;
    console.warn(
        fmt::format("the link needs {}, which is not on this machine: copy it, or: "
                    "applink link set {} {} FILE",
                    terminal_safe(path), link.name, flag));
  }
}

void tell_of_reuse(const store::LinkExport& exported, store::ImportedKey key, Console& console) {
  if (key != store::ImportedKey::reused) return;
  console.narrate(fmt::format("the key {} was here already: it is the same", exported.key->name));
}

void say_what_next(const store::LinkExport& exported, Console& console) {
  const auto& name = exported.link.name;
  console.narrate(exported.tokens.empty()
                      ? fmt::format("next: applink login {}", name)
                      : fmt::format("next: applink token list; applink link show {}", name));
}

Result<void> run(const Input& input, Context& context) {
  TRY(check(input));
  TRY_ASSIGN(const auto exported, read_exported(input, context.terminal()));
  Console& console = context.console();
  if (input.dry_run) {
    TRY_ASSIGN(const auto key, imported_in_trial(exported, context));
    tell_of_reuse(exported, key, console);
    warn_of_missing_files(exported.link, console);
    return console.answer(input.json ? json_text("import", json_of(exported, key))
                                     : as_text(exported));
  }
  TRY_ASSIGN(store::Vault* const vault, context.vault());
  TRY_ASSIGN(const auto key, vault->import_link(exported));
  console.narrate(fmt::format("keeps {}", in_words(exported)));
  tell_of_reuse(exported, key, console);
  if (key == store::ImportedKey::added) {
    TRY(tell_of_other_names(*exported.key, *vault, console));
  }
  warn_of_missing_files(exported.link, console);
  say_what_next(exported, console);
  return input.json ? console.answer(json_text("import", json_of(exported, key))) : Result<void>();
}

}  // namespace

Action store_import(Arguments& arguments) {
  const auto input = std::make_shared<Input>();
  arguments.required("FILE", input->file, "what store export wrote; - reads standard input");
  arguments.option("--as", "NAME", input->link, "what the link will be called here");
  arguments.option("--key-as", "NAME", input->key, "what its key will be called here");
  arguments.flag("--dry-run", input->dry_run, "show what is in it, and change nothing");
  arguments.flag("--json", input->json, "for programs");
  input->passphrase.declare(arguments, "passphrase", "the passphrase of FILE");
  return [input](Context& context) { return run(*input, context); };
}

}  // namespace applink::cli

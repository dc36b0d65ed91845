// applink key export NAME
#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include <fmt/format.h>

#include "applink/keyring/export.h"
#include "cli/arguments.h"
#include "cli/commands/all.h"
#include "cli/context.h"
#include "cli/key_form_flags.h"
#include "cli/written_files.h"

namespace applink::cli {
namespace {

using keyring::KeyForm;

struct Input {
  std::string name;
  std::optional<std::string> directory;
  bool all = false;
  KeyFormFlags form;
  std::optional<std::string> file;
  bool force = false;

  [[nodiscard]] Existing existing() const {
    return force ? Existing::kept_as_backup : Existing::refused;
  }
};

/// The one form that is asked for, or none for the four files.
Result<std::optional<KeyForm>> chosen_form(const Input& input) {
  const auto& forms = input.form.chosen();
  const std::size_t chosen = forms.size() + (input.all ? 1 : 0);
  const auto hint = fmt::format(
      "the four files: applink key export {0} --all; one form: applink key export {0} "
      "--public-pem; "
      "what there is: applink key export --help",
      input.name);
  if (chosen == 0) return fail(ErrorCode::usage, "which form?", hint);
  if (chosen > 1) return fail(ErrorCode::usage, "one form at a time", hint);
  if (input.directory && !input.all) {
    return fail(ErrorCode::usage, "a directory is for --all",
                "one form goes into a file, --output FILE; the four files: --all DIR");
  }
  if (input.file && input.all) {
    return fail(ErrorCode::usage, "--output is for one form",
                fmt::format("name a directory: applink key export {} --all DIR", input.name));
  }
  return input.all ? std::nullopt : std::optional(forms.front());
}

/// What would do harm on a terminal.
Result<void> check_terminal(KeyForm form, const Input& input) {
  if (input.file || input.force || !Console::answers_to_terminal()) return {};
  if (keyring::is_private(form)) {
    return fail(ErrorCode::usage, "a private key does not belong on a terminal",
                "write it into a file: --output FILE; or say --force");
  }
  if (keyring::is_binary(form)) {
    return fail(ErrorCode::usage, "binary does not belong on a terminal",
                "write it into a file: --output FILE; or say --force");
  }
  return {};
}

Result<void> write_one(const store::KeyPair& pair, KeyForm form, const Input& input,
                       Context& context) {
  TRY_ASSIGN(const auto details, input.form.details(form, pair.name, context.terminal()));
  if (input.file) {
    TRY_ASSIGN(
        const auto written,
        with_way_round(keyring::export_key_file(pair, form, *input.file, details, input.existing()),
                       input.existing()));
    return say_what_was_written({written}, context.console());
  }
  TRY_ASSIGN(const Secret content, keyring::key_content(pair, form, details));
  TRY(context.console().answer(content.reveal()));
  const bool line_is_open = !keyring::is_binary(form) && !content.reveal().ends_with('\n');
  if (line_is_open && Console::answers_to_terminal()) return context.console().answer("\n");
  return {};
}

Result<void> write_all(const store::KeyPair& pair, const Input& input, Context& context) {
  const auto directory = input.directory ? std::filesystem::path(*input.directory)
                                         : std::filesystem::path("keys") / pair.name;
  TRY_ASSIGN(const auto written,
             with_way_round(keyring::export_key_files(pair, directory, input.existing()),
                            input.existing()));
  return say_what_was_written(written, context.console());
}

Result<void> run(const Input& input, Context& context) {
  TRY_ASSIGN(const auto form, chosen_form(input));
  TRY(input.form.check(form));
  if (form) TRY(check_terminal(*form, input));
  TRY_ASSIGN(store::Vault* const vault, context.vault());
  TRY_ASSIGN(const store::KeyPair pair, vault->key(input.name));
  return form ? write_one(pair, *form, input, context) : write_all(pair, input, context);
}

}  // namespace

Action key_export(Arguments& arguments) {
  const auto input = std::make_shared<Input>();
  arguments.required("NAME", input->name, "the key");
  arguments.optional("DIR", input->directory, "where --all writes (keys/NAME)");
  arguments.flag("--all", input->all, "the four customary files");
  input->form.declare(arguments);
  arguments.option("-o,--output", "FILE", input->file, "write into a new file");
  arguments.flag("--force", input->force,
                 "replace files, keeping backups; or print a private key on a terminal");
  return [input](Context& context) { return run(*input, context); };
}

}  // namespace applink::cli

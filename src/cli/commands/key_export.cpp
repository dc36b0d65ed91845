// applink key export NAME
#include <algorithm>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include <fmt/format.h>

#include "applink/keyring/export.h"
#include "cli/arguments.h"
#include "cli/commands/all.h"
#include "cli/context.h"

namespace applink::cli {
namespace {

struct Input {
  std::string name;
  std::optional<std::string> directory;
  bool all = false;
  bool private_pem = false;
  bool private_pkcs8 = false;
  bool public_pem = false;
  bool certificate = false;
  bool force = false;
};

/// The one form that is asked for, or none for all of them.
Result<std::optional<keyring::KeyForm>> chosen_form(const Input& input) {
  using keyring::KeyForm;
  const std::pair<bool, KeyForm> choices[] = {{input.private_pem, KeyForm::pkcs1_pem},
                                              {input.private_pkcs8, KeyForm::pkcs8_pem},
                                              {input.public_pem, KeyForm::spki_pem},
                                              {input.certificate, KeyForm::certificate_pem}};
  std::optional<KeyForm> form;
  int chosen = input.all ? 1 : 0;
  for (const auto& [wanted, candidate] : choices) {
    if (!wanted) continue;
    form = candidate;
    ++chosen;
  }
  if (chosen == 1 && (input.all || !input.directory)) return form;
  return fail(ErrorCode::usage,
              chosen == 0  ? "which form?"
              : chosen > 1 ? "one form at a time"
                           : "a directory is for --all",
              fmt::format("all four as files: applink key export {} --all; one on standard output: "
                          "--public-pem, --certificate, --private-pem or --private-pkcs8",
                          input.name));
}

Result<void> print(const store::KeyPair& pair, keyring::KeyForm form, const Input& input,
                   Context& context) {
  if (keyring::is_private(form) && Console::answers_to_terminal() && !input.force) {
    return fail(ErrorCode::usage, "a private key does not belong on a terminal",
                "send it into a file or a program, or say --force");
  }
  return context.console().answer(keyring::key_text(pair, form).reveal());
}

Result<void> write_all(const store::KeyPair& pair, const Input& input, Context& context) {
  const auto directory = input.directory ? std::filesystem::path(*input.directory)
                                         : std::filesystem::path("keys") / pair.name;
  TRY_ASSIGN(const auto paths, keyring::export_key_files(pair, directory));
  std::string lines;
  for (const auto& path : paths) lines += path.string() + "\n";
  return context.console().answer(lines);
}

Result<void> run(const Input& input, Context& context) {
  TRY_ASSIGN(const auto form, chosen_form(input));
  TRY_ASSIGN(store::Vault* const vault, context.vault());
  TRY_ASSIGN(const store::KeyPair pair, vault->key(input.name));
  return form ? print(pair, *form, input, context) : write_all(pair, input, context);
}

}  // namespace

Action key_export(Arguments& arguments) {
  const auto input = std::make_shared<Input>();
  arguments.required("NAME", input->name, "the key");
  arguments.optional("DIR", input->directory, "where --all writes (keys/NAME)");
  arguments.flag("--all", input->all,
                 "write private_key.pem, private_key.pkcs8, public_key.pem and public_key.cer");
  arguments.flag("--public-pem", input->public_pem, "print the public key (SPKI PEM)");
  arguments.flag("--certificate", input->certificate, "print the certificate (X.509 PEM)");
  arguments.flag("--private-pem", input->private_pem, "print the private key (PKCS#1 PEM)");
  arguments.flag("--private-pkcs8", input->private_pkcs8, "print the private key (PKCS#8 PEM)");
  arguments.flag("--force", input->force, "print a private key even on a terminal");
  return [input](Context& context) { return run(*input, context); };
}

}  // namespace applink::cli

// applink key import NAME FILE
#include <memory>
#include <optional>
#include <string>

#include <fmt/format.h>

#include "applink/base/files.h"
#include "applink/base/text.h"
#include "applink/crypto/key_inspection.h"
#include "applink/keyring/import.h"
#include "cli/arguments.h"
#include "cli/commands/all.h"
#include "cli/context.h"
#include "cli/input.h"
#include "cli/policy.h"
#include "cli/same_key.h"
#include "cli/secret_source.h"

namespace applink::cli {
namespace {

struct Input {
  std::string name;
  std::optional<std::string> file;
  std::optional<std::string> variable;
  std::optional<std::string> certificate;
  SecretSource passphrase;

  [[nodiscard]] bool reads_stdin() const { return file == "-"; }
};

constexpr std::size_t largest_key_file = std::size_t{1} << 20;

Result<void> check(const Input& input) {
  if (input.file && input.variable) {
    return fail(ErrorCode::usage, "the key comes from one place", "give FILE or --from-env");
  }
  if (!input.file && !input.variable) {
    return fail(ErrorCode::usage, "FILE is missing",
                "name a file, - for standard input, or --from-env VARIABLE");
  }
  if (input.reads_stdin() && input.passphrase.reads_stdin()) {
    return fail(ErrorCode::usage, "the key and its passphrase cannot both be standard input",
                "name a file for one of them");
  }
  return {};
}

/// As messages and questions call it.
std::string origin(const Input& input) {
  if (input.variable) return terminal_safe(*input.variable);
  return input.reads_stdin() ? "standard input" : terminal_safe(*input.file);
}

Result<keyring::ImportOptions> options_for(const Input& input, Context& context) {
  keyring::ImportOptions options;
  options.ask = [&input, &context]() -> Result<Secret> {
    auto passphrase =
        input.passphrase.read(context.terminal(), fmt::format("Passphrase of {}:", origin(input)));
    if (passphrase) return passphrase;
    return tl::unexpected(
        in_context("the private key is encrypted", std::move(passphrase).error()));
  };
  if (input.certificate) {
    TRY_ASSIGN(options.certificate, read_file(*input.certificate, largest_key_file));
  }
  return options;
}

Result<keyring::ImportedKeyPair> imported(const Input& input, Context& context) {
  TRY_ASSIGN(const auto options, options_for(input, context));
  if (input.variable) {
    TRY_ASSIGN(const Secret bytes, take_secret_from_environment(*input.variable));
    return keyring::import_key_pair(input.name, bytes, options, context.clock());
  }
  if (!input.reads_stdin()) {
    return keyring::import_key_file(input.name, *input.file, options, context.clock());
  }
  context.console().narrate("reading a private key from standard input, to its end");
  TRY_ASSIGN(const Secret bytes, read_secret_from_stdin(largest_key_file));
  return keyring::import_key_pair(input.name, bytes, options, context.clock());
}

void say_what_was_imported(const keyring::ImportedKeyPair& imported, Console& console) {
  for (const auto& repair : imported.repairs) console.narrate(fmt::format("repaired: {}", repair));
  const auto& pair = imported.pair;
  console.narrate(
      fmt::format("keeps the key {}: RSA, {} bits", pair.name, pair.private_key.bits()));
  if (imported.certificate != keyring::CertificateOrigin::made) {
    console.narrate("its certificate came along");
  }
  for (const auto& weakness : crypto::weaknesses_of(pair.private_key.public_key())) {
    console.warn(weakness);
  }
}

Result<void> run(const Input& input, Context& context) {
  TRY(check(input));
  TRY_ASSIGN(const auto imported_key, imported(input, context));
  TRY_ASSIGN(store::Vault* const vault, context.vault());
  TRY(vault->add_key(imported_key.pair));
  say_what_was_imported(imported_key, context.console());
  TRY(tell_of_other_names(imported_key.pair, *vault, context.console()));
  warn_of_sha1_policy(imported_key.pair.private_key, context.console());
  if (input.file && !input.reads_stdin()) {
    context.console().narrate("the file is still there: remove it where nobody else needs it");
  }
  return {};
}

}  // namespace

Action key_import(Arguments& arguments) {
  const auto input = std::make_shared<Input>();
  arguments.required("NAME", input->name, "what the key will be called here");
  arguments.optional("FILE", input->file, "a private key in any form; - reads standard input");
  arguments.option("--from-env", "VARIABLE", input->variable,
                   "take it from an environment variable, by name");
  arguments.option("--certificate", "FILE", input->certificate,
                   "its certificate, where that is in a file of its own");
  input->passphrase.declare(arguments, "passphrase", "the passphrase of FILE");
  return [input](Context& context) { return run(*input, context); };
}

}  // namespace applink::cli

// applink key create NAME
#include <algorithm>
#include <memory>
#include <optional>
#include <string>

#include <fmt/format.h>

#include "applink/keyring/create.h"
#include "applink/keyring/export.h"
#include "cli/arguments.h"
#include "cli/commands/all.h"
#include "cli/context.h"
#include "cli/policy.h"
#include "cli/progress.h"
#include "cli/written_files.h"

namespace applink::cli {
namespace {

struct Input {
  std::string name;
  int bits = crypto::default_new_key;
  std::optional<std::string> subject;
  int days = 3650;
  std::optional<std::string> directory;
};

Result<store::KeyPair> made_key(const Input& input, Context& context) {
  const keyring::CertificateDetails details{input.subject, std::chrono::days(input.days)};
  KeySearchProgress progress(context.console(), input.bits);
  return keyring::create_key_pair(
      input.name, input.bits, details, context.clock(),
      [&progress](const crypto::PrimeSearch& search) { progress.tell(search); });
}

void say_what_was_made(const store::KeyPair& pair, Context& context) {
  context.console().narrate(
      fmt::format("made the key {}: RSA, {} bits", pair.name, pair.private_key.bits()));
  warn_of_sha1_policy(pair.private_key, context.console());
}

Result<void> check_name_is_free(const store::Vault& vault, const std::string& name) {
  TRY_ASSIGN(const auto keys, vault.keys());
  const bool taken =
      std::any_of(keys.begin(), keys.end(), [&](const auto& key) { return key.name == name; });
  if (!taken) return {};
  return fail(ErrorCode::conflict, fmt::format("there is a key \"{}\" already", name),
              fmt::format("choose another name, or remove that one: applink key remove {}", name));
}

Result<void> into_store(const Input& input, Context& context) {
  TRY_ASSIGN(store::Vault* const vault, context.vault());
  TRY(check_name_is_free(*vault, input.name));
  TRY_ASSIGN(const store::KeyPair pair, made_key(input, context));
  TRY(vault->add_key(pair));
  say_what_was_made(pair, context);
  context.console().narrate(
      fmt::format("for Jira's administrator: applink key export {} --public-pem", pair.name));
  return {};
}

Result<void> into_directory(const Input& input, Context& context) {
  TRY(keyring::check_nothing_exported(*input.directory));
  TRY_ASSIGN(const store::KeyPair pair, made_key(input, context));
  TRY_ASSIGN(const auto written, keyring::export_key_files(pair, *input.directory));
  say_what_was_made(pair, context);
  return say_what_was_written(written, context.console());
}

Result<void> run(const Input& input, Context& context) {
  return input.directory ? into_directory(input, context) : into_store(input, context);
}

}  // namespace

Action key_create(Arguments& arguments) {
  const auto input = std::make_shared<Input>();
  arguments.required("NAME", input->name, "what the key will be called here");
  arguments.option("--bits", "N", input->bits, "2048 (the usual), 3072 or 4096");
  arguments.option("--subject", "CN", input->subject,
                   "the common name in the certificate (the name of the key)");
  arguments.option("--days", "N", input->days, "how long the certificate is valid (3650)");
  arguments.option("--out", "DIR", input->directory,
                   "write the four customary files into DIR, and keep nothing in the store");
  return [input](Context& context) { return run(*input, context); };
}

}  // namespace applink::cli

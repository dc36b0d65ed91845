// applink key create NAME
#include <memory>
#include <optional>
#include <string>

#include <fmt/format.h>

#include "applink/keyring/create.h"
#include "cli/arguments.h"
#include "cli/commands/all.h"
#include "cli/context.h"

namespace applink::cli {
namespace {

struct Input {
  std::string name;
  int bits = crypto::smallest_new_key;
  std::optional<std::string> subject;
  int days = 3650;
};

Result<void> run(const Input& input, Context& context) {
  const keyring::CertificateDetails details{input.subject, std::chrono::days(input.days)};
  TRY_ASSIGN(store::Vault* const vault, context.vault());
  TRY_ASSIGN(const store::KeyPair pair,
             keyring::create_key_pair(input.name, input.bits, details, context.clock()));
  TRY(vault->add_key(pair));
  context.console().narrate(
      fmt::format("made the key {}: RSA, {} bits", pair.name, pair.private_key.bits()));
  context.console().narrate(
      fmt::format("for Jira's administrator: applink key export {} --public-pem", pair.name));
  return {};
}

}  // namespace

Action key_create(Arguments& arguments) {
  const auto input = std::make_shared<Input>();
  arguments.required("NAME", input->name, "what the key will be called here");
  arguments.option("--bits", "N", input->bits, "2048 (the usual) to 4096");
  arguments.option("--subject", "CN", input->subject,
                   "the common name in the certificate (the name of the key)");
  arguments.option("--days", "N", input->days, "how long the certificate is valid (3650)");
  return [input](Context& context) { return run(*input, context); };
}

}  // namespace applink::cli

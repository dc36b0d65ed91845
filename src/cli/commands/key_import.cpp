// applink key import NAME FILE
#include <memory>
#include <string>

#include <fmt/format.h>

#include "applink/keyring/import.h"
#include "cli/arguments.h"
#include "cli/commands/all.h"
#include "cli/context.h"
#include "cli/input.h"

namespace applink::cli {
namespace {

struct Input {
  std::string name;
  std::string file;
};

constexpr int smallest_sound = 2048;  // bits, NIST SP 800-131A
constexpr std::size_t largest_key_file = std::size_t{64} << 10;

Result<store::KeyPair> imported(const Input& input, Context& context) {
  const keyring::CertificateDetails certificate;
  if (input.file != "-") {
    return keyring::import_key_file(input.name, input.file, certificate, context.clock());
  }
  context.console().narrate("reading a private key from standard input, to its end");
  TRY_ASSIGN(const Secret pem, read_secret_from_stdin(largest_key_file));
  return keyring::import_key_pair(input.name, pem, certificate, context.clock());
}

Result<void> run(const Input& input, Context& context) {
  TRY_ASSIGN(const store::KeyPair pair, imported(input, context));
  TRY_ASSIGN(store::Vault* const vault, context.vault());
  TRY(vault->add_key(pair));
  context.console().narrate(
      fmt::format("keeps the key {}: RSA, {} bits", pair.name, pair.private_key.bits()));
  if (pair.private_key.bits() < smallest_sound) {
    context.console().warn(
        "a key of fewer than 2048 bits can be broken: applink key create makes a stronger one");
  }
  if (input.file != "-") {
    context.console().narrate("the file is still there: remove it where nobody else needs it");
  }
  return {};
}

}  // namespace

Action key_import(Arguments& arguments) {
  const auto input = std::make_shared<Input>();
  arguments.required("NAME", input->name, "what the key will be called here");
  arguments.required("FILE", input->file, "a private key in PEM, PKCS#1 or PKCS#8; - reads it");
  return [input](Context& context) { return run(*input, context); };
}

}  // namespace applink::cli

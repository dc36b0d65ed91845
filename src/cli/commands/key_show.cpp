// applink key show NAME
#include <memory>
#include <string>

#include <fmt/format.h>

#include "applink/base/encoding.h"
#include "applink/crypto/certificate.h"
#include "cli/arguments.h"
#include "cli/commands/all.h"
#include "cli/context.h"
#include "cli/json_text.h"
#include "cli/layout.h"

namespace applink::cli {
namespace {

struct Input {
  std::string name;
  bool json = false;
};

/// What is shown comes from the certificate: nothing private gets into it.
struct Shown {
  std::string name;
  int bits;
  std::string fingerprint;
  Timestamp created;
  crypto::Certificate certificate;
};

Result<Shown> look_up(const std::string& name, const store::Vault& vault) {
  TRY_ASSIGN(const store::KeyPair pair, vault.key(name));
  TRY_ASSIGN(crypto::Certificate certificate, crypto::Certificate::from_pem(pair.certificate_pem));
  TRY_ASSIGN(const crypto::RsaPublicKey key, certificate.public_key());
  return Shown{pair.name, key.bits(), hex_encode(key.spki_fingerprint()), pair.created,
               std::move(certificate)};
}

std::string as_json(const Shown& shown) {
  Json object;
  object["name"] = shown.name;
  object["bits"] = shown.bits;
  object["sha256"] = shown.fingerprint;
  object["created"] = json_time(shown.created);
  object["certificate_subject"] = shown.certificate.subject();
  object["certificate_not_before"] = json_time(shown.certificate.not_before());
  object["certificate_not_after"] = json_time(shown.certificate.not_after());
  return json_text("key", std::move(object));
}

std::string as_text(const Shown& shown) {
  return aligned({{"name", shown.name},
                  {"type", fmt::format("RSA, {} bits", shown.bits)},
                  {"SHA-256", shown.fingerprint},
                  {"created", to_rfc3339(shown.created)},
                  {"certificate", shown.certificate.subject()},
                  {"valid from", to_rfc3339(shown.certificate.not_before())},
                  {"valid until", to_rfc3339(shown.certificate.not_after())}});
}

Result<void> run(const Input& input, Context& context) {
  TRY_ASSIGN(store::Vault* const vault, context.vault());
  TRY_ASSIGN(const Shown shown, look_up(input.name, *vault));
  return context.console().answer(input.json ? as_json(shown) : as_text(shown));
}

}  // namespace

Action key_show(Arguments& arguments) {
  const auto input = std::make_shared<Input>();
  arguments.required("NAME", input->name, "the key");
  arguments.flag("--json", input->json, "for programs");
  return [input](Context& context) { return run(*input, context); };
}

}  // namespace applink::cli

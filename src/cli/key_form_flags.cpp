// Which flag belongs to which form, and what excludes what.
#include "cli/key_form_flags.h"

#include <array>
#include <functional>

#include <fmt/format.h>

#include "applink/base/text.h"

namespace applink::cli {
namespace {

using keyring::KeyForm;

struct FormFlag {
  std::string_view flag;
  KeyForm form;
  std::string_view help;
};

// docs/keys.md says which form is for whom.
constexpr std::array form_flags{
    FormFlag{"--public-pem", KeyForm::spki_pem, "the public key for Jira (SPKI PEM)"},
    FormFlag{"--public-base64", KeyForm::spki_base64,
             "the same on one line, without BEGIN and END"},
    FormFlag{"--public-der", KeyForm::spki_der, "the same in binary"},
    FormFlag{"--public-jwk", KeyForm::public_jwk, "the public key as JSON (JWK)"},
    FormFlag{"--certificate", KeyForm::certificate_pem, "the certificate (X.509 PEM)"},
    FormFlag{"--certificate-der", KeyForm::certificate_der, "the same in binary"},
    FormFlag{"--private-pem", KeyForm::pkcs1_pem, "the private key (PKCS#1 PEM)"},
    FormFlag{"--private-der", KeyForm::pkcs1_der, "the same in binary"},
    FormFlag{"--private-pkcs8", KeyForm::pkcs8_pem, "the private key (PKCS#8 PEM)"},
    FormFlag{"--private-base64", KeyForm::pkcs8_base64,
             "the same on one line, without BEGIN and END"},
    FormFlag{"--private-pkcs8-der", KeyForm::pkcs8_der, "the same in binary"},
    FormFlag{"--private-jwk", KeyForm::private_jwk, "the private key as JSON (JWK)"},
    FormFlag{"--encrypted-pkcs8", KeyForm::encrypted_pkcs8_pem,
             "the private key under a passphrase (PEM)"},
    FormFlag{"--encrypted-pkcs8-der", KeyForm::encrypted_pkcs8_der, "the same in binary"},
    FormFlag{"--pkcs12", KeyForm::pkcs12, "key and certificate under a passphrase (.p12)"},
};

bool takes_kdf(KeyForm form) {
  return keyring::is_encrypted(form) && form != KeyForm::pkcs12;
}

bool is_pkcs12(KeyForm form) {
  return form == KeyForm::pkcs12;
}

Result<crypto::Kdf> kdf_named(std::string_view name) {
  if (name == "pbkdf2") return crypto::Kdf::pbkdf2;
  if (name == "scrypt") return crypto::Kdf::scrypt;
  return fail(ErrorCode::usage, fmt::format("no such choice: {}", terminal_safe(name)),
              "pbkdf2 or scrypt");
}

}  // namespace

void KeyFormFlags::declare(Arguments& arguments) {
  for (const FormFlag& each : form_flags) {
    arguments.option(std::string(each.flag), "",
                     std::function<Result<void>(const std::string&)>(
                         [this, form = each.form](const std::string&) -> Result<void> {
                           chosen_.push_back(form);
                           return {};
                         }),
                     std::string(each.help));
  }
  passphrase_.declare(arguments, "passphrase", "the passphrase");
  arguments.option("--kdf", "NAME",
                   std::function<Result<void>(const std::string&)>(
                       [this](const std::string& name) -> Result<void> {
                         TRY_ASSIGN(kdf_, kdf_named(name));
                         return {};
                       }),
                   "of --encrypted-pkcs8: pbkdf2 (the usual) or scrypt");
  arguments.option("--alias", "NAME", alias_, "the entry's name in --pkcs12 (that of the key)");
  arguments.option("--kid", "ID", kid_, "the key's ID in a JWK (its thumbprint)");
}

Result<void> KeyFormFlags::check(std::optional<KeyForm> form) const {
  struct Rule {
    bool given;
    bool (*fits)(KeyForm);
    std::string flag;
    std::string_view where;
  };
  const std::array rules{
      Rule{passphrase_.is_given(), keyring::is_encrypted, passphrase_.given_flag(),
           "--encrypted-pkcs8, --encrypted-pkcs8-der and --pkcs12"},
      Rule{kdf_.has_value(), takes_kdf, "--kdf", "--encrypted-pkcs8 and --encrypted-pkcs8-der"},
      Rule{alias_.has_value(), is_pkcs12, "--alias", "--pkcs12"},
      Rule{kid_.has_value(), keyring::is_jwk, "--kid", "--public-jwk and --private-jwk"},
  };
  for (const Rule& rule : rules) {
    if (!rule.given || (form && rule.fits(*form))) continue;
    return fail(ErrorCode::usage, fmt::format("{} does not go with this form", rule.flag),
                fmt::format("it is for {}", rule.where));
  }
  return {};
}

Result<keyring::KeyFormDetails> KeyFormFlags::details(KeyForm form, std::string_view key,
                                                      const Terminal& terminal) const {
  keyring::KeyFormDetails details;
  if (keyring::is_encrypted(form)) {
    TRY_ASSIGN(details.passphrase,
               passphrase_.read_new(terminal, fmt::format("New passphrase of {}:", key)));
  }
  details.kdf = kdf_.value_or(crypto::Kdf::pbkdf2);
  details.alias = alias_;
  details.kid = kid_;
  return details;
}

}  // namespace applink::cli

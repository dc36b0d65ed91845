// One key pair in each of its forms.
#include "applink/keyring/key_form.h"

#include "applink/crypto/certificate.h"
#include "applink/crypto/jwk.h"
#include "applink/crypto/pkcs12.h"

namespace applink::keyring {
namespace {

Result<Secret> certificate_der(const store::KeyPair& pair) {
  TRY_ASSIGN(const auto certificate, crypto::Certificate::from_pem(pair.certificate_pem));
  return Secret(certificate.to_der());
}

Result<Secret> pkcs12(const store::KeyPair& pair, const KeyFormDetails& details) {
  TRY_ASSIGN(const auto certificate, crypto::Certificate::from_pem(pair.certificate_pem));
  return crypto::to_pkcs12(pair.private_key, certificate, details.passphrase,
                           details.alias.value_or(pair.name));
}

Result<Secret> public_content(const store::KeyPair& pair, KeyForm form,
                              const KeyFormDetails& details) {
  const auto key = pair.private_key.public_key();
  switch (form) {
    case KeyForm::spki_base64:
      return Secret(crypto::to_spki_base64(key));
    case KeyForm::spki_der:
      return Secret(crypto::to_spki_der(key));
    case KeyForm::public_jwk:
      return Secret(crypto::to_public_jwk(key, details.kid));
    case KeyForm::certificate_pem:
      return Secret(pair.certificate_pem);
    case KeyForm::certificate_der:
      return certificate_der(pair);
    default:
      return Secret(crypto::to_spki_pem(key));
  }
}

}  // namespace

bool is_private(KeyForm form) {
  switch (form) {
    case KeyForm::spki_pem:
    case KeyForm::spki_base64:
    case KeyForm::spki_der:
    case KeyForm::public_jwk:
    case KeyForm::certificate_pem:
    case KeyForm::certificate_der:
      return false;
    default:
      return true;
  }
}

bool is_encrypted(KeyForm form) {
  return form == KeyForm::encrypted_pkcs8_pem || form == KeyForm::encrypted_pkcs8_der ||
         form == KeyForm::pkcs12;
}

bool is_binary(KeyForm form) {
  switch (form) {
    case KeyForm::spki_der:
    case KeyForm::certificate_der:
    case KeyForm::pkcs1_der:
    case KeyForm::pkcs8_der:
    case KeyForm::encrypted_pkcs8_der:
    case KeyForm::pkcs12:
      return true;
    default:
      return false;
  }
}

bool is_jwk(KeyForm form) {
  return form == KeyForm::public_jwk || form == KeyForm::private_jwk;
}

Result<Secret> key_content(const store::KeyPair& pair, KeyForm form,
                           const KeyFormDetails& details) {
  const auto& key = pair.private_key;
  switch (form) {
    case KeyForm::pkcs1_pem:
      return crypto::to_pkcs1_pem(key);
    case KeyForm::pkcs1_der:
      return crypto::to_pkcs1_der(key);
    case KeyForm::pkcs8_pem:
      return crypto::to_pkcs8_pem(key);
    case KeyForm::pkcs8_base64:
      return crypto::to_pkcs8_base64(key);
    case KeyForm::pkcs8_der:
      return crypto::to_pkcs8_der(key);
    case KeyForm::private_jwk:
      return crypto::to_private_jwk(key, details.kid);
    case KeyForm::encrypted_pkcs8_pem:
      return crypto::to_encrypted_pkcs8_pem(key, details.passphrase, details.kdf);
    case KeyForm::encrypted_pkcs8_der:
      return crypto::to_encrypted_pkcs8_der(key, details.passphrase, details.kdf);
    case KeyForm::pkcs12:
      return pkcs12(pair, details);
    default:
      return public_content(pair, form, details);
  }
}

}  // namespace applink::keyring

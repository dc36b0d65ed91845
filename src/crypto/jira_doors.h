// Where Jira takes a public key, and how it reads what it is given.
#pragma once

#include <string_view>

#include "applink/base/result.h"
#include "applink/crypto/rsa_key.h"

namespace applink::crypto {

/// The admin form: text whose first bytes are "-----BEGIN CERTIFICATE-----" is an X.509
/// certificate; of everything else the lines of armour and the line ends go, and what is left is
/// the base64 of a SubjectPublicKeyInfo. The error says why Jira does not take it.
Result<RsaPublicKey> key_at_admin_form(std::string_view text);

/// The REST interface: the same without certificates.
Result<RsaPublicKey> key_at_rest(std::string_view text);

}  // namespace applink::crypto

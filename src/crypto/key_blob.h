// What is found in a key file: pieces of bytes, each with what it is.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "applink/base/error.h"
#include "applink/base/secret.h"

namespace applink::crypto {

enum class BlobKind {
  pkcs1_private_key,
  pkcs8_private_key,
  pkcs8_encrypted_private_key,
  traditionally_encrypted,  ///< the ciphertext of a PEM with Proc-Type: 4,ENCRYPTED
  openssh_private_key,
  ec_private_key,
  dsa_private_key,
  pkcs1_public_key,
  subject_public_key_info,
  ssh_public_key,  ///< RFC 4253's blob
  jwk,             ///< the text of a JSON object that has a member "kty"
  certificate,
  certificate_request,
  pkcs12,
  pkcs7,
  cut_off,   ///< a DER structure whose end is missing
  too_long,  ///< a DER structure with foreign bytes behind it
  unknown,
};

struct Blob {
  BlobKind kind = BlobKind::unknown;
  std::string label;           ///< of its PEM; empty where there is none
  std::string headers;         ///< of its PEM (RFC 1421), lines that end in \n
  Secret bytes;                ///< empty where `error` is set
  std::optional<Error> error;  ///< why its armour does not open
};

/// Whether a private key is in it, encrypted or not.
bool is_private(const Blob& blob);

/// Armour of PGP, which looks like that of PEM (RFC 9580 section 6.2).
bool is_pgp(std::string_view label);

enum class Container { none, der, pem, base64, json, ssh };

struct KeyContent {
  Container container = Container::none;
  std::vector<Blob> blobs;
  std::vector<std::string> repairs;  ///< sentences for the user
  Secret text;                       ///< the whole file as text, repaired; empty for DER
};

}  // namespace applink::crypto

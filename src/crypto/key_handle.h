// What an RSA key of rsa_key.h holds.
#pragma once

#include <utility>

#include "applink/crypto/rsa_key.h"
#include "crypto/openssl.h"
#include "crypto/signing_contexts.h"

namespace applink::crypto {

struct RsaPublicKey::Handle {
  explicit Handle(OwnedPkey key) : pkey(std::move(key)) {}
  OwnedPkey pkey;
};

struct RsaPrivateKey::Handle {
  explicit Handle(OwnedPkey key) : pkey(std::move(key)), contexts(pkey.get()) {}
  OwnedPkey pkey;
  mutable SigningContexts contexts;  // a cache: signing changes nothing that a caller sees
};

/// Keys of OpenSSL that were found sound.
inline RsaPrivateKey make_private_key(OwnedPkey pkey) {
  return RsaPrivateKey(std::make_unique<const RsaPrivateKey::Handle>(std::move(pkey)));
}
inline RsaPublicKey make_public_key(OwnedPkey pkey) {
  return RsaPublicKey(std::make_unique<const RsaPublicKey::Handle>(std::move(pkey)));
}

}  // namespace applink::crypto

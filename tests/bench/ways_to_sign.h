// What the benchmarks compare: OpenSSL's bare signature with a key that is loaded, and a whole
// Authorization header as the library makes it.
#pragma once

#include <memory>
#include <string>

#include <openssl/evp.h>

#include "applink/crypto/rsa_key.h"
#include "applink/http/message.h"
#include "applink/oauth1/nonce.h"
#include "applink/oauth1/signer.h"

namespace applink::bench {

/// The limit: OpenSSL alone, one key, one context, one digest that is already computed.
class BareSignature {
 public:
  /// A PEM file of a key of 2048 bits.
  explicit BareSignature(const std::string& key_file);
  void sign();

 private:
  std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key_;
  std::unique_ptr<EVP_PKEY_CTX, decltype(&EVP_PKEY_CTX_free)> context_;
  std::string digest_;
  std::string signature_;
};

crypto::RsaPrivateKey key_in(const std::string& file);

/// Nonce, parameters, base string, signature, header: everything a request needs.
class WholeHeader {
 public:
  explicit WholeHeader(const oauth1::Signer& signer);
  std::string sign();

 private:
  const oauth1::Signer& signer_;
  http::Request request_;
  oauth1::RandomNonces nonces_;
};

}  // namespace applink::bench

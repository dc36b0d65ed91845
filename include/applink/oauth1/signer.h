// Signature methods: RFC 5849 section 3.4, here RSA-SHA1 (3.4.3), the one that Jira takes.
#pragma once

#include <string>
#include <string_view>

#include "applink/base/result.h"
#include "applink/crypto/rsa_key.h"

namespace applink::oauth1 {

class Signer {
 public:
  virtual ~Signer() = default;
  /// The value of `oauth_signature_method`.
  [[nodiscard]] virtual std::string_view method() const = 0;
  /// The value of `oauth_signature`, not yet percent-encoded.
  [[nodiscard]] virtual Result<std::string> sign(std::string_view base_string) const = 0;
};

class SignatureVerifier {
 public:
  virtual ~SignatureVerifier() = default;
  [[nodiscard]] virtual std::string_view method() const = 0;
  /// `signature` is the decoded value of `oauth_signature`.
  [[nodiscard]] virtual bool verify(std::string_view base_string,
                                    std::string_view signature) const = 0;
};

/// Refers to the key, which must outlive it. May be shared between threads.
class RsaSha1Signer final : public Signer {
 public:
  explicit RsaSha1Signer(const crypto::RsaPrivateKey& key) : key_(key) {}
  [[nodiscard]] std::string_view method() const override { return "RSA-SHA1"; }
  [[nodiscard]] Result<std::string> sign(std::string_view base_string) const override;

 private:
  const crypto::RsaPrivateKey& key_;
};

/// Refers to the key, which must outlive it.
class RsaSha1Verifier final : public SignatureVerifier {
 public:
  explicit RsaSha1Verifier(const crypto::RsaPublicKey& key) : key_(key) {}
  [[nodiscard]] std::string_view method() const override { return "RSA-SHA1"; }
  [[nodiscard]] bool verify(std::string_view base_string,
                            std::string_view signature) const override;

 private:
  const crypto::RsaPublicKey& key_;
};

}  // namespace applink::oauth1

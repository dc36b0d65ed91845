// Signers and verifiers: RFC 5849 sections 3.4.2 to 3.4.4.
#pragma once

#include <string>
#include <string_view>

#include "applink/base/result.h"
#include "applink/base/secret.h"
#include "applink/crypto/rsa_key.h"
#include "applink/oauth1/signature_method.h"

namespace applink::oauth1 {

class Signer {
 public:
  virtual ~Signer() = default;
  [[nodiscard]] virtual SignatureMethod method() const = 0;
  /// The value of `oauth_signature`, not yet percent-encoded. That of PLAINTEXT is the secrets.
  [[nodiscard]] virtual Result<std::string> sign(std::string_view base_string) const = 0;
};

class SignatureVerifier {
 public:
  virtual ~SignatureVerifier() = default;
  [[nodiscard]] virtual SignatureMethod method() const = 0;
  /// `signature` is the decoded value of `oauth_signature`.
  [[nodiscard]] virtual bool verify(std::string_view base_string,
                                    std::string_view signature) const = 0;
};

/// RSA-SHA1, RSA-SHA256, RSA-SHA512. Refers to the key, which must outlive it. May be shared
/// between threads.
class RsaSigner final : public Signer {
 public:
  RsaSigner(const crypto::RsaPrivateKey& key, SignatureMethod method);
  [[nodiscard]] SignatureMethod method() const override { return method_; }
  [[nodiscard]] Result<std::string> sign(std::string_view base_string) const override;

 private:
  const crypto::RsaPrivateKey& key_;
  SignatureMethod method_;
};

/// Refers to the key, which must outlive it.
class RsaVerifier final : public SignatureVerifier {
 public:
  RsaVerifier(const crypto::RsaPublicKey& key, SignatureMethod method);
  [[nodiscard]] SignatureMethod method() const override { return method_; }
  [[nodiscard]] bool verify(std::string_view base_string,
                            std::string_view signature) const override;

 private:
  const crypto::RsaPublicKey& key_;
  SignatureMethod method_;
};

/// HMAC-SHA1, HMAC-SHA256, HMAC-SHA512. The token secret is empty where there is no token. May be
/// shared between threads.
class HmacSigner final : public Signer {
 public:
  HmacSigner(SignatureMethod method, const Secret& client_secret, const Secret& token_secret);
  [[nodiscard]] SignatureMethod method() const override { return method_; }
  [[nodiscard]] Result<std::string> sign(std::string_view base_string) const override;

 private:
  SignatureMethod method_;
  Secret key_;
};

/// Compares in constant time.
class HmacVerifier final : public SignatureVerifier {
 public:
  HmacVerifier(SignatureMethod method, const Secret& client_secret, const Secret& token_secret);
  [[nodiscard]] SignatureMethod method() const override { return signer_.method(); }
  [[nodiscard]] bool verify(std::string_view base_string,
                            std::string_view signature) const override;

 private:
  HmacSigner signer_;
};

/// Sends the secrets themselves, so sign() makes such a request for https and loopback alone.
class PlaintextSigner final : public Signer {
 public:
  PlaintextSigner(const Secret& client_secret, const Secret& token_secret);
  [[nodiscard]] SignatureMethod method() const override { return SignatureMethod::plaintext; }
  [[nodiscard]] Result<std::string> sign(std::string_view base_string) const override;

 private:
  Secret secrets_;
};

/// Compares in constant time.
class PlaintextVerifier final : public SignatureVerifier {
 public:
  PlaintextVerifier(const Secret& client_secret, const Secret& token_secret);
  [[nodiscard]] SignatureMethod method() const override { return SignatureMethod::plaintext; }
  [[nodiscard]] bool verify(std::string_view base_string,
                            std::string_view signature) const override;

 private:
  Secret secrets_;
};

}  // namespace applink::oauth1

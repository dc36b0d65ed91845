// What a signature can be read as: the right way, and the ways in which clients get it wrong.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "applink/base/secret.h"
#include "applink/crypto/rsa_key.h"
#include "applink/oauth1/signature_method.h"

namespace applink::calls {

struct SharedSecrets;

/// One way in which the signature may have come about.
class SignatureReading {
 public:
  SignatureReading(std::string name, std::string deed)
      : name_(std::move(name)), deed_(std::move(deed)) {}
  SignatureReading(const SignatureReading&) = delete;
  SignatureReading& operator=(const SignatureReading&) = delete;
  virtual ~SignatureReading() = default;

  /// Of the mistake, for programs; empty for the right way.
  [[nodiscard]] const std::string& name() const { return name_; }
  /// What the client did: "signed with SHA-256 and said RSA-SHA1".
  [[nodiscard]] const std::string& deed() const { return deed_; }
  [[nodiscard]] virtual bool is_of(std::string_view text) const = 0;

 private:
  std::string name_;
  std::string deed_;
};

using SignatureReadings = std::vector<std::unique_ptr<const SignatureReading>>;

struct OpenedSignature {
  SignatureReadings readings;  ///< the right way first; none where nothing is to be tried
  /// What can be said where no text fits: "another key made it".
  std::string otherwise;
};

/// `value` is that of oauth_signature.
OpenedSignature opened(std::string_view value, oauth1::SignatureMethod method,
                       const crypto::RsaPublicKey& key);
OpenedSignature opened(std::string_view value, oauth1::SignatureMethod method,
                       const SharedSecrets& secrets);

/// The bytes that the value of oauth_signature may stand for.
struct SignatureBytes {
  std::string bytes;
  std::string deed;  ///< empty for base64 as it should be
};
std::vector<SignatureBytes> bytes_of_signature(std::string_view value);

}  // namespace applink::calls

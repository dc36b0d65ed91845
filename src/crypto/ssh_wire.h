// The binary form of OpenSSH's keys: strings and numbers behind their lengths (RFC 4251 section 5).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "applink/crypto/rsa_key.h"

namespace applink::crypto {

class SshReader {
 public:
  explicit SshReader(std::string_view bytes) : left_(bytes) {}

  std::optional<std::string_view> string();
  std::optional<unsigned> number();  ///< uint32
  /// Exactly these bytes come next.
  bool skip(std::string_view expected);
  [[nodiscard]] std::string_view left() const { return left_; }

 private:
  std::string_view left_;
};

/// The public key as it goes over the wire and into fingerprints (RFC 4253 section 6.6).
std::string ssh_blob(const RsaPublicKey& key);

/// "ssh-rsa", "ssh-ed25519": the algorithm of a blob, or nothing where it is none.
std::optional<std::string_view> ssh_algorithm(std::string_view blob);

}  // namespace applink::crypto

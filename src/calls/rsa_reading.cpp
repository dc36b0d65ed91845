// RSA signatures: opened with the public key, they say themselves which hash was signed.
#include <array>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "applink/crypto/signature_content.h"
#include "calls/signature_reading.h"

namespace applink::calls {
namespace {

using crypto::Digest;

class RsaReading final : public SignatureReading {
 public:
  RsaReading(std::string name, std::string deed, std::optional<Digest> kind, std::string content)
      : SignatureReading(std::move(name), std::move(deed)),
        kind_(kind),
        content_(std::move(content)) {}

  [[nodiscard]] bool is_of(std::string_view text) const override {
    return content_ == (kind_ ? crypto::digest(*kind_, text) : std::string(text));
  }

 private:
  std::optional<Digest> kind_;
  std::string content_;
};

std::string with_deed(const std::string& one, const std::string& other) {
  return one.empty() || other.empty() ? one + other : fmt::format("{} and {}", one, other);
}

class Opening {
 public:
  Opening(oauth1::SignatureMethod method, const crypto::RsaPublicKey& key)
      : method_(method), key_(key) {}

  OpenedSignature of(std::string_view value) {
    const auto written = bytes_of_signature(value);
    for (const SignatureBytes& bytes : written) {
      if (const auto content = crypto::signature_content(key_, bytes.bytes)) {
        take(*content, bytes.deed);
      }
    }
    if (opened_.otherwise.empty()) opened_.otherwise = where_nothing_opens(written);
    return std::move(opened_);
  }

 private:
  void take(const crypto::SignatureContent& content, const std::string& written) {
    if (content.algorithm.empty()) return take_unmarked(content, written);
    opened_.otherwise =
        "this key made the signature, over another text: something was changed after the request "
        "was signed, or the client put its base string together in a way of its own";
    if (!content.digest) {
      opened_.otherwise = fmt::format("this key made the signature, with {}, which {} is not",
                                      content.algorithm, to_string(method_));
      return;
    }
    std::string deed;
    if (content.digest != oauth1::digest_of(method_)) {
      deed = fmt::format("signed with {} and said {}", content.algorithm, to_string(method_));
    }
    add(content.digest, content.bytes, written, deed);
  }

  void take_unmarked(const crypto::SignatureContent& content, const std::string& written) {
    opened_.otherwise =
        "this key made the signature, but over bytes that are not marked as a hash: the client "
        "left out the step that hashes, as openssl pkeyutl does without -pkeyopt digest:sha1";
    const std::string deed =
        "signed the hash without saying which it is, as openssl pkeyutl does without -pkeyopt "
        "digest:sha1";
    for (const Digest kind : {Digest::sha1, Digest::sha256, Digest::sha512}) {
      add(kind, content.bytes, written, deed);
    }
    add(std::nullopt, content.bytes, written, "signed the base string itself, and not its hash");
  }

  void add(std::optional<Digest> kind, const std::string& content, const std::string& written,
           const std::string& deed) {
    const char* const name = !deed.empty() ? "hash" : !written.empty() ? "signature encoding" : "";
    opened_.readings.push_back(
        std::make_unique<RsaReading>(name, with_deed(written, deed), kind, content));
  }

  [[nodiscard]] std::string where_nothing_opens(const std::vector<SignatureBytes>& written) const {
    if (written.empty()) return "the signature is no base64";
    const auto size = static_cast<std::size_t>(key_.bits() + 7) / 8;
    const std::size_t given = written.front().bytes.size();
    if (given == size) return "another private key than that of this public key made the signature";
    return fmt::format(
        "the signature has {} bytes, and those of this key have {}: it is of another key, or cut "
        "off",
        given, size);
  }

  oauth1::SignatureMethod method_;
  const crypto::RsaPublicKey& key_;
  OpenedSignature opened_;
};

}  // namespace

OpenedSignature opened(std::string_view value, oauth1::SignatureMethod method,
                       const crypto::RsaPublicKey& key) {
  return Opening(method, key).of(value);
}

}  // namespace applink::calls

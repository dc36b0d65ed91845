// HMAC and PLAINTEXT: every way in which a client may have used its secrets.
#include <array>
#include <utility>

#include <fmt/format.h>

#include "applink/calls/verify_captured.h"
#include "applink/oauth1/percent_encoding.h"
#include "calls/signature_reading.h"
#include "crypto/hmac.h"

namespace applink::calls {
namespace {

using crypto::Digest;

/// What the two secrets are joined to: RFC 5849 section 3.4.2, or not.
struct JoinedSecrets {
  Secret key;
  std::string deed;
};

Secret encoded(const Secret& secret) {
  return Secret::take(oauth1::percent_encode(secret.reveal()));
}

Secret joined(const Secret& one, std::string_view between, const Secret& other) {
  std::string text;
  text.reserve(one.size() + between.size() + other.size());
  text.append(one.reveal()).append(between).append(other.reveal());
  return Secret::take(std::move(text));
}

std::vector<JoinedSecrets> joined_secrets(const SharedSecrets& secrets) {
  const Secret client = encoded(secrets.client);
  const Secret token = encoded(secrets.token);
  const Secret nothing;
  const Secret line_end("\n");
  std::vector<JoinedSecrets> ways;
  const auto add = [&ways](Secret key, std::string deed) {
    ways.push_back({std::move(key), std::move(deed)});
  };
  add(joined(client, "&", token), "");
  add(joined(client, "&", nothing), "left out the token secret");
  add(joined(nothing, "&", token), "left out the consumer secret");
  add(joined(token, "&", client), "swapped the two secrets");
  add(joined(secrets.client, "&", secrets.token), "did not percent-encode the secrets");
  add(joined(client, "", token), "left out the & between the secrets");
  add(client.copy(), "signed with the consumer secret alone, without the & behind it");
  add(token.copy(), "signed with the token secret alone");
  add(joined(joined(client, "%0A", nothing), "&", token),
      "took a line end for a part of the consumer secret");
  add(joined(client, "&", joined(token, "%0A", nothing)),
      "took a line end for a part of the token secret");
  add(joined(client, "&", joined(token, "", line_end)),
      "took a line end for a part of the secrets");
  return ways;
}

std::string both(const std::string& one, const std::string& other) {
  return one.empty() || other.empty() ? one + other : fmt::format("{} and {}", one, other);
}

class HmacReading final : public SignatureReading {
 public:
  HmacReading(std::string name, std::string deed, Digest kind, Secret key, std::string mac)
      : SignatureReading(std::move(name), std::move(deed)),
        kind_(kind),
        key_(std::move(key)),
        mac_(std::move(mac)) {}

  [[nodiscard]] bool is_of(std::string_view text) const override {
    return equal_in_constant_time(crypto::hmac(kind_, key_.reveal(), text), mac_);
  }

 private:
  Digest kind_;
  Secret key_;
  std::string mac_;
};

/// Of PLAINTEXT: its signature is right for any text, or for none.
class PlaintextReading final : public SignatureReading {
 public:
  PlaintextReading(std::string name, std::string deed, const Secret& secrets,
                   std::string_view value)
      : SignatureReading(std::move(name), std::move(deed)),
        fits_(equal_in_constant_time(secrets.reveal(), value)) {}

  [[nodiscard]] bool is_of(std::string_view) const override { return fits_; }

 private:
  bool fits_;
};

std::size_t size_of(Digest kind) {
  return kind == Digest::sha1 ? 20 : kind == Digest::sha256 ? 32 : 64;
}

std::string_view name_of(Digest kind) {
  return kind == Digest::sha1 ? "SHA-1" : kind == Digest::sha256 ? "SHA-256" : "SHA-512";
}

/// A code of this length is of one hash alone.
std::optional<Digest> digest_of_size(std::size_t size) {
  for (const Digest kind : {Digest::sha1, Digest::sha256, Digest::sha512}) {
    if (size_of(kind) == size) return kind;
  }
  return std::nullopt;
}

void add_hmac_readings(OpenedSignature& opened, const SignatureBytes& written,
                       oauth1::SignatureMethod method, const SharedSecrets& secrets) {
  const auto kind = digest_of_size(written.bytes.size());
  if (!kind) return;
  std::string with;
  if (kind != oauth1::digest_of(method)) {
    with = fmt::format("signed with {} and said {}", name_of(*kind), to_string(method));
  }
  for (JoinedSecrets& way : joined_secrets(secrets)) {
    const char* const name = !way.deed.empty()       ? "secrets"
                             : !with.empty()         ? "hash"
                             : !written.deed.empty() ? "signature encoding"
                                                     : "";
    opened.readings.push_back(std::make_unique<HmacReading>(
        name, both(both(written.deed, with), way.deed), *kind, std::move(way.key), written.bytes));
  }
}

}  // namespace

OpenedSignature opened(std::string_view value, oauth1::SignatureMethod method,
                       const SharedSecrets& secrets) {
  OpenedSignature result;
  if (method == oauth1::SignatureMethod::plaintext) {
    result.otherwise = "these are not the secrets";
    for (JoinedSecrets& way : joined_secrets(secrets)) {
      const char* const name = way.deed.empty() ? "" : "secrets";
      result.readings.push_back(
          std::make_unique<PlaintextReading>(name, std::move(way.deed), way.key, value));
    }
    return result;
  }
  result.otherwise =
      "other secrets made the signature, or the client signed another text: HMAC does not tell "
      "which";
  const auto written = bytes_of_signature(value);
  for (const SignatureBytes& bytes : written) add_hmac_readings(result, bytes, method, secrets);
  if (written.empty()) {
    result.otherwise = "the signature is no base64";
  } else if (result.readings.empty()) {
    result.otherwise =
        fmt::format("the signature has {} bytes, which no HMAC has", written.front().bytes.size());
  }
  return result;
}

}  // namespace applink::calls

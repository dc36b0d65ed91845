// JSON Web Keys, written member by member: a JSON library would leave copies of the numbers behind.
#include <algorithm>
#include <array>
#include <cstdint>

#include <fmt/format.h>
#include <openssl/core_names.h>

#include "applink/base/encoding.h"
#include "applink/crypto/jwk.h"
#include "crypto/key_handle.h"
#include "crypto/rsa_check.h"

namespace applink::crypto {
namespace {

struct Member {
  std::string_view name;
  const char* number;  ///< OpenSSL's name for it
};

// RFC 7518 sections 6.3.1 and 6.3.2.
constexpr std::array public_members{Member{"n", OSSL_PKEY_PARAM_RSA_N},
                                    Member{"e", OSSL_PKEY_PARAM_RSA_E}};
constexpr std::array private_members{
    Member{"d", OSSL_PKEY_PARAM_RSA_D},          Member{"p", OSSL_PKEY_PARAM_RSA_FACTOR1},
    Member{"q", OSSL_PKEY_PARAM_RSA_FACTOR2},    Member{"dp", OSSL_PKEY_PARAM_RSA_EXPONENT1},
    Member{"dq", OSSL_PKEY_PARAM_RSA_EXPONENT2}, Member{"qi", OSSL_PKEY_PARAM_RSA_COEFFICIENT1}};

// RFC 4648 section 5, in place: nothing is copied.
void to_base64url(std::string& base64) {
  std::replace(base64.begin(), base64.end(), '+', '-');
  std::replace(base64.begin(), base64.end(), '/', '_');
  base64.erase(std::min(base64.find('='), base64.size()));
}

Secret number_text(const EVP_PKEY* key, const char* name) {
  const OwnedBignum number = rsa_number(key, name);
  if (!number) library_failure("take the numbers of an RSA key");
  std::string bytes(static_cast<std::size_t>(BN_num_bytes(number.get())), '\0');
  ::BN_bn2bin(number.get(), as_bytes(bytes));
  std::string text = base64_encode(bytes);
  wipe(bytes);
  to_base64url(text);
  return Secret::take(std::move(text));
}

// RFC 8259 section 7: what a JSON string must not hold as it is.
std::string json_string(std::string_view text) {
  std::string quoted = "\"";
  for (const char letter : text) {
    const auto code = static_cast<unsigned char>(letter);
    if (code < 0x20) {
      quoted += fmt::format("\\u{:04x}", code);
      continue;
    }
    if (letter == '"' || letter == '\\') quoted += '\\';
    quoted += letter;
  }
  return quoted + '"';
}

template <std::size_t Count>
void append(std::string& json, const EVP_PKEY* key, const std::array<Member, Count>& members) {
  for (const Member& member : members) {
    json += ",\"";
    json += member.name;
    json += "\":\"";
    json += number_text(key, member.number).reveal();
    json += '"';
  }
}

std::string opening(const std::string& kid) {
  return fmt::format(R"({{"kty":"RSA","kid":{})", json_string(kid));
}

}  // namespace

Secret to_private_jwk(const RsaPrivateKey& key, const std::optional<std::string>& kid) {
  const EVP_PKEY* numbers = key.handle().pkey.get();
  std::string json;
  const std::string start = opening(kid ? *kid : jwk_thumbprint(key.public_key()));
  // Room for all of it – eight numbers that are together less than six moduli – so that growing
  // leaves no copy behind.
  const auto modulus_size = static_cast<std::size_t>(key.bits()) / 8 + 1;
  json.reserve(start.size() + 8 * modulus_size + 128);
  json += start;
  append(json, numbers, public_members);
  append(json, numbers, private_members);
  json += '}';
  return Secret::take(std::move(json));
}

std::string to_public_jwk(const RsaPublicKey& key, const std::optional<std::string>& kid) {
  std::string json = opening(kid ? *kid : jwk_thumbprint(key));
  append(json, key.handle().pkey.get(), public_members);
  return json + '}';
}

std::string jwk_thumbprint(const RsaPublicKey& key) {
  const EVP_PKEY* numbers = key.handle().pkey.get();
  // RFC 7638 section 3: the required members alone, in the order of their names, without blanks.
  std::string hash = base64_encode(
      digest(Digest::sha256, fmt::format(R"({{"e":"{}","kty":"RSA","n":"{}"}})",
                                         number_text(numbers, OSSL_PKEY_PARAM_RSA_E).reveal(),
                                         number_text(numbers, OSSL_PKEY_PARAM_RSA_N).reveal())));
  to_base64url(hash);
  return hash;
}

}  // namespace applink::crypto

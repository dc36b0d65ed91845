// The members of a JWK into numbers.
#include "crypto/jwk_read.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "applink/base/text.h"
#include "crypto/json_members.h"
#include "crypto/key_base64.h"
#include "crypto/key_recognition.h"
#include "crypto/rsa_numbers.h"
#include "crypto/sound_key.h"

namespace applink::crypto {
namespace {

using Members = std::vector<JsonMember>;

// RFC 7518 section 6.3.
constexpr std::array numbers_of_rsa{"n", "e", "d", "p", "q", "dp", "dq", "qi"};
constexpr std::array derived_numbers{"p", "q", "dp", "dq", "qi"};

std::string_view text_of(const Members& members, std::string_view name) {
  const auto value = json_member(members, name);
  return value ? plain_json_string(*value).value_or("") : std::string_view();
}

OwnedBignum number(const Members& members, std::string_view name) {
  const auto decoded = decode_found_base64(text_of(members, name));
  return decoded ? bignum_of(decoded->bytes.reveal()) : nullptr;
}

// RFC 7518 section 6.3.2: of the private numbers d alone must be there; with one of the others all
// are.
bool has_all_or_none(const Members& members) {
  const auto has = [&members](const char* name) { return json_member(members, name).has_value(); };
  if (has("p") && has("q")) return true;
  return std::none_of(derived_numbers.begin(), derived_numbers.end(), has);
}

// RFC 7517 section 4: JSON readers differ in which of two they take.
bool names_one_twice(const Members& members) {
  std::vector<std::string_view> names;
  names.reserve(members.size());
  for (const JsonMember& member : members) names.push_back(member.name);
  std::sort(names.begin(), names.end());
  return std::adjacent_find(names.begin(), names.end()) != names.end();
}

bool begins_with_zero_byte(std::string_view base64) {
  return base64.size() > 1 && base64[0] == 'A' && base64[1] >= 'A' && base64[1] <= 'P';
}

Result<Members> rsa_members(std::string_view json) {
  auto members = json_members(json);
  if (!members) {
    return fail(ErrorCode::failed, "the JSON of the JWK is damaged",
                "copy the file again, whole, from its first to its last byte");
  }
  if (names_one_twice(*members)) {
    return fail(ErrorCode::failed, "the JWK has two members of one name",
                "export it again from where it was made");
  }
  const std::string_view type = text_of(*members, "kty");
  if (type != "RSA") return tl::unexpected(other_jwk_type(type));
  return std::move(*members);
}

}  // namespace

JwkOutline jwk_outline(std::string_view json) {
  const auto members = json_members(json);
  if (!members) return {};
  JwkOutline outline;
  outline.algorithm = terminal_safe(text_of(*members, "kty"));
  if (outline.algorithm == "oct") {
    outline.kind = JwkKind::secret;
    return outline;
  }
  outline.kind = json_member(*members, "d") ? JwkKind::private_key : JwkKind::public_key;
  return outline;
}

std::vector<std::string> jwk_remarks(std::string_view json) {
  const auto members = json_members(json);
  if (!members || text_of(*members, "kty") != "RSA") return {};
  bool other_base64 = false;
  bool leading_zeros = false;
  for (const char* name : numbers_of_rsa) {
    const std::string_view text = text_of(*members, name);
    other_base64 = other_base64 || text.find_first_of("+/= ") != std::string_view::npos;
    leading_zeros = leading_zeros || begins_with_zero_byte(text);
  }
  std::vector<std::string> remarks;
  if (other_base64) {
    remarks.emplace_back("the numbers of the JWK were in base64, not in base64url without padding");
  }
  if (json_member(*members, "d") && !json_member(*members, "p")) {
    remarks.emplace_back("the JWK held no primes: they were computed from its other numbers");
  }
  if (leading_zeros) remarks.emplace_back("numbers of the JWK had zero bytes in front");
  return remarks;
}

Result<RsaPrivateKey> private_key_from_jwk(std::string_view json) {
  TRY_ASSIGN(const Members members, rsa_members(json));
  if (!json_member(members, "d")) {
    return fail(ErrorCode::failed, "the JWK holds a public key, not a private one",
                "give the private JWK: it has the members d, p and q");
  }
  if (json_member(members, "oth")) {
    return fail(ErrorCode::failed,
                "the RSA key has more than two primes, which applink does not use",
                "make a new pair: applink key create");
  }
  if (!has_all_or_none(members)) {
    return fail(ErrorCode::failed, "the JWK lacks a prime of its key: p or q",
                "export it again with both of them from where it was made");
  }
  for (const char* name : derived_numbers) {
    if (json_member(members, name) && !number(members, name)) return sound_private_key(nullptr);
  }
  RsaNumbers numbers{number(members, "n"),  number(members, "e"), number(members, "d"),
                     number(members, "p"),  number(members, "q"), number(members, "dp"),
                     number(members, "dq"), number(members, "qi")};
  return sound_private_key(rsa_private_key(std::move(numbers)));
}

Result<RsaPublicKey> public_key_from_jwk(std::string_view json) {
  TRY_ASSIGN(const Members members, rsa_members(json));
  if (json_member(members, "d")) return tl::unexpected(private_where_public());
  return sound_public_key(rsa_public_key(number(members, "n").get(), number(members, "e").get()));
}

}  // namespace applink::crypto

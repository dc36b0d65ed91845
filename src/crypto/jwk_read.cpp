// The members of a JWK into numbers.
#include "crypto/jwk_read.h"

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

std::string_view text_of(const Members& members, std::string_view name) {
  const auto value = json_member(members, name);
  return value ? plain_json_string(*value).value_or("") : std::string_view();
}

OwnedBignum number(const Members& members, std::string_view name) {
  const auto decoded = decode_found_base64(text_of(members, name));
  return decoded ? bignum_of(decoded->bytes.reveal()) : nullptr;
}

Result<Members> rsa_members(std::string_view json) {
  auto members = json_members(json);
  if (!members) {
    return fail(ErrorCode::failed, "the JSON of the JWK is damaged",
                "copy the file again, whole, from its first to its last byte");
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
  if (!json_member(members, "p") || !json_member(members, "q")) {
    return fail(ErrorCode::failed, "the JWK lacks the primes p and q of its key",
                "export it again with them from where it was made");
  }
  for (const char* name : {"dp", "dq", "qi"}) {
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

// JSON Web Keys, against the RFCs' own key.
#include "applink/crypto/jwk.h"

#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "applink/crypto/key_formats.h"
#include "crypto/json_members.h"
#include "crypto/key_files.h"
#include "support/keys.h"

namespace applink::crypto {
namespace {

using test::key_bytes;
using ::testing::HasSubstr;

// The key of RFC 7517 appendix A.2, which is that of RFC 7638 section 3.1.
RsaPrivateKey rfc_key() {
  return test::key_file("rfc7517_a2.jwk");
}

std::string value_of(std::string_view json, std::string_view name) {
  const auto members = json_members(json);
  const auto value = members ? json_member(*members, name) : std::nullopt;
  return value ? std::string(*value) : "missing";
}

TEST(Jwk, HoldsTheNumbersOfRfc7517) {
  const std::string rfc = key_bytes("rfc7517_a2.jwk");
  const Secret ours = to_private_jwk(rfc_key(), "2011-04-29");
  for (const char* name : {"kty", "n", "e", "d", "p", "q", "dp", "dq", "qi", "kid"}) {
    EXPECT_EQ(value_of(ours.reveal(), name), value_of(rfc, name)) << name;
  }
  const std::string open = to_public_jwk(rfc_key().public_key(), "2011-04-29");
  for (const char* name : {"kty", "n", "e", "kid"}) {
    EXPECT_EQ(value_of(open, name), value_of(rfc, name)) << name;
  }
  EXPECT_EQ(value_of(open, "d"), "missing");
}

TEST(Jwk, HasTheThumbprintOfRfc7638) {
  EXPECT_EQ(jwk_thumbprint(rfc_key().public_key()), "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs");
}

TEST(Jwk, IsNamedByItsThumbprintUnlessToldOtherwise) {
  const auto key = rfc_key();
  EXPECT_THAT(to_public_jwk(key.public_key()),
              HasSubstr(R"("kid":"NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs")"));
  EXPECT_EQ(value_of(to_private_jwk(key).reveal(), "kid"),
            value_of(to_public_jwk(key.public_key()), "kid"));
  EXPECT_THAT(to_public_jwk(key.public_key(), "a\"b\\c\n\x01ü"),
              HasSubstr(R"("kid":"a\"b\\c\u000a\u0001ü")"));
}

TEST(Jwk, ComesBack) {
  for (const char* name : {"pkcs1.pem", "rsa1024.pem", "rsa3072.pem", "rsa4096.pem"}) {
    const auto key = test::key_file(name);
    const auto again = read_private_key(to_private_jwk(key));
    ASSERT_TRUE(again) << name;
    EXPECT_EQ(to_pkcs1_der(again->key), to_pkcs1_der(key));
    const auto open = read_public_key(to_public_jwk(key.public_key()));
    ASSERT_TRUE(open) << name;
    EXPECT_TRUE(is_pair(key, open->key));
  }
}

TEST(JsonMembers, ReadWellFormedJsonAlone) {
  const auto members = json_members(R"( { "a" : "x\"y" , "b":[1,{"c":null}], "d":-1.5e3 } )");
  ASSERT_TRUE(members);
  ASSERT_EQ(members->size(), 3U);
  EXPECT_EQ(json_member(*members, "a"), R"("x\"y")");
  EXPECT_EQ(json_member(*members, "b"), R"([1,{"c":null}])");
  EXPECT_EQ(json_member(*members, "c"), std::nullopt);
  EXPECT_EQ(plain_json_string(R"("x\"y")"), std::nullopt);
  EXPECT_EQ(plain_json_string(R"("xy")"), "xy");
  EXPECT_TRUE(json_members("{}"));
  EXPECT_TRUE(json_elements("[ ]"));
  for (const char* broken : {"", "{", "}", "{\"a\"}", "{\"a\":}", "{\"a\":1,}", "{a:1}", "{} x",
                             "{\"a\":\"", "{\"a\":\"\\", "{\"a\":\"\n\"}", "[1]", "{\"a\":[1}"}) {
    EXPECT_FALSE(json_members(broken)) << broken;
  }
  EXPECT_FALSE(json_elements(std::string(100, '[') + std::string(100, ']')));
}

}  // namespace
}  // namespace applink::crypto

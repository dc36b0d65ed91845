#include "applink/crypto/digest.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "applink/base/encoding.h"
#include "crypto/hmac.h"

namespace applink::crypto {
namespace {

// FIPS 180-2 appendices A.1, C.1 and RFC 3174 section 7.3: "abc"; the empty message is NIST's.
TEST(Digest, GivesTheValuesOfTheStandards) {
  EXPECT_EQ(hex_encode(digest(Digest::sha1, "abc")), "a9993e364706816aba3e25717850c26c9cd0d89d");
  EXPECT_EQ(hex_encode(digest(Digest::sha256, "abc")),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(hex_encode(digest(Digest::sha512, "abc")),
            "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
            "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f");
  EXPECT_EQ(hex_encode(digest(Digest::sha1, "")), "da39a3ee5e6b4b0d3255bfef95601890afd80709");
  EXPECT_EQ(digest(Digest::sha1, {}), digest(Digest::sha1, ""));
}

struct HmacVector {
  std::string key;
  std::string message;
  std::string code;
};

void expect_codes(Digest kind, const std::vector<HmacVector>& vectors) {
  for (const HmacVector& vector : vectors) {
    EXPECT_EQ(hex_encode(hmac(kind, vector.key, vector.message)), vector.code) << vector.message;
  }
}

std::string counting_key() {
  return *hex_decode("0102030405060708090a0b0c0d0e0f10111213141516171819");
}

TEST(Hmac, GivesTheValuesOfRfc2202) {
  expect_codes(
      Digest::sha1,
      {{std::string(20, '\x0b'), "Hi There", "b617318655057264e28bc0b6fb378c8ef146be00"},
       {"Jefe", "what do ya want for nothing?", "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79"},
       {std::string(20, '\xaa'), std::string(50, '\xdd'),
        "125d7342b9ac11cd91a39af48aa17b4f63f175d3"},
       {counting_key(), std::string(50, '\xcd'), "4c9007f4026250c6bc8414f9bf50c86c2d7235da"},
       {std::string(80, '\xaa'), "Test Using Larger Than Block-Size Key - Hash Key First",
        "aa4ae5e15272d00e95705637ce8a3b55ed402112"}});
}

TEST(Hmac, GivesTheValuesOfRfc4231) {
  const std::string long_key(131, '\xaa');
  const std::string hash_key_first = "Test Using Larger Than Block-Size Key - Hash Key First";
  expect_codes(Digest::sha256,
               {{std::string(20, '\x0b'), "Hi There",
                 "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"},
                {"Jefe", "what do ya want for nothing?",
                 "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"},
                {std::string(20, '\xaa'), std::string(50, '\xdd'),
                 "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"},
                {counting_key(), std::string(50, '\xcd'),
                 "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b"},
                {long_key, hash_key_first,
                 "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"}});
  expect_codes(Digest::sha512,
               {{std::string(20, '\x0b'), "Hi There",
                 "87aa7cdea5ef619d4ff0b4241a1d6cb02379f4e2ce4ec2787ad0b30545e17cde"
                 "daa833b7d6b8a702038b274eaea3f4e4be9d914eeb61f1702e696c203a126854"},
                {"Jefe", "what do ya want for nothing?",
                 "164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea250554"
                 "9758bf75c05a994a6d034f65f8f0e6fdcaeab1a34d4a6b4b636e070a38bce737"},
                {long_key, hash_key_first,
                 "80b24263c7c1a3ebb71493c1dd7be8b49b46d1f41b4aeec1121b013783f8f352"
                 "6b56d037e05f2598bd0fd2215d6a1e5295e64f73f63f0aec8b915a985d786598"}});
}

// The value of an empty key and message that Python's hmac and OpenSSL's command give as well.
TEST(Hmac, TakesAnEmptyKey) {
  EXPECT_EQ(hex_encode(hmac(Digest::sha1, "", "")), "fbdb1d1b18aa6c08324b7d64b71fb76370690e1d");
  EXPECT_EQ(hmac(Digest::sha1, {}, {}), hmac(Digest::sha1, "", ""));
}

}  // namespace
}  // namespace applink::crypto

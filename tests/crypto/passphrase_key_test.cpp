#include "crypto/passphrase_key.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>

#include "applink/base/encoding.h"

namespace applink::crypto {
namespace {

using ::testing::HasSubstr;

struct ScryptVector {
  const char* passphrase;
  const char* salt;
  ScryptParameters parameters;
  const char* first_32_bytes;
};

// RFC 7914 section 12, whose keys have 64 bytes: PBKDF2 makes each 32 of them by themselves. The
// fourth vector takes 1 GiB.
const ScryptVector vectors[] = {
    {"", "", {4, 1, 1}, "77d6576238657b203b19ca42c18a0497f16b4844e3074ae8dfdffa3fede21442"},
    {"password",
     "NaCl",
     {10, 8, 16},
     "fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b373162"},
    {"pleaseletmein",
     "SodiumChloride",
     {14, 8, 1},
     "7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2"},
};

constexpr ScryptParameters quick{4, 1, 1};

std::string hex(const Result<SealingKey>& key) {
  return key ? hex_encode(key->bytes().reveal()) : key.error().message;
}

TEST(PassphraseKey, IsThatOfThePublishedVectors) {
  for (const ScryptVector& vector : vectors) {
    EXPECT_EQ(hex(passphrase_key(Secret(vector.passphrase), vector.salt, vector.parameters)),
              vector.first_32_bytes);
  }
}

TEST(PassphraseKey, IsAnotherForAnythingElse) {
  const std::string key = hex(passphrase_key(Secret("a passphrase"), "salt", quick));
  EXPECT_EQ(hex(passphrase_key(Secret("a passphrase"), "salt", quick)), key);
  EXPECT_NE(hex(passphrase_key(Secret("a passphrasE"), "salt", quick)), key);
  EXPECT_NE(hex(passphrase_key(Secret("a passphrase"), "sale", quick)), key);
  EXPECT_NE(hex(passphrase_key(Secret("a passphrase"), "salt", {5, 1, 1})), key);
  EXPECT_NE(hex(passphrase_key(Secret("a passphrase"), "salt", {4, 2, 1})), key);
  EXPECT_NE(hex(passphrase_key(Secret("a passphrase"), "salt", {4, 1, 2})), key);
}

TEST(PassphraseKey, TakesAnyByte) {
  const std::string_view with_nul("a\0b", 3);
  EXPECT_NE(hex(passphrase_key(Secret(with_nul), with_nul, quick)),
            hex(passphrase_key(Secret("a"), with_nul, quick)));
  EXPECT_NE(hex(passphrase_key(Secret("a"), with_nul, quick)),
            hex(passphrase_key(Secret("a"), "a", quick)));
}

TEST(PassphraseKey, CostsByDefaultWhatOwaspAsksFor) {
  EXPECT_EQ(ScryptParameters(), (ScryptParameters{17, 8, 1}));
  EXPECT_TRUE(passphrase_key(Secret("a passphrase"), random_salt(), {}));
}

TEST(PassphraseKey, RefusesParametersThatAreNoScrypt) {
  for (const ScryptParameters parameters :
       {ScryptParameters{0, 8, 1}, {4, 0, 1}, {4, 1, 0}, {16, 1, 1}, {17, 1, 1}, {255, 1, 1}}) {
    const auto key = passphrase_key(Secret("a passphrase"), "salt", parameters);
    ASSERT_FALSE(key);
    EXPECT_THAT(key.error().message, HasSubstr("none that RFC 7914 allows"));
    EXPECT_NE(key.error().hint, "");
  }
}

TEST(PassphraseKey, RefusesWorkThatIsTooMuchAtOnce) {
  constexpr std::uint32_t huge = 0xFFFFFFFF;
  for (const ScryptParameters parameters : {ScryptParameters{21, 8, 1},
                                            {20, 9, 1},
                                            {20, 8, 3},
                                            {17, 8, 17},
                                            {25, 8, 1},
                                            {63, 8, 1},
                                            {64, 8, 1},
                                            {255, 16, 1},
                                            {1, huge, 1},
                                            {1, 1, huge},
                                            {4, huge, huge},
                                            {10, 8, huge}}) {
    const auto key = passphrase_key(Secret("a passphrase"), "salt", parameters);
    ASSERT_FALSE(key);
    EXPECT_THAT(key.error().message, HasSubstr("more than 1 GiB or minutes"));
    EXPECT_NE(key.error().hint, "");
  }
}

TEST(PassphraseKey, SaysWhereThereIsTooLittleMemory) {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
  GTEST_SKIP() << "a sanitizer's own memory is beyond any limit";
#endif
  rlimit before{};
  ASSERT_EQ(::getrlimit(RLIMIT_AS, &before), 0);
  const rlimit little{std::min<rlim_t>(before.rlim_max, 1U << 29U), before.rlim_max};
  ASSERT_EQ(::setrlimit(RLIMIT_AS, &little), 0);
  const auto key = passphrase_key(Secret("a passphrase"), "salt", {20, 8, 1});
  ASSERT_EQ(::setrlimit(RLIMIT_AS, &before), 0);
  ASSERT_FALSE(key);
  EXPECT_THAT(key.error().message, HasSubstr("takes 1024 MiB of memory"));
  EXPECT_THAT(key.error().hint, HasSubstr("ulimit -v"));
}

TEST(RandomSalt, IsAnotherEachTime) {
  EXPECT_EQ(random_salt().size(), salt_size);
  EXPECT_NE(random_salt(), random_salt());
}

}  // namespace
}  // namespace applink::crypto

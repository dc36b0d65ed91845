#include "crypto/sealing.h"

#include <set>

#include <gtest/gtest.h>

#include "applink/base/encoding.h"

namespace applink::crypto {
namespace {

std::string bytes(std::string_view hex) {
  return *hex_decode(hex);
}

SealingKey key_of(std::string_view hex) {
  return std::move(*SealingKey::from_bytes(Secret(bytes(hex))));
}

struct GcmVector {
  std::string key, nonce, plaintext, associated_data, ciphertext, tag;
};

// McGrew and Viega, "The Galois/Counter Mode of Operation", appendix B, test cases 13, 14 and 16.
const GcmVector gcm_vectors[] = {
    {std::string(64, '0'), std::string(24, '0'), "", "", "", "530f8afbc74536b9a963b4f1c4cb738b"},
    {std::string(64, '0'), std::string(24, '0'), std::string(32, '0'), "",
     "cea7403d4d606b6e074ec5d3baf39d18", "d0d1c8a799996bf0265b98b5d48ab919"},
    {"feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308", "cafebabefacedbaddecaf888",
     "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"
     "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39",
     "feedfacedeadbeeffeedfacedeadbeefabaddad2",
     "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa"
     "8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662",
     "76fc6ece0f4e1768cddf8853bb2d551b"}};

TEST(Unseal, OpensThePublishedVectors) {
  for (const GcmVector& vector : gcm_vectors) {
    const auto opened =
        unseal(key_of(vector.key), bytes(vector.nonce + vector.ciphertext + vector.tag),
               bytes(vector.associated_data));
    ASSERT_TRUE(opened);
    EXPECT_EQ(hex_encode(opened->reveal()), vector.plaintext);
  }
}

TEST(Seal, IsUndoneByUnseal) {
  const auto key = SealingKey::random();
  for (const std::size_t size : {0U, 1U, 15U, 16U, 17U, 100'000U}) {
    const Secret plaintext{std::string(size, 'x')};
    const std::string sealed = seal(key, plaintext, "link/prod/7");
    EXPECT_EQ(sealed.size(), size + sealing_overhead);
    const auto opened = unseal(key, sealed, "link/prod/7");
    ASSERT_TRUE(opened);
    EXPECT_EQ(*opened, plaintext);
  }
}

TEST(Seal, UsesANewNonceEachTime) {
  const auto key = SealingKey::random();
  std::set<std::string> nonces;
  for (int i = 0; i < 1000; ++i) nonces.insert(seal(key, Secret("x"), "").substr(0, 12));
  EXPECT_EQ(nonces.size(), 1000U);
}

TEST(Unseal, RefusesEveryChangedBit) {
  const auto key = SealingKey::random();
  const std::string sealed = seal(key, Secret("a token secret"), "token/prod/default/3");
  for (std::size_t bit = 0; bit < sealed.size() * 8; ++bit) {
    std::string changed = sealed;
    changed[bit / 8] = static_cast<char>(changed[bit / 8] ^ (1 << bit % 8));
    EXPECT_FALSE(unseal(key, changed, "token/prod/default/3")) << bit;
  }
}

TEST(Unseal, RefusesEveryTruncationAndAnythingBehind) {
  const auto key = SealingKey::random();
  const std::string sealed = seal(key, Secret("a token secret"), "");
  for (std::size_t size = 0; size < sealed.size(); ++size) {
    EXPECT_FALSE(unseal(key, sealed.substr(0, size), "")) << size;
  }
  EXPECT_FALSE(unseal(key, sealed + '\0', ""));
}

TEST(Unseal, RefusesAnotherPlaceAndAnotherKey) {
  const auto key = SealingKey::random();
  const std::string sealed = seal(key, Secret("a token secret"), "token/prod/default/3");
  for (const char* place : {"", "token/prod/default/2", "token/prod/default/33", "token/test"}) {
    const auto opened = unseal(key, sealed, place);
    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error().message.find("token"), std::string::npos);
  }
  EXPECT_FALSE(unseal(SealingKey::random(), sealed, "token/prod/default/3"));
}

TEST(SealingKey, HasThirtyTwoBytes) {
  EXPECT_EQ(SealingKey::random().bytes().size(), 32U);
  EXPECT_FALSE(SealingKey::random().bytes() == SealingKey::random().bytes());
  for (const std::size_t size : {0U, 16U, 31U, 33U}) {
    EXPECT_FALSE(SealingKey::from_bytes(Secret(std::string(size, 'k'))));
  }
}

}  // namespace
}  // namespace applink::crypto

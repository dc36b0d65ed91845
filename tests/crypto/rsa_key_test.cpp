#include "applink/crypto/rsa_key.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "applink/base/encoding.h"
#include "support/keys.h"

namespace applink::crypto {
namespace {

using test::test_key;
using ::testing::HasSubstr;

TEST(RsaPrivateKey, SignsTheVectorOfTheOauthWiki) {
  const auto vectors = test::read_vectors("vectors/oauth_wiki_rsa_sha1.vec");
  const auto key = test::private_key_of(vectors.at("private_key"));
  EXPECT_EQ(key.bits(), 1024);
  const auto signature = key.sign(Digest::sha1, vectors.at("signature_base_string"));
  ASSERT_TRUE(signature);
  EXPECT_EQ(base64_encode(*signature), vectors.at("signature"));
}

// Made by: openssl dgst -KIND -sign tests/data/keys/pkcs1.pem, over "applink" without a line end.
TEST(RsaPrivateKey, SignsAsTheOpensslCommandDoes) {
  const auto vectors = test::read_vectors("vectors/openssl_rsa_signatures.vec");
  const auto key = test_key();
  for (const auto& [name, kind] : {std::pair{"sha1", Digest::sha1},
                                   {"sha256", Digest::sha256},
                                   {"sha512", Digest::sha512},
                                   {"sha1", Digest::sha1}}) {
    const auto signature = key.sign(kind, vectors.at("message"));
    ASSERT_TRUE(signature);
    EXPECT_EQ(base64_encode(*signature), vectors.at(name)) << name;
    EXPECT_TRUE(key.public_key().verify(kind, vectors.at("message"), *signature));
  }
}

TEST(RsaPrivateKey, SignsAnEmptyAndALargeMessage) {
  const auto key = test_key();
  for (const std::string& message : {std::string(), std::string(1'000'000, 'x')}) {
    const auto signature = key.sign(Digest::sha1, message);
    ASSERT_TRUE(signature);
    EXPECT_TRUE(key.public_key().verify(Digest::sha1, message, *signature));
  }
}

TEST(RsaPrivateKey, SignsAfterItWasMoved) {
  auto first = test_key();
  const auto before = first.sign(Digest::sha1, "message");
  ASSERT_TRUE(before);
  const RsaPrivateKey second = std::move(first);
  EXPECT_EQ(second.sign(Digest::sha1, "message"), *before);
}

TEST(RsaPrivateKey, IsGeneratedSoundAndEachTimeAnother) {
  const auto first = RsaPrivateKey::generate(2048);
  const auto second = RsaPrivateKey::generate(2304);
  ASSERT_TRUE(first);
  ASSERT_TRUE(second);
  EXPECT_EQ(first->bits(), 2048);
  EXPECT_EQ(second->bits(), 2304);
  EXPECT_TRUE(first->check());
  EXPECT_NE(first->public_key().spki_fingerprint(), second->public_key().spki_fingerprint());
}

TEST(RsaPrivateKey, TellsOfTheSearchForItsPrimes) {
  std::vector<PrimeSearch> told;
  const auto key =
      RsaPrivateKey::generate(2048, [&](const PrimeSearch& search) { told.push_back(search); });
  ASSERT_TRUE(key);
  EXPECT_TRUE(key->check());
  ASSERT_FALSE(told.empty());
  EXPECT_EQ(told.back().primes, 2);
  EXPECT_GE(told.back().candidates, 2);
  const auto goes_back = [](const PrimeSearch& a, const PrimeSearch& b) {
    return b.candidates < a.candidates || b.primes < a.primes;
  };
  EXPECT_EQ(std::adjacent_find(told.begin(), told.end(), goes_back), told.end());
}

TEST(RsaPrivateKey, IsNotGeneratedInAnUnusableSize) {
  for (const int bits : {-1, 0, 1, 512, 1024, 2047, 2049, 3000, 4095, 4097, 4352, 8192}) {
    const auto key = RsaPrivateKey::generate(bits);
    ASSERT_FALSE(key) << bits;
    EXPECT_EQ(key.error().code, ErrorCode::usage);
    EXPECT_THAT(key.error().message, HasSubstr(std::to_string(bits)));
    EXPECT_THAT(key.error().hint, HasSubstr("2048, 3072 or 4096"));
  }
}

TEST(RsaPrivateKey, CheckRefusesAPrimeThatIsNone) {
  const auto key = test::key_file("composite_prime.pem");
  const auto checked = key.check();
  ASSERT_FALSE(checked);
  EXPECT_THAT(checked.error().message, HasSubstr("damaged"));
  EXPECT_TRUE(test_key().check());
  EXPECT_TRUE(test::key_file("rsa1024.pem").check());
}

TEST(RsaPublicKey, RefusesEveryChangedBitOfASignature) {
  const auto key = test::key_file("rsa1024.pem");
  const auto public_key = key.public_key();
  const auto signature = key.sign(Digest::sha1, "message");
  ASSERT_TRUE(signature);
  ASSERT_TRUE(public_key.verify(Digest::sha1, "message", *signature));
  for (std::size_t bit = 0; bit < signature->size() * 8; ++bit) {
    std::string changed = *signature;
    changed[bit / 8] = static_cast<char>(changed[bit / 8] ^ (1 << bit % 8));
    EXPECT_FALSE(public_key.verify(Digest::sha1, "message", changed)) << bit;
  }
}

TEST(RsaPublicKey, RefusesAnotherMessageHashLengthAndKey) {
  const auto key = test_key();
  const auto public_key = key.public_key();
  const auto signature = key.sign(Digest::sha1, "message");
  ASSERT_TRUE(signature);
  EXPECT_FALSE(public_key.verify(Digest::sha1, "massage", *signature));
  EXPECT_FALSE(public_key.verify(Digest::sha256, "message", *signature));
  EXPECT_FALSE(public_key.verify(Digest::sha1, "message", ""));
  EXPECT_FALSE(public_key.verify(Digest::sha1, "message", signature->substr(1)));
  EXPECT_FALSE(public_key.verify(Digest::sha1, "message", *signature + '\0'));
  EXPECT_FALSE(
      test::key_file("rsa1024.pem").public_key().verify(Digest::sha1, "message", *signature));
}

TEST(RsaPublicKey, HasTheFingerprintOfItsSubjectPublicKeyInfo) {
  const auto file = read_public_key(test::read_tests_file("data/keys/public.pem"));
  ASSERT_TRUE(file);
  const RsaPublicKey& public_key = file->key;
  EXPECT_EQ(public_key.spki_fingerprint(), test_key().public_key().spki_fingerprint());
  // openssl pkey -pubin -in public.pem -outform DER | sha256sum
  EXPECT_EQ(hex_encode(public_key.spki_fingerprint()),
            test::read_vectors("vectors/openssl_rsa_signatures.vec").at("spki_sha256"));
  EXPECT_EQ(public_key.bits(), 2048);
  EXPECT_EQ(public_key.exponent(), "65537");
}

TEST(IsPair, TellsKeysApart) {
  EXPECT_TRUE(is_pair(test_key(), test_key().public_key()));
  EXPECT_FALSE(is_pair(test_key(), test::key_file("rsa1024.pem").public_key()));
}

}  // namespace
}  // namespace applink::crypto

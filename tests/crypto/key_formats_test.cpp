#include "applink/crypto/key_formats.h"

#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "applink/base/encoding.h"
#include "applink/crypto/key_reading.h"
#include "crypto/key_files.h"
#include "support/keys.h"

namespace applink::crypto {
namespace {

using test::answering;
using test::der_of;
using test::key_bytes;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;

// The files of tests/data/keys/ are OpenSSL's own: equality with them is equality with its output.
TEST(PrivateForms, AreByteForByteWhatOpensslWrites) {
  for (const char* name : {"pkcs1.pem", "pkcs8.pem"}) {
    const auto key = test::key_file(name);
    EXPECT_EQ(to_pkcs1_pem(key), Secret(key_bytes("pkcs1.pem")));
    EXPECT_EQ(to_pkcs1_der(key), Secret(der_of("pkcs1.pem")));
    EXPECT_EQ(to_pkcs8_pem(key), Secret(key_bytes("pkcs8.pem")));
    EXPECT_EQ(to_pkcs8_der(key), Secret(der_of("pkcs8.pem")));
    EXPECT_EQ(to_pkcs8_base64(key), Secret(base64_encode(der_of("pkcs8.pem"))));
  }
}

TEST(PublicForms, AreByteForByteWhatOpensslWrites) {
  const auto key = test::key_file("pkcs1.pem").public_key();
  EXPECT_EQ(to_spki_pem(key), key_bytes("public.pem"));
  EXPECT_EQ(to_spki_der(key), der_of("public.pem"));
  EXPECT_EQ(to_spki_base64(key), base64_encode(der_of("public.pem")));
}

class EncryptedForm : public ::testing::TestWithParam<Kdf> {};

TEST_P(EncryptedForm, OpensWithItsPassphraseAlone) {
  const auto key = test::key_file("pkcs1.pem");
  const auto pem = to_encrypted_pkcs8_pem(key, Secret("correct horse"), GetParam());
  const auto der = to_encrypted_pkcs8_der(key, Secret("correct horse"), GetParam());
  ASSERT_TRUE(pem && der);
  EXPECT_THAT(std::string(pem->reveal()), StartsWith("-----BEGIN ENCRYPTED PRIVATE KEY-----\n"));
  for (const Secret* written : {&*pem, &*der}) {
    const auto file = read_private_key(*written, answering("correct horse"));
    ASSERT_TRUE(file) << file.error().message;
    EXPECT_EQ(to_pkcs1_der(file->key), to_pkcs1_der(key));
    EXPECT_THAT(file->repairs, IsEmpty());
  }
  const auto wrong = read_private_key(*pem, answering("wrong"));
  ASSERT_FALSE(wrong);
  EXPECT_EQ(wrong.error().code, ErrorCode::locked);
}

INSTANTIATE_TEST_SUITE_P(Kdfs, EncryptedForm, ::testing::Values(Kdf::pbkdf2, Kdf::scrypt),
                         [](const auto& tested) {
                           return tested.param == Kdf::pbkdf2 ? "pbkdf2" : "scrypt";
                         });

TEST(EncryptedForm, TakesAnyPassphraseThatOthersCanBeGiven) {
  const auto key = test::key_file("rsa1024.pem");
  const std::string longest(1024, 'x');
  const auto written = to_encrypted_pkcs8_der(key, Secret(longest), Kdf::scrypt);
  ASSERT_TRUE(written);
  EXPECT_TRUE(read_private_key(*written, answering(longest)));

  // The parallelisation of scrypt, raised from 5 to 127.
  std::string costly(written->reveal());
  const std::size_t at = costly.find("\x02\x01\x08\x02\x01\x05");
  ASSERT_NE(at, std::string::npos);
  costly[at + 5] = '\x7f';
  const auto refused = read_private_key(Secret(costly), answering(longest));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::failed);
  EXPECT_THAT(refused.error().message, HasSubstr("more work to decrypt it than is reasonable"));
}

struct RefusedPassphrase {
  std::string passphrase;
  std::string message;
};

TEST(EncryptedForm, RefusesPassphrasesThatProtectNothingOrNobodyCanType) {
  const auto key = test::key_file("rsa1024.pem");
  for (const RefusedPassphrase& refusal :
       {RefusedPassphrase{"", "empty passphrase"},
        RefusedPassphrase{std::string(1025, 'x'), "longer than 1024 bytes"},
        RefusedPassphrase{std::string("a\0b", 3), "NUL byte"}}) {
    const auto written = to_encrypted_pkcs8_pem(key, Secret(refusal.passphrase), Kdf::pbkdf2);
    ASSERT_FALSE(written);
    EXPECT_EQ(written.error().code, ErrorCode::usage);
    EXPECT_THAT(written.error().message, HasSubstr(refusal.message));
    EXPECT_FALSE(written.error().hint.empty());
  }
}

}  // namespace
}  // namespace applink::crypto

// The door for private keys: what it reads, what it repairs, and in which words it refuses.
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "applink/crypto/key_formats.h"
#include "applink/crypto/key_reading.h"
#include "crypto/key_files.h"

namespace applink::crypto {
namespace {

using test::answering;
using test::der_of;
using test::key_bytes;
using test::pem_of;
using test::replaced;
using test::test_public_key;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

Result<PrivateKeyFile> read(std::string_view bytes) {
  return read_private_key(Secret(bytes));
}

// Whether it is read, and with these repairs.
void expect_the_test_key(std::string_view bytes, const std::vector<std::string>& repairs = {}) {
  const auto file = read(bytes);
  ASSERT_TRUE(file) << file.error().message;
  EXPECT_TRUE(is_pair(file->key, test_public_key()));
  EXPECT_EQ(file->repairs, repairs);
}

void expect_refusal(std::string_view bytes, std::string_view message, std::string_view hint) {
  const auto file = read(bytes);
  ASSERT_FALSE(file) << message;
  EXPECT_EQ(file.error().code, ErrorCode::failed);
  EXPECT_THAT(file.error().message, HasSubstr(std::string(message)));
  EXPECT_THAT(file.error().hint, HasSubstr(std::string(hint)));
  EXPECT_THAT(file.error().hint, Not(IsEmpty()));
}

TEST(ReadPrivateKey, TakesFilesInOrderWithoutAWord) {
  expect_the_test_key(key_bytes("pkcs1.pem"));
  expect_the_test_key(key_bytes("pkcs8.pem"));
  expect_the_test_key(der_of("pkcs1.pem"));
  expect_the_test_key(der_of("pkcs8.pem"));
  expect_the_test_key(
      replaced(key_bytes("pkcs1.pem"), "KEY-----\nMII", "KEY-----\nComment: hub\n\nMII"));
  EXPECT_EQ(read(key_bytes("rsa1024.pem")).value().key.bits(), 1024);
}

TEST(ReadPrivateKey, TakesTheCertificateThatBelongsToTheKey) {
  for (const auto& bytes : {key_bytes("certificate.pem") + key_bytes("pkcs8.pem"),
                            key_bytes("pkcs1.pem") + key_bytes("certificate.pem")}) {
    const auto file = read(bytes);
    ASSERT_TRUE(file) << file.error().message;
    EXPECT_EQ(file->certificate_pem, key_bytes("certificate.pem"));
    EXPECT_THAT(file->repairs, IsEmpty());
  }
}

TEST(ReadPrivateKey, LeavesOutCertificatesOfOthers) {
  const auto foreign = read(key_bytes("pkcs8.pem") + key_bytes("ec_certificate.pem"));
  ASSERT_TRUE(foreign);
  EXPECT_FALSE(foreign->certificate_pem);
  EXPECT_THAT(foreign->repairs,
              ElementsAre("the certificate in the file belongs to another key and was left out"));
  const auto chain =
      read(key_bytes("ec_certificate.pem") + key_bytes("certificate.pem") + key_bytes("pkcs8.pem"));
  ASSERT_TRUE(chain);
  EXPECT_EQ(chain->certificate_pem, key_bytes("certificate.pem"));
  EXPECT_THAT(chain->repairs, ElementsAre("certificates of other keys were left out"));
}

struct RefusedPrivateKey {
  std::string name;
  std::string message;
  std::string hint;
};

class PrivateKeyFileOf : public ::testing::TestWithParam<RefusedPrivateKey> {};

TEST_P(PrivateKeyFileOf, IsRefusedWithItsOwnWords) {
  expect_refusal(key_bytes(GetParam().name), GetParam().message, GetParam().hint);
  expect_refusal(replaced(key_bytes(GetParam().name), "\n", "\r\n"), GetParam().message, "");
}

INSTANTIATE_TEST_SUITE_P(
    Kinds, PrivateKeyFileOf,
    ::testing::Values(
        RefusedPrivateKey{"public.pem", "holds a public key, not a private", "BEGIN PRIVATE KEY"},
        RefusedPrivateKey{"public_pkcs1.pem", "holds a public key, not a private",
                          "BEGIN PRIVATE KEY"},
        RefusedPrivateKey{"certificate.pem", "holds a certificate, not a private",
                          "BEGIN PRIVATE KEY"},
        RefusedPrivateKey{"request.pem", "certificate request, not a private", "BEGIN PRIVATE KEY"},
        RefusedPrivateKey{"ec_sec1.pem", "an elliptic-curve key, not an RSA key",
                          "applink key create"},
        RefusedPrivateKey{"ec_with_parameters.pem", "an elliptic-curve key", "applink key create"},
        RefusedPrivateKey{"ec_pkcs8.pem", "an elliptic-curve key, not an RSA key",
                          "applink key create"},
        RefusedPrivateKey{"ed25519.pem", "an Ed25519 key, not an RSA key", "applink key create"},
        RefusedPrivateKey{"dsa_pkcs8.pem", "a DSA key, not an RSA key", "applink key create"},
        RefusedPrivateKey{"dsa_traditional.pem", "a DSA key, not an RSA key", "applink key create"},
        RefusedPrivateKey{"rsa_pss.pem", "an RSA-PSS key", "applink key create"},
        RefusedPrivateKey{"rsa512.pem", "too small: 512 bits", "applink key create"},
        RefusedPrivateKey{"three_primes.pem", "more than two primes", "applink key create"}),
    [](const auto& tested) { return tested.param.name.substr(0, tested.param.name.find('.')); });

TEST(ReadPrivateKey, DoesNotChooseAmongSeveralKeys) {
  expect_refusal(key_bytes("pkcs1.pem") + key_bytes("pkcs8.pem"), "the file holds 2 private keys",
                 "copy the one that is meant");
  expect_refusal(key_bytes("pkcs8.pem") + key_bytes("certificate.pem") + key_bytes("pkcs8.pem") +
                     key_bytes("encrypted_pkcs8.pem"),
                 "the file holds 3 private keys", "copy the one that is meant");
}

TEST(ReadPrivateKey, NamesWhatIsNoKey) {
  expect_refusal("", "this is an empty file, not a private key", "BEGIN PRIVATE KEY");
  expect_refusal(" \r\n\t", "an empty file", "BEGIN PRIVATE KEY");
  expect_refusal("<!DOCTYPE html>\n<html>", "HTML", "fetch the file itself");
  expect_refusal("hello", "text without a key", "BEGIN PRIVATE KEY");
  expect_refusal("0123456789", "text without a key", "BEGIN PRIVATE KEY");
  expect_refusal(std::string(100, '\0'), "binary file", "BEGIN PRIVATE KEY");
  expect_refusal("-----BEGIN PRIVATE", "text without a key", "BEGIN PRIVATE KEY");
  expect_refusal(R"({"hello": 1})", "JSON without a JWK", "BEGIN PRIVATE KEY");
  expect_refusal(der_of("pkcs1.pem").substr(0, 500), "cut off", "copy the file again");
  expect_refusal(der_of("pkcs8.pem") + "x", "followed by bytes", "copy the file again");
  expect_refusal(pem_of("PGP MESSAGE", "abc"), "holds \"PGP MESSAGE\", not a key", "BEGIN");
  expect_refusal(pem_of("\x7f[31m", "abc"), "text without a key", "BEGIN");
  expect_refusal("host ssh-rsa AAAAB3NzaC1yc2E= me", "known_hosts", "BEGIN PRIVATE KEY");
  expect_refusal("\xfe\xed\xfe\xed\x00\x00", "Java keystore", "keytool -importkeystore");
}

TEST(ReadPrivateKey, TrustsTheBytesMoreThanTheLabel) {
  expect_refusal(pem_of("PRIVATE KEY", der_of("ec_sec1.pem")), "elliptic-curve", "");
  expect_refusal(pem_of("RSA PRIVATE KEY", der_of("dsa_traditional.pem")), "DSA", "");
  expect_refusal(pem_of("RSA PRIVATE KEY", der_of("public.pem")), "holds a public key", "");
  expect_refusal(pem_of("PRIVATE KEY", der_of("certificate.pem")), "holds a certificate", "");
  expect_refusal(pem_of("PRIVATE KEY", "hello, world"), "holds no key that can be read", "");
}

TEST(ReadPrivateKey, SaysWhenTheArmourIsBroken) {
  const std::string pem = key_bytes("pkcs1.pem");
  expect_refusal(replaced(pem, "\nMII", "\nM*I"), "base64 of the PEM is damaged", "copy the file");
  expect_refusal(pem_of("RSA PRIVATE KEY", der_of("pkcs1.pem") + "x"), "followed by bytes", "copy");
}

// Dashes that two lines share: no block begins within another's BEGIN line.
TEST(ReadPrivateKey, TakesDashesForOneLineAlone) {
  expect_refusal("-----BEGIN -----BEGIN X-----", "cut off", "copy the file");
  expect_refusal("-----BEGIN X-----BEGIN Y-----", "cut off: its line -----END X-----", "copy");
}

// The end of the base64 may be missing only where nothing of the key is.
TEST(ReadPrivateKey, RefusesEveryTruncation) {
  for (const char* name : {"pkcs1.pem", "pkcs8.pem"}) {
    const std::string pem = key_bytes(name);
    const std::size_t end_of_key = pem.find_last_not_of('\n', pem.find("\n-----END")) + 1;
    for (std::size_t size = 0; size < end_of_key - 2; ++size) {
      ASSERT_FALSE(read(pem.substr(0, size))) << name << " " << size;
    }
    expect_refusal(pem.substr(0, pem.size() / 2), "cut off: its line -----END", "copy the file");
    expect_the_test_key(pem.substr(0, pem.size() - 3), {"the END line was missing"});
  }
}

TEST(ReadPrivateKey, RefusesEveryTruncationWithinTheArmour) {
  for (const char* name : {"pkcs1.pem", "pkcs8.pem"}) {
    const std::string der = der_of(name);
    for (std::size_t size = 4; size < der.size(); ++size) {
      expect_refusal(pem_of("PRIVATE KEY", der.substr(0, size)), "cut off", "copy the file");
    }
  }
}

// The numbers of a key are bound to each other, so that a flipped bit does not go unnoticed. What
// may pass is a parameter of the algorithm in PKCS#8: RSA has none, and the key is the same.
TEST(ReadPrivateKey, RefusesEveryChangedByte) {
  const Secret original(key_bytes("pkcs1.pem"));
  for (const char* name : {"pkcs1.pem", "pkcs8.pem"}) {
    const std::string der = der_of(name);
    for (std::size_t i = 0; i < der.size(); ++i) {
      std::string changed = der;
      changed[i] = static_cast<char>(changed[i] ^ (1 << i % 8));
      const auto file = read(changed);
      EXPECT_TRUE(!file || to_pkcs1_pem(file->key) == original) << name << " byte " << i;
    }
  }
}

TEST(ReadPrivateKey, RefusesAModulusThatIsNotTheProduct) {
  std::string der = der_of("pkcs1.pem");
  der[20] = static_cast<char>(der[20] ^ 1);  // within n
  expect_refusal(der, "numbers do not belong together", "copy the file");
}

TEST(ReadPrivateKey, NeverEchoesWhatItRead) {
  const std::string pem = key_bytes("pkcs1.pem");
  const std::string body = pem.substr(pem.find('\n') + 1, 64);
  for (const std::string& broken : {pem.substr(0, 200), body, replaced(pem, "\nMII", "\nM*I"),
                                    pem_of("RSA PRIVATE CODE", der_of("pkcs1.pem").substr(9))}) {
    const auto file = read(broken);
    ASSERT_FALSE(file);
    EXPECT_THAT(file.error().message + file.error().hint, Not(HasSubstr(body.substr(0, 12))));
  }
}

TEST(ReadEncryptedKey, AsksForThePassphraseOnce) {
  for (const char* name : {"encrypted_pkcs8.pem", "encrypted_pkcs1.pem"}) {
    int asked = 0;
    const auto file = read_private_key(Secret(key_bytes(name)), [&asked]() -> Result<Secret> {
      ++asked;
      return Secret("test");
    });
    ASSERT_TRUE(file) << name << ": " << file.error().message;
    EXPECT_EQ(asked, 1);
    EXPECT_THAT(file->repairs, IsEmpty());
  }
}

TEST(ReadEncryptedKey, AsksNobodyForAFileThatIsOpen) {
  const auto never = []() -> Result<Secret> {
    ADD_FAILURE() << "asked for a passphrase";
    return Secret();
  };
  EXPECT_TRUE(read_private_key(Secret(key_bytes("pkcs8.pem")), never));
  EXPECT_FALSE(read_private_key(Secret(key_bytes("public.pem")), never));
  EXPECT_FALSE(read_private_key(Secret(pem_of("ENCRYPTED PRIVATE KEY", "damaged")), never));
}

TEST(ReadEncryptedKey, TellsAWrongPassphraseFromABrokenFile) {
  for (const char* name : {"encrypted_pkcs8.pem", "encrypted_pkcs1.pem"}) {
    for (const char* passphrase : {"wrong", "", "TEST", "test "}) {
      const auto file = read_private_key(Secret(key_bytes(name)), answering(passphrase));
      ASSERT_FALSE(file) << name << " " << passphrase;
      EXPECT_EQ(file.error().code, ErrorCode::locked);
      EXPECT_EQ(file.error().message, "the passphrase is wrong");
    }
    std::string der = der_of("encrypted_pkcs8.pem");
    der.resize(der.size() - 5);
    const auto cut =
        read_private_key(Secret(pem_of("ENCRYPTED PRIVATE KEY", der)), answering("test"));
    ASSERT_FALSE(cut);
    EXPECT_EQ(cut.error().code, ErrorCode::failed);
    EXPECT_THAT(cut.error().message, HasSubstr("cut off"));
  }
}

TEST(ReadEncryptedKey, SaysThatNobodyCanBeAsked) {
  const auto file = read(key_bytes("encrypted_pkcs8.pem"));
  ASSERT_FALSE(file);
  EXPECT_EQ(file.error().code, ErrorCode::locked);
  EXPECT_THAT(file.error().message, HasSubstr("encrypted, and nobody can be asked"));
}

TEST(ReadEncryptedKey, PassesOnThatTheUserGaveUp) {
  const auto file = read_private_key(
      Secret(key_bytes("encrypted_pkcs8.pem")),
      []() -> Result<Secret> { return fail(ErrorCode::interrupted, "interrupted"); });
  ASSERT_FALSE(file);
  EXPECT_EQ(file.error().code, ErrorCode::interrupted);
}

TEST(PrivateKeyFromPkcs8Der, ReadsOneAndNothingElse) {
  EXPECT_TRUE(private_key_from_pkcs8_der(Secret(der_of("pkcs8.pem"))));
  EXPECT_FALSE(private_key_from_pkcs8_der(Secret(der_of("pkcs1.pem"))));
  EXPECT_FALSE(private_key_from_pkcs8_der(Secret(der_of("pkcs8.pem") + "x")));
  EXPECT_FALSE(private_key_from_pkcs8_der(Secret(der_of("ec_pkcs8.pem"))));
  EXPECT_FALSE(private_key_from_pkcs8_der(Secret(key_bytes("pkcs8.pem"))));
  EXPECT_FALSE(private_key_from_pkcs8_der(Secret()));
}

}  // namespace
}  // namespace applink::crypto

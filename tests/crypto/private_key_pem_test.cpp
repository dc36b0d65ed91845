#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "applink/base/encoding.h"
#include "applink/crypto/key_formats.h"
#include "support/vectors.h"

namespace applink::crypto {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

std::string file(std::string_view name) {
  return test::read_tests_file("data/keys/" + std::string(name));
}

Result<RsaPrivateKey> parse(std::string_view pem) {
  return private_key_from_pem(Secret(pem));
}

std::string replaced(std::string text, std::string_view from, std::string_view to) {
  for (std::size_t at = text.find(from); at != std::string::npos;
       at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
  return text;
}

std::string der_of(std::string_view name) {
  std::string base64 = file(name);
  base64.erase(0, base64.find('\n'));
  base64.erase(base64.find("-----END"));
  return *base64_decode(replaced(base64, "\n", ""));
}

std::string pem_of(std::string_view label, std::string_view der) {
  return "-----BEGIN " + std::string(label) + "-----\n" + base64_encode(der) + "\n-----END " +
         std::string(label) + "-----\n";
}

void expect_the_test_key(std::string_view pem) {
  const auto key = parse(pem);
  ASSERT_TRUE(key) << key.error().message;
  const auto public_key = public_key_from_pem(file("public.pem"));
  ASSERT_TRUE(public_key);
  EXPECT_TRUE(is_pair(*key, *public_key));
}

void expect_refusal(std::string_view pem, std::string_view message, std::string_view hint) {
  const auto key = parse(pem);
  ASSERT_FALSE(key) << message;
  EXPECT_EQ(key.error().code, ErrorCode::failed);
  EXPECT_THAT(key.error().message, HasSubstr(std::string(message)));
  EXPECT_THAT(key.error().hint, HasSubstr(std::string(hint)));
}

TEST(PrivateKeyFromPem, ReadsWhatOpensslWrites) {
  expect_the_test_key(file("pkcs1.pem"));
  expect_the_test_key(file("pkcs8.pem"));
  ASSERT_TRUE(parse(file("rsa1024.pem")));
  EXPECT_EQ(parse(file("rsa1024.pem"))->bits(), 1024);
}

TEST(PrivateKeyFromPem, ToleratesWhatEditorsAndMailersDo) {
  for (const char* name : {"pkcs1.pem", "pkcs8.pem"}) {
    const std::string pem = file(name);
    expect_the_test_key(replaced(pem, "\n", "\r\n"));
    expect_the_test_key("Bag Attributes\n    friendlyName: hub\n" + pem);
    expect_the_test_key("\xef\xbb\xbf" + pem);
    expect_the_test_key(pem + "\n\nBest regards\n");
    expect_the_test_key(replaced(pem, "\n", "\n  "));
    expect_the_test_key(replaced(pem, "\n", " "));
    expect_the_test_key(pem.substr(0, pem.size() - 1));
  }
}

TEST(PrivateKeyFromPem, FindsTheKeyBehindACertificate) {
  expect_the_test_key(file("certificate.pem") + file("pkcs8.pem"));
  expect_the_test_key(file("pkcs1.pem") + file("certificate.pem"));
}

TEST(PrivateKeyFromPem, PassesOverUnrelatedHeaders) {
  expect_the_test_key(
      replaced(file("pkcs1.pem"), "KEY-----\nMII", "KEY-----\nComment: hub\n\nMII"));
}

struct Refusal {
  std::string name;
  std::string message;
  std::string hint;
};

class PrivateKeyFile : public ::testing::TestWithParam<Refusal> {};

TEST_P(PrivateKeyFile, IsRefusedWithItsOwnWords) {
  expect_refusal(file(GetParam().name), GetParam().message, GetParam().hint);
  expect_refusal(replaced(file(GetParam().name), "\n", "\r\n"), GetParam().message, "");
}

INSTANTIATE_TEST_SUITE_P(
    Kinds, PrivateKeyFile,
    ::testing::Values(
        Refusal{"encrypted_pkcs8.pem", "encrypted (PKCS#8)", "openssl pkey -in FILE -out"},
        Refusal{"encrypted_pkcs1.pem", "encrypted (PEM, Proc-Type", "openssl pkey -in FILE -out"},
        Refusal{"public.pem", "holds a public key, not a private", "BEGIN PRIVATE KEY"},
        Refusal{"public_pkcs1.pem", "public key (PKCS#1), not a private", "BEGIN PRIVATE KEY"},
        Refusal{"certificate.pem", "holds a certificate, not a private", "BEGIN PRIVATE KEY"},
        Refusal{"request.pem", "certificate request, not a private", "BEGIN PRIVATE KEY"},
        Refusal{"ec_sec1.pem", "an elliptic-curve key, not an RSA key", "applink key create"},
        Refusal{"ec_with_parameters.pem", "elliptic-curve parameters", "applink key create"},
        Refusal{"ec_pkcs8.pem", "an elliptic-curve key, not an RSA key", "applink key create"},
        Refusal{"ed25519.pem", "an Ed25519 key, not an RSA key", "applink key create"},
        Refusal{"dsa_pkcs8.pem", "a DSA key, not an RSA key", "applink key create"},
        Refusal{"dsa_traditional.pem", "a DSA key, not an RSA key", "applink key create"},
        Refusal{"rsa_pss.pem", "an RSA-PSS key", "applink key create"},
        Refusal{"openssh.pem", "OpenSSH's own form", "ssh-keygen -p -N '' -m PEM"},
        Refusal{"rsa512.pem", "too small: 512 bits", "applink key create"},
        Refusal{"three_primes.pem", "more than two primes", "applink key create"}),
    [](const auto& tested) { return tested.param.name.substr(0, tested.param.name.find('.')); });

TEST(PrivateKeyFromPem, DoesNotChooseAmongSeveralKeys) {
  expect_refusal(file("pkcs1.pem") + file("pkcs8.pem"), "the file holds 2 private keys",
                 "copy the one that is meant");
  expect_refusal(
      file("pkcs8.pem") + file("certificate.pem") + file("pkcs8.pem") + file("pkcs1.pem"),
      "the file holds 3 private keys", "copy the one that is meant");
}

TEST(PrivateKeyFromPem, NamesWhatIsNoPem) {
  expect_refusal("", "the file is empty", "BEGIN PRIVATE KEY");
  expect_refusal(" \r\n\t", "the file is empty", "BEGIN PRIVATE KEY");
  expect_refusal("<!DOCTYPE html>\n<html>", "HTML", "fetch the file itself");
  expect_refusal(der_of("pkcs1.pem"), "binary DER", "openssl pkey -inform DER -in FILE");
  expect_refusal(der_of("pkcs8.pem"), "binary DER", "openssl pkey -inform DER -in FILE");
  expect_refusal("ssh-rsa AAAAB3NzaC1yc2E= me", "OpenSSH public key", "BEGIN PRIVATE KEY");
  expect_refusal("hello", "no PEM", "BEGIN PRIVATE KEY");
  expect_refusal("0123456789", "no PEM", "BEGIN PRIVATE KEY");
  expect_refusal("0123456789" + std::string(100, 'a'), "no PEM", "BEGIN PRIVATE KEY");
  expect_refusal(der_of("pkcs1.pem").substr(0, 500), "binary DER", "openssl pkey");
  expect_refusal(der_of("pkcs8.pem") + "\n", "binary DER", "openssl pkey");
  expect_refusal(base64_encode(der_of("pkcs8.pem")), "no PEM", "BEGIN PRIVATE KEY");
  expect_refusal(std::string(100, '\0'), "no PEM", "BEGIN PRIVATE KEY");
  expect_refusal("-----BEGIN PRIVATE", "no PEM", "BEGIN PRIVATE KEY");
}

TEST(PrivateKeyFromPem, NamesAnUnknownLabelSafely) {
  expect_refusal(pem_of("PGP MESSAGE", "abc"), "holds \"PGP MESSAGE\", not a key", "BEGIN");
  expect_refusal(pem_of("\x1b[31m", "abc"), "no PEM", "BEGIN");
}

TEST(PrivateKeyFromPem, SaysWhenAKeyIsMislabelled) {
  const std::string pkcs8_as_pkcs1 = replaced(file("pkcs8.pem"), " PRIVATE", " RSA PRIVATE");
  expect_refusal(pkcs8_as_pkcs1, "in the form PKCS#8, but its BEGIN line says RSA PRIVATE KEY",
                 "sed 's/ RSA PRIVATE KEY/ PRIVATE KEY/'");
  const std::string pkcs1_as_pkcs8 = replaced(file("pkcs1.pem"), " RSA PRIVATE", " PRIVATE");
  expect_refusal(pkcs1_as_pkcs8, "in the form PKCS#1, but its BEGIN line says PRIVATE KEY",
                 "sed 's/ PRIVATE KEY/ RSA PRIVATE KEY/'");
  expect_refusal(pem_of("PRIVATE KEY", der_of("encrypted_pkcs8.pem")), "form encrypted PKCS#8",
                 "ENCRYPTED PRIVATE KEY");
  expect_refusal(pem_of("PRIVATE KEY", der_of("ec_sec1.pem")), "elliptic-curve", "");
  expect_refusal(pem_of("RSA PRIVATE KEY", der_of("dsa_traditional.pem")), "DSA", "");
  expect_refusal(pem_of("RSA PRIVATE KEY", der_of("public.pem")), "public key, although", "");
  expect_refusal(pem_of("PRIVATE KEY", der_of("public_pkcs1.pem")), "public key, although", "");
  expect_refusal(pem_of("PRIVATE KEY", der_of("certificate.pem")), "certificate", "");
  expect_refusal(pem_of("PRIVATE KEY", "hello, world"), "does not hold an RSA private key", "");
}

TEST(PrivateKeyFromPem, SaysWhenTheArmourIsBroken) {
  const std::string pem = file("pkcs1.pem");
  expect_refusal(replaced(pem, "-----END RSA PRIVATE KEY-----", "-----END PRIVATE KEY-----"),
                 "END line names something else", "copy the file again");
  expect_refusal(replaced(pem, "\nMII", "\nM*I"), "base64 of the PEM is damaged", "copy the file");
  expect_refusal(replaced(pem, "\n", "\\n"), "two characters \\n", "printf '%b'");
  expect_refusal(pem_of("RSA PRIVATE KEY", der_of("pkcs1.pem") + "x"), "followed by bytes", "copy");
}

TEST(PrivateKeyFromPem, RefusesEveryTruncation) {
  for (const char* name : {"pkcs1.pem", "pkcs8.pem"}) {
    const std::string pem = file(name);
    const std::size_t whole = pem.rfind("-----") + 5;
    for (std::size_t size = 0; size < whole; ++size) EXPECT_FALSE(parse(pem.substr(0, size)));
    expect_refusal(pem.substr(0, pem.size() / 2), "cut off: its line -----END", "copy the file");
    expect_refusal(pem.substr(0, whole - 1), "cut off: its line -----END", "copy the file");
  }
}

TEST(PrivateKeyFromPem, RefusesEveryTruncationWithinTheArmour) {
  const std::string pkcs1 = der_of("pkcs1.pem");
  const std::string pkcs8 = der_of("pkcs8.pem");
  for (std::size_t size = 4; size < pkcs1.size(); ++size) {
    expect_refusal(pem_of("RSA PRIVATE KEY", pkcs1.substr(0, size)), "cut off", "copy the file");
  }
  for (std::size_t size = 4; size < pkcs8.size(); ++size) {
    expect_refusal(pem_of("PRIVATE KEY", pkcs8.substr(0, size)), "cut off", "copy the file");
  }
}

// The numbers of a key are bound to each other, so that a flipped bit does not go unnoticed. What
// may pass is a parameter of the algorithm in PKCS#8: RSA has none, and the key is the same.
TEST(PrivateKeyFromPem, RefusesEveryChangedByte) {
  const Secret original(file("pkcs1.pem"));
  for (const char* name : {"pkcs1.pem", "pkcs8.pem"}) {
    const std::string der = der_of(name);
    const std::string label =
        name == std::string_view("pkcs1.pem") ? "RSA PRIVATE KEY" : "PRIVATE KEY";
    for (std::size_t i = 0; i < der.size(); ++i) {
      std::string changed = der;
      changed[i] = static_cast<char>(changed[i] ^ (1 << i % 8));
      const auto key = parse(pem_of(label, changed));
      EXPECT_TRUE(!key || to_pkcs1_pem(*key) == original) << name << " byte " << i;
    }
  }
}

TEST(PrivateKeyFromPem, RefusesAModulusThatIsNotTheProduct) {
  std::string der = der_of("pkcs1.pem");
  der[20] = static_cast<char>(der[20] ^ 1);  // within n
  expect_refusal(pem_of("RSA PRIVATE KEY", der), "numbers do not belong together", "copy the file");
}

TEST(PrivateKeyFromPem, NeverEchoesWhatItRead) {
  const std::string pem = file("pkcs1.pem");
  const std::string body = pem.substr(pem.find('\n') + 1, 64);
  for (const std::string& broken : {pem.substr(0, 200), body, replaced(pem, "\nMII", "\nM*I"),
                                    replaced(pem, "KEY", "CODE"), replaced(pem, "RSA ", "")}) {
    const auto key = parse(broken);
    ASSERT_FALSE(key);
    EXPECT_THAT(key.error().message + key.error().hint, Not(HasSubstr(body.substr(0, 12))));
  }
}

TEST(PrivateKeyFromPkcs8Der, ReadsOneAndNothingElse) {
  EXPECT_TRUE(private_key_from_pkcs8_der(Secret(der_of("pkcs8.pem"))));
  EXPECT_FALSE(private_key_from_pkcs8_der(Secret(der_of("pkcs1.pem"))));
  EXPECT_FALSE(private_key_from_pkcs8_der(Secret(der_of("pkcs8.pem") + "x")));
  EXPECT_FALSE(private_key_from_pkcs8_der(Secret(der_of("ec_pkcs8.pem"))));
  EXPECT_FALSE(private_key_from_pkcs8_der(Secret(file("pkcs8.pem"))));
  EXPECT_FALSE(private_key_from_pkcs8_der(Secret()));
}

}  // namespace
}  // namespace applink::crypto

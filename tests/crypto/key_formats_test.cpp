#include "applink/crypto/key_formats.h"

#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "applink/base/encoding.h"
#include "support/vectors.h"

namespace applink::crypto {
namespace {

using ::testing::HasSubstr;

std::string file(std::string_view name) {
  return test::read_tests_file("data/keys/" + std::string(name));
}

// The files of tests/data/keys/ are OpenSSL's own: equality with them is equality with its output.
TEST(PrivateForms, AreByteForByteWhatOpensslWrites) {
  for (const char* name : {"pkcs1.pem", "pkcs8.pem"}) {
    const auto key = private_key_from_pem(Secret::take(file(name)));
    ASSERT_TRUE(key);
    EXPECT_EQ(to_pkcs1_pem(*key), Secret(file("pkcs1.pem")));
    EXPECT_EQ(to_pkcs8_pem(*key), Secret(file("pkcs8.pem")));
    const auto again = private_key_from_pkcs8_der(to_pkcs8_der(*key));
    ASSERT_TRUE(again);
    EXPECT_EQ(to_pkcs1_pem(*again), Secret(file("pkcs1.pem")));
  }
}

TEST(PublicForms, AreByteForByteWhatOpensslWrites) {
  const auto key = private_key_from_pem(Secret::take(file("pkcs1.pem")));
  ASSERT_TRUE(key);
  EXPECT_EQ(to_spki_pem(key->public_key()), file("public.pem"));
  EXPECT_THAT(file("public.pem"),
              HasSubstr(base64_encode(to_spki_der(key->public_key())).substr(0, 64)));
}

TEST(PublicKeyFromPem, ReadsEveryFormThatJiraTakes) {
  const auto key = private_key_from_pem(Secret::take(file("pkcs1.pem")));
  ASSERT_TRUE(key);
  const std::string base64 = base64_encode(to_spki_der(key->public_key()));
  for (const std::string& text : {file("public.pem"), file("certificate.pem"), base64,
                                  base64.substr(0, 64) + "\r\n" + base64.substr(64) + "\n"}) {
    const auto public_key = public_key_from_pem(text);
    ASSERT_TRUE(public_key) << public_key.error().message;
    EXPECT_TRUE(is_pair(*key, *public_key));
  }
}

struct Refusal {
  std::string text;
  std::string message;
  std::string hint;
};

TEST(PublicKeyFromPem, NamesWhatItRefuses) {
  const std::vector<Refusal> refusals{
      {"", "the file is empty, not a public key", "BEGIN PUBLIC KEY"},
      {"hello", "no PEM", "BEGIN PUBLIC KEY"},
      {"<html>", "HTML", "fetch the file itself"},
      {"ssh-rsa AAAAB3Nza me", "OpenSSH public key", "ssh-keygen -e -m PKCS8"},
      {file("public_pkcs1.pem"), "PKCS#1 form, which Jira does not read",
       "openssl rsa -RSAPublicKey_in"},
      {file("pkcs1.pem"), "a private key where a public one belongs", "-pubout"},
      {file("pkcs8.pem"), "a private key where a public one belongs", "-pubout"},
      {file("request.pem"), "certificate request", "openssl req"},
      {file("ec_public.pem"), "elliptic-curve", "applink key create"},
      {file("public.pem").substr(0, 200), "cut off", "copy the file"},
      {base64_encode(std::string("0\x03\x02\x01\x01", 5)), "no PEM", "BEGIN PUBLIC KEY"},
  };
  for (const Refusal& refusal : refusals) {
    const auto key = public_key_from_pem(refusal.text);
    ASSERT_FALSE(key) << refusal.text;
    EXPECT_THAT(key.error().message, HasSubstr(refusal.message));
    EXPECT_THAT(key.error().hint, HasSubstr(refusal.hint));
  }
}

TEST(PublicKeyFromPem, RefusesEveryTruncation) {
  const std::string pem = file("public.pem");
  for (std::size_t size = 0; size < pem.rfind("-----") + 5; ++size) {
    EXPECT_FALSE(public_key_from_pem(pem.substr(0, size))) << size;
  }
}

}  // namespace
}  // namespace applink::crypto

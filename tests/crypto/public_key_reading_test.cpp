// The door for public keys.
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "applink/base/encoding.h"
#include "applink/crypto/key_formats.h"
#include "applink/crypto/key_reading.h"
#include "crypto/jira_doors.h"
#include "crypto/key_files.h"
#include "support/keys.h"

namespace applink::crypto {
namespace {

using test::der_of;
using test::key_bytes;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

TEST(ReadPublicKey, TakesEveryFormWithoutAWord) {
  const auto key = test::key_file("pkcs1.pem");
  for (const std::string& bytes :
       {key_bytes("public.pem"), key_bytes("public_pkcs1.pem"), key_bytes("certificate.pem"),
        der_of("public.pem"), der_of("public_pkcs1.pem"), der_of("certificate.pem")}) {
    const auto file = read_public_key(bytes);
    ASSERT_TRUE(file) << file.error().message;
    EXPECT_TRUE(is_pair(key, file->key));
    EXPECT_THAT(file->repairs, IsEmpty());
  }
}

TEST(ReadPublicKey, HandsOutTheCertificateInWhichTheKeyCame) {
  EXPECT_EQ(read_public_key(der_of("certificate.pem")).value().certificate_pem,
            key_bytes("certificate.pem"));
  EXPECT_FALSE(read_public_key(key_bytes("public.pem")).value().certificate_pem);
}

TEST(ReadPublicKey, TakesTheFirstOfSeveralAndSaysSo) {
  const auto file = read_public_key(key_bytes("certificate.pem") + key_bytes("ec_certificate.pem"));
  ASSERT_TRUE(file) << file.error().message;
  EXPECT_THAT(file->repairs, ElementsAre("what follows the first key was left out"));
}

struct Refusal {
  std::string bytes;
  std::string message;
  std::string hint;
};

TEST(ReadPublicKey, NamesWhatItRefuses) {
  const std::vector<Refusal> refusals{
      {"", "the file is empty, not a public key", "BEGIN PUBLIC KEY"},
      {"hello", "text without a key, not a public key", "BEGIN PUBLIC KEY"},
      {"<html>", "HTML", "fetch the file itself"},
      {key_bytes("pkcs1.pem"), "a private key where a public one belongs", "applink key import"},
      {key_bytes("pkcs8.pem"), "a private key where a public one belongs", "applink key import"},
      {key_bytes("certificate.pem") + key_bytes("pkcs8.pem"), "a private key where a public one",
       "applink key import"},
      {key_bytes("rfc7517_a2.jwk"), "a private key where a public one", "applink key import"},
      {key_bytes("request.pem"), "certificate request", "BEGIN CERTIFICATE"},
      {key_bytes("ec_public.pem"), "elliptic-curve", "applink key create"},
      {key_bytes("odd/ssh_ed25519.pub"), "Ed25519", "applink key create"},
      {key_bytes("odd/ec.jwk"), "elliptic-curve", "applink key create"},
      {key_bytes("public.pem").substr(0, 200), "cut off", "copy the file"},
      {key_bytes("certificate.pem").substr(0, 200), "cut off", "copy the file"},
  };
  for (const Refusal& refusal : refusals) {
    const auto file = read_public_key(refusal.bytes);
    ASSERT_FALSE(file) << refusal.message;
    EXPECT_THAT(file.error().message, HasSubstr(refusal.message));
    EXPECT_THAT(file.error().hint, HasSubstr(refusal.hint));
  }
}

TEST(ReadPublicKey, RefusesEveryTruncation) {
  for (const char* name : {"public.pem", "public_pkcs1.pem", "certificate.pem"}) {
    const std::string der = der_of(name);
    for (std::size_t size = 0; size < der.size(); ++size) {
      ASSERT_FALSE(read_public_key(der.substr(0, size))) << name << " " << size;
      ASSERT_FALSE(read_public_key(base64_encode(der.substr(0, size)))) << name << " " << size;
    }
  }
}

TEST(JirasDoors, ReadAsJiraDoesAndNotAsWeDo) {
  const auto key = test::key_file("pkcs1.pem");
  const std::string base64 = to_spki_base64(key.public_key());
  for (const std::string& text : {key_bytes("public.pem"), base64,
                                  base64.substr(0, 64) + "\r\n" + base64.substr(64) + "\n"}) {
    ASSERT_TRUE(key_at_admin_form(text));
    ASSERT_TRUE(key_at_rest(text));
    EXPECT_TRUE(is_pair(key, key_at_rest(text).value()));
  }
  EXPECT_TRUE(key_at_admin_form(key_bytes("certificate.pem")));
  EXPECT_FALSE(key_at_rest(key_bytes("certificate.pem")));
  EXPECT_FALSE(key_at_admin_form(" " + key_bytes("certificate.pem")));
  EXPECT_FALSE(key_at_admin_form(key_bytes("public_pkcs1.pem")));
  EXPECT_FALSE(key_at_admin_form(key_bytes("odd/ssh_rsa.pub")));
  EXPECT_FALSE(key_at_admin_form(key_bytes("pkcs8.pem")));
  EXPECT_FALSE(key_at_admin_form(""));
}

}  // namespace
}  // namespace applink::crypto

// The door for public keys.
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "applink/base/encoding.h"
#include "applink/crypto/jwk.h"
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

struct RefusedPublicKey {
  std::string bytes;
  std::string message;
  std::string hint;
};

TEST(ReadPublicKey, NamesWhatItRefuses) {
  const std::vector<RefusedPublicKey> refusals{
      {"", "this is an empty file, not a public key", "BEGIN PUBLIC KEY"},
      {"hello", "text without a key, not a public key", "BEGIN PUBLIC KEY"},
      {"<html>", "HTML", "fetch the file itself"},
      {key_bytes("pkcs1.pem"), "a private key where a public one belongs", "applink key import"},
      {key_bytes("pkcs8.pem"), "a private key where a public one belongs", "applink key import"},
      {key_bytes("certificate.pem") + key_bytes("pkcs8.pem"), "a private key where a public one",
       "applink key import"},
      {key_bytes("rfc7517_a2.jwk"), "a private key where a public one", "applink key import"},
      {key_bytes("odd/public_and_private_set.jwk"), "a private key where a public one",
       "applink key import"},
      {key_bytes("request.pem"), "certificate request", "BEGIN CERTIFICATE"},
      {key_bytes("ec_public.pem"), "elliptic-curve", "applink key create"},
      {key_bytes("odd/ssh_ed25519.pub"), "Ed25519", "applink key create"},
      {key_bytes("odd/ec.jwk"), "elliptic-curve", "applink key create"},
      {key_bytes("public.pem").substr(0, 200), "cut off", "copy the file"},
      {key_bytes("certificate.pem").substr(0, 200), "cut off", "copy the file"},
  };
  for (const RefusedPublicKey& refusal : refusals) {
    const auto file = read_public_key(refusal.bytes);
    ASSERT_FALSE(file) << refusal.message;
    EXPECT_THAT(file.error().message, HasSubstr(refusal.message));
    EXPECT_THAT(file.error().hint, HasSubstr(refusal.hint));
  }
}

std::string spki_ending_with(std::string_view end) {
  std::string der = der_of("public.pem");  // ends with n, and with the number 65537
  return der.replace(der.size() - end.size(), end.size(), end);
}

std::string jwk_with_exponent(std::string_view base64url) {
  const std::string jwk = to_public_jwk(test::key_file("pkcs1.pem").public_key());
  return test::replaced(jwk, R"("e":"AQAB")", fmt::format(R"("e":"{}")", base64url));
}

// The DER of RSAPublicKey with an exponent of a million bytes, to print which would take minutes.
std::string pkcs1_with_endless_exponent() {
  const std::string n = der_of("public_pkcs1.pem").substr(4, 261);
  const std::string e = std::string("\x02\x83\x0f\x42\x40", 5) + std::string(1'000'000, '\x55');
  const std::size_t size = n.size() + e.size();
  std::string der = "\x30\x83";
  for (const unsigned shift : {16U, 8U, 0U}) der += static_cast<char>(size >> shift & 0xffU);
  return der + n + e;
}

// RFC 8017 section 3.1.
TEST(ReadPublicKey, RefusesNumbersThatNoKeyHas) {
  using namespace std::string_view_literals;
  ASSERT_TRUE(read_public_key(jwk_with_exponent("Aw")));
  const std::string more_than_n = base64_encode("\xff" + der_of("public_pkcs1.pem").substr(9, 256));
  for (const std::string& bytes :
       {spki_ending_with("\x02\x03\x01\x00\x02"sv), spki_ending_with("\x00\x02\x03\x01\x00\x01"sv),
        jwk_with_exponent("AQ"), jwk_with_exponent("Ag"), jwk_with_exponent(more_than_n),
        pkcs1_with_endless_exponent()}) {
    const auto refused = read_public_key(bytes);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().message,
              "the RSA key is damaged: no RSA key has such a modulus and exponent");
    EXPECT_THAT(refused.error().hint, HasSubstr("copy the file"));
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

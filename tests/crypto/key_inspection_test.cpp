// What is said of files in order, of weak keys and of Jira's doors.
#include "applink/crypto/key_inspection.h"

#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "applink/crypto/jwk.h"
#include "applink/crypto/key_formats.h"
#include "crypto/key_files.h"
#include "support/keys.h"

namespace applink::crypto {
namespace {

using test::der_of;
using test::key_bytes;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr Timestamp in_2030{std::chrono::seconds(1'900'000'000)};

KeyFileReport inspected(std::string_view bytes) {
  return inspect_key_file(bytes, in_2030);
}

struct Known {
  std::string name;
  KeyFileKind kind;
  std::string description;
};

class KeyFileInOrder : public ::testing::TestWithParam<Known> {};

TEST_P(KeyFileInOrder, IsNamed) {
  const auto report = inspected(key_bytes(GetParam().name));
  EXPECT_EQ(report.kind, GetParam().kind) << to_string(report.kind);
  EXPECT_EQ(report.description, GetParam().description);
  EXPECT_THAT(report.repairs, IsEmpty());
}

INSTANTIATE_TEST_SUITE_P(
    Files, KeyFileInOrder,
    ::testing::Values(
        Known{"pkcs1.pem", KeyFileKind::private_key,
              "an RSA private key of 2048 bits (PKCS#1 PEM)"},
        Known{"pkcs8.pem", KeyFileKind::private_key,
              "an RSA private key of 2048 bits (PKCS#8 PEM)"},
        Known{"openssh.pem", KeyFileKind::private_key,
              "an RSA private key of 2048 bits (OpenSSH PEM)"},
        Known{"rfc7517_a2.jwk", KeyFileKind::private_key, "an RSA private key of 2048 bits (JWK)"},
        Known{"encrypted_pkcs8.pem", KeyFileKind::encrypted_private_key,
              "an encrypted private key (encrypted PKCS#8 PEM): the private key is encrypted, and "
              "nobody can be asked for its passphrase"},
        Known{"encrypted_pkcs1.pem", KeyFileKind::encrypted_private_key,
              "an encrypted private key (encrypted PKCS#1 PEM): the private key is encrypted, and "
              "nobody can be asked for its passphrase"},
        Known{"public.pem", KeyFileKind::public_key, "an RSA public key of 2048 bits (SPKI PEM)"},
        Known{"public_pkcs1.pem", KeyFileKind::public_key,
              "an RSA public key of 2048 bits (PKCS#1 PEM)"},
        Known{"certificate.pem", KeyFileKind::certificate,
              "a certificate of an RSA key of 2048 bits (X.509 PEM)"},
        Known{"request.pem", KeyFileKind::certificate_request,
              "a certificate request of an RSA key of 2048 bits (PKCS#10 PEM)"},
        Known{"ec_certificate.pem", KeyFileKind::certificate,
              "a certificate of an EC key (X.509 PEM): the key is an elliptic-curve key, not an "
              "RSA key"},
        Known{"ec_sec1.pem", KeyFileKind::private_key,
              "an EC private key (SEC 1 PEM): the key is an elliptic-curve key, not an RSA key"},
        Known{"ec_with_parameters.pem", KeyFileKind::private_key,
              "an EC private key (SEC 1 PEM): the key is an elliptic-curve key, not an RSA key"},
        Known{"ec_pkcs8.pem", KeyFileKind::private_key,
              "an EC private key (PKCS#8 PEM): the key is an elliptic-curve key, not an RSA key"},
        Known{"ec_public.pem", KeyFileKind::public_key,
              "an EC public key (SPKI PEM): the key is an elliptic-curve key, not an RSA key"},
        Known{"ed25519.pem", KeyFileKind::private_key,
              "an Ed25519 private key (PKCS#8 PEM): the key is an Ed25519 key, not an RSA key"},
        Known{"dsa_traditional.pem", KeyFileKind::private_key,
              "a DSA private key (traditional DSA PEM): the key is a DSA key, not an RSA key"},
        Known{"rsa_pss.pem", KeyFileKind::private_key,
              "an RSA-PSS private key (PKCS#8 PEM): the key is an RSA-PSS key, which cannot make "
              "RSA-SHA1 signatures"},
        Known{"rsa512.pem", KeyFileKind::broken,
              "an RSA private key (PKCS#1 PEM): the RSA key is too small: 512 bits, and 1024 is "
              "the least that is used"}),
    [](const auto& tested) { return tested.param.name.substr(0, tested.param.name.find('.')); });

// ssh-keygen -l -f, and: openssl pkey -pubin -in public.pem -outform DER | openssl dgst -sha256
TEST(InspectKeyFile, GivesTheFingerprintsOfOtherPrograms) {
  const auto vectors = test::read_vectors("vectors/key_fingerprints.vec");
  for (const char* name : {"pkcs1.pem", "pkcs8.pem", "public.pem", "public_pkcs1.pem",
                           "certificate.pem", "request.pem"}) {
    const auto report = inspected(key_bytes(name));
    ASSERT_TRUE(report.fingerprints) << name;
    EXPECT_EQ(report.fingerprints->spki_hex, vectors.at("spki_hex"));
    EXPECT_EQ(report.fingerprints->spki_base64, vectors.at("spki_base64"));
    EXPECT_EQ(report.fingerprints->ssh, vectors.at("ssh"));
    ASSERT_TRUE(report.key);
    EXPECT_EQ(report.key->exponent(), "65537");
    EXPECT_EQ(report.algorithm, "RSA");
  }
}

TEST(InspectKeyFile, OpensWhatIsEncryptedWhereItIsToldThePassphrase) {
  const auto answering = [](const char* passphrase) {
    return [passphrase]() -> Result<Secret> { return Secret(passphrase); };
  };
  for (const char* name : {"encrypted_pkcs8.pem", "encrypted_pkcs1.pem", "odd/key.p12"}) {
    const auto open = inspect_key_file(key_bytes(name), in_2030, answering("test"));
    EXPECT_EQ(open.kind, KeyFileKind::private_key);
    EXPECT_TRUE(open.key);
    const auto shut = inspect_key_file(key_bytes(name), in_2030, answering("wrong"));
    EXPECT_NE(shut.kind, KeyFileKind::private_key);
    EXPECT_FALSE(shut.key);
    EXPECT_THAT(shut.description, HasSubstr("the passphrase is wrong"));
  }
}

TEST(InspectKeyFile, TellsWhichDoorOfJiraTakesAFile) {
  const auto spki = inspected(key_bytes("public.pem"));
  EXPECT_TRUE(spki.admin_form.takes);
  EXPECT_TRUE(spki.rest.takes);
  const auto certificate = inspected(key_bytes("certificate.pem"));
  EXPECT_TRUE(certificate.admin_form.takes);
  EXPECT_FALSE(certificate.rest.takes);
  EXPECT_EQ(certificate.rest.why_not, "the REST interface takes no certificate");
  const auto pkcs1 = inspected(key_bytes("public_pkcs1.pem"));
  EXPECT_FALSE(pkcs1.admin_form.takes);
  EXPECT_THAT(pkcs1.admin_form.why_not, HasSubstr("PKCS#1 form, which jira does not read"));
  EXPECT_FALSE(pkcs1.rest.takes);
  const auto spki_der = inspected(der_of("public.pem"));
  EXPECT_FALSE(spki_der.admin_form.takes);
  EXPECT_THAT(spki_der.admin_form.why_not, HasSubstr("this is binary DER"));
  const auto indented = inspected(test::replaced(key_bytes("public.pem"), "\n", "\n  "));
  EXPECT_FALSE(indented.admin_form.takes);
  EXPECT_THAT(indented.admin_form.why_not, HasSubstr("something else stands with it"));
  EXPECT_TRUE(inspected(test::replaced(key_bytes("public.pem"), "\n", "\r\n")).rest.takes);
  EXPECT_TRUE(inspected(to_spki_base64(test::key_file("pkcs1.pem").public_key())).rest.takes);
}

TEST(InspectKeyFile, TellsTheValidityOfACertificate) {
  const auto valid = inspected(key_bytes("certificate.pem"));
  ASSERT_TRUE(valid.certificate);
  EXPECT_EQ(valid.certificate->subject, "CN=test");
  EXPECT_THAT(valid.warnings, IsEmpty());
  const auto expired = inspected(key_bytes("odd/expired.cer"));
  ASSERT_TRUE(expired.certificate);
  EXPECT_EQ(expired.certificate->subject, "CN=old");
  EXPECT_THAT(expired.warnings,
              ElementsAre("the certificate expired at 2016-01-01T00:00:00Z; jira does not mind"));
  const auto early = inspect_key_file(key_bytes("certificate.pem"), Timestamp{});
  ASSERT_EQ(early.warnings.size(), 1U);
  EXPECT_THAT(early.warnings.front(), HasSubstr("is not valid before"));
}

TEST(InspectKeyFile, WarnsOfWeakKeys) {
  EXPECT_THAT(inspected(key_bytes("rsa1024.pem")).warnings,
              ElementsAre("1024 bits are too few today: make a new pair of 2048 or more"));
  EXPECT_THAT(inspected(key_bytes("odd/exponent_3_public.pem")).warnings,
              ElementsAre("its public exponent 3 is weak: 65537 is customary"));
  const std::string jwk = to_public_jwk(test::key_file("pkcs1.pem").public_key());
  EXPECT_THAT(inspected(test::replaced(jwk, "AQAB", "AQAAAAAAAAAB")).warnings,
              ElementsAre(HasSubstr("its public exponent has 65 bits")));
  EXPECT_THAT(inspected(test::replaced(jwk, "AQAB", "gAAAAAAAAAE")).warnings, IsEmpty());
  EXPECT_THAT(inspected(key_bytes("odd/roca_public.pem")).warnings,
              ElementsAre(HasSubstr("ROCA (CVE-2017-15361)")));
  for (const char* name : {"pkcs1.pem", "rsa3072.pem", "rsa4096.pem", "openssh.pem"}) {
    EXPECT_THAT(inspected(key_bytes(name)).warnings, IsEmpty()) << name;
  }
}

// It opened, and what was in it was not what is wanted: nobody typed a wrong passphrase.
TEST(InspectKeyFile, BlamesNoPassphraseThatWasRight) {
  const auto ask = []() -> Result<Secret> { return Secret("testtest"); };
  const auto two = inspect_key_file(key_bytes("odd/two_keys.p12"), in_2030, ask);
  EXPECT_EQ(two.description, "a PKCS#12 file: the PKCS#12 file holds 2 private keys: b, a");
  EXPECT_THAT(two.advice, HasSubstr("keytool -importkeystore"));
  const auto none = inspect_key_file(key_bytes("odd/secret_key.p12"), in_2030, ask);
  EXPECT_EQ(none.description, "a PKCS#12 file: the PKCS#12 file holds no private key");
  EXPECT_EQ(none.advice, "export it again, with its private key");
}

TEST(InspectKeyFile, NeverFailsWhateverItIsGiven) {
  for (const char* name : {"pkcs8.pem", "certificate.pem", "openssh.pem", "rfc7517_a2.jwk",
                           "odd/utf16.pem", "odd/ssh2.pub"}) {
    const std::string whole = key_bytes(name);
    for (std::size_t size = 0; size < whole.size(); size += 41) {
      const auto report = inspected(std::string_view(whole).substr(0, size));
      ASSERT_FALSE(report.description.empty()) << name << " " << size;
    }
  }
}

}  // namespace
}  // namespace applink::crypto

#include "applink/keyring/import.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "applink/crypto/certificate.h"
#include "applink/keyring/key_form.h"
#include "support/fixed_clock.h"
#include "support/vectors.h"

namespace applink::keyring {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

std::string file(std::string_view name) {
  return test::read_tests_file("data/keys/" + std::string(name));
}

Result<ImportedKeyPair> imported(std::string_view content, const ImportOptions& options = {}) {
  return import_key_pair("old", Secret(content), options, test::FixedClock());
}

ImportOptions with_certificate(std::string certificate) {
  ImportOptions options;
  options.certificate = std::move(certificate);
  return options;
}

TEST(ImportKeyPair, TakesBothFormsAndMakesACertificate) {
  for (const char* name : {"pkcs1.pem", "pkcs8.pem"}) {
    const auto key = imported(file(name));
    ASSERT_TRUE(key) << key.error().message;
    EXPECT_EQ(key->pair.name, "old");
    EXPECT_EQ(key->pair.created, test::FixedClock().now());
    EXPECT_EQ(key->certificate, CertificateOrigin::made);
    EXPECT_THAT(key->repairs, IsEmpty());
    const auto certificate = crypto::Certificate::from_pem(key->pair.certificate_pem);
    ASSERT_TRUE(certificate);
    EXPECT_EQ(certificate->subject(), "CN=old");
    EXPECT_TRUE(crypto::is_pair(key->pair.private_key, *certificate->public_key()));
  }
}

TEST(ImportKeyPair, MakesTheCertificateAsTold) {
  ImportOptions options;
  options.details = {"Integration hub", std::chrono::days(90)};
  const auto key = imported(file("pkcs8.pem"), options);
  ASSERT_TRUE(key);
  EXPECT_EQ(crypto::Certificate::from_pem(key->pair.certificate_pem)->subject(),
            "CN=Integration hub");
}

TEST(ImportKeyPair, KeepsTheCertificateBesideTheKey) {
  const auto key = imported(file("certificate.pem") + file("pkcs8.pem"));
  ASSERT_TRUE(key) << key.error().message;
  EXPECT_EQ(key->certificate, CertificateOrigin::beside_the_key);
  EXPECT_EQ(key->pair.certificate_pem, file("certificate.pem"));
}

TEST(ImportKeyPair, MakesACertificateWhereTheOneBesideTheKeyIsAnothers) {
  const auto key = imported(file("certificate.pem") + file("rsa1024.pem"));
  ASSERT_TRUE(key) << key.error().message;
  EXPECT_EQ(key->certificate, CertificateOrigin::made);
  EXPECT_EQ(key->repairs.size(), 1U) << "it is told that one was left out";
}

TEST(ImportKeyPair, KeepsTheCertificateThatIsGiven) {
  const auto der = crypto::Certificate::from_pem(file("certificate.pem"))->to_der();
  for (const auto& given : {"Certificate:\n    Data:\n" + file("certificate.pem"), der}) {
    const auto key = imported(file("pkcs8.pem"), with_certificate(given));
    ASSERT_TRUE(key) << key.error().message;
    EXPECT_EQ(key->certificate, CertificateOrigin::given);
    EXPECT_EQ(key->pair.certificate_pem, file("certificate.pem"));
  }
}

TEST(ImportKeyPair, RefusesAnotherKeysCertificateAndWhatIsNone) {
  const auto key = imported(file("rsa1024.pem"), with_certificate(file("certificate.pem")));
  ASSERT_FALSE(key);
  EXPECT_THAT(key.error().message, HasSubstr("belongs to another key"));
  EXPECT_FALSE(key.error().hint.empty());
  const auto none = imported(file("pkcs1.pem"), with_certificate(file("public.pem")));
  ASSERT_FALSE(none);
  EXPECT_THAT(none.error().message, HasSubstr("a public key alone"));
  EXPECT_FALSE(imported(file("pkcs1.pem"), with_certificate(file("ec_certificate.pem"))));
  EXPECT_FALSE(imported(file("pkcs1.pem"), with_certificate("")));
}

TEST(ImportKeyPair, AsksForThePassphraseOfAnEncryptedOneAlone) {
  const auto plain = imported(file("pkcs1.pem"));
  ASSERT_TRUE(plain);
  KeyFormDetails details;
  details.passphrase = Secret("open sesame");
  int asked = 0;
  ImportOptions options;
  options.ask = [&asked]() -> Result<Secret> {
    ++asked;
    return Secret("open sesame");
  };
  for (const KeyForm form : {KeyForm::encrypted_pkcs8_pem, KeyForm::pkcs12}) {
    const auto content = key_content(plain->pair, form, details);
    ASSERT_TRUE(content);
    const auto key = imported(content->reveal(), options);
    ASSERT_TRUE(key) << key.error().message;
    EXPECT_EQ(imported(content->reveal()).error().code, ErrorCode::locked);
  }
  EXPECT_EQ(asked, 2);
  EXPECT_TRUE(imported(file("pkcs1.pem"), options));
  EXPECT_EQ(asked, 2);
}

TEST(ImportKeyPair, TellsWhatItRepaired) {
  std::string escaped = file("pkcs8.pem");
  for (auto at = escaped.find('\n'); at != std::string::npos; at = escaped.find('\n', at)) {
    escaped.replace(at, 1, "\\n");
  }
  const auto key = imported(escaped);
  ASSERT_TRUE(key) << key.error().message;
  EXPECT_THAT(key->repairs, ElementsAre(HasSubstr("\\n")));
}

TEST(ImportKeyPair, TakesAnOldSmallKeyAndTellsItsSize) {
  const auto key = imported(file("rsa1024.pem"));
  ASSERT_TRUE(key);
  EXPECT_EQ(key->pair.private_key.bits(), 1024);
}

TEST(ImportKeyPair, LooksAtThePrimes) {
  const auto key = imported(file("composite_prime.pem"));
  ASSERT_FALSE(key);
  EXPECT_THAT(key.error().message, HasSubstr("damaged"));
}

TEST(ImportKeyPair, RefusesABadNameAndWhatIsNoKey) {
  const test::FixedClock clock;
  EXPECT_FALSE(import_key_pair("a b", Secret(file("pkcs1.pem")), {}, clock));
  EXPECT_FALSE(imported(file("public.pem")));
  EXPECT_FALSE(imported(""));
}

}  // namespace
}  // namespace applink::keyring

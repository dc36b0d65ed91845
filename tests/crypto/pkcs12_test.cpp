// PKCS#12 files written here; tests/interop/key_forms_test.py has what other programs say of them.
#include "applink/crypto/pkcs12.h"

#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "applink/crypto/key_formats.h"
#include "crypto/key_files.h"
#include "support/keys.h"

namespace applink::crypto {
namespace {

using test::key_bytes;
using ::testing::HasSubstr;

AskPassphrase answering(std::string_view passphrase) {
  return [passphrase]() -> Result<Secret> { return Secret(passphrase); };
}

Certificate certificate() {
  return std::move(Certificate::from_pem(key_bytes("certificate.pem")).value());
}

// The rounds of the MAC are the last number in the file.
void expect_refusal_of_more_rounds(const Secret& written) {
  std::string altered(written.reveal());
  const std::size_t at = altered.rfind("\x02\x03\x09\x27\xc0");  // 600000
  ASSERT_NE(at, std::string::npos);
  altered.replace(at, 5, "\x02\x03\x7f\xff\xff");
  const auto file = read_private_key(Secret(altered), answering("correct horse"));
  ASSERT_FALSE(file);
  EXPECT_EQ(file.error().code, ErrorCode::failed);
  EXPECT_THAT(file.error().message, HasSubstr("more work to decrypt it than is reasonable"));
}

TEST(Pkcs12, OpensWithItsPassphraseAlone) {
  const auto key = test::key_file("pkcs1.pem");
  const auto written = to_pkcs12(key, certificate(), Secret("correct horse"), "hub");
  ASSERT_TRUE(written) << written.error().message;
  const auto file = read_private_key(*written, answering("correct horse"));
  ASSERT_TRUE(file) << file.error().message;
  EXPECT_EQ(to_pkcs1_der(file->key), to_pkcs1_der(key));
  EXPECT_EQ(file->certificate_pem, key_bytes("certificate.pem"));
  EXPECT_TRUE(file->repairs.empty());
  const auto wrong = read_private_key(*written, answering("wrong"));
  ASSERT_FALSE(wrong);
  EXPECT_EQ(wrong.error().code, ErrorCode::locked);
  EXPECT_EQ(wrong.error().message, "the passphrase is wrong");
  expect_refusal_of_more_rounds(*written);
}

TEST(Pkcs12, RefusesTheCertificateOfAnotherKey) {
  const auto written = to_pkcs12(test::key_file("rsa1024.pem"), certificate(), Secret("x"), "hub");
  ASSERT_FALSE(written);
  EXPECT_EQ(written.error().code, ErrorCode::failed);
  EXPECT_THAT(written.error().message, HasSubstr("belongs to another key"));
}

TEST(Pkcs12, RefusesAliasesThatCannotBeShownAndPassphrasesThatProtectNothing) {
  const auto key = test::key_file("pkcs1.pem");
  for (const std::string& alias : {std::string(), std::string(256, 'x'), std::string("a\nb"),
                                   std::string("\xff"), std::string(" a")}) {
    const auto written = to_pkcs12(key, certificate(), Secret("x"), alias);
    ASSERT_FALSE(written) << alias;
    EXPECT_EQ(written.error().code, ErrorCode::usage);
    EXPECT_THAT(written.error().hint, HasSubstr("1 to 255"));
  }
  const auto open = to_pkcs12(key, certificate(), Secret(), "hub");
  ASSERT_FALSE(open);
  EXPECT_EQ(open.error().code, ErrorCode::usage);
}

// A file that is altered after its MAC was made, and one that is cut off.
TEST(Pkcs12, TellsABrokenFileFromAWrongPassphrase) {
  std::string cut = key_bytes("odd/key.p12");
  cut.resize(cut.size() - 10);
  const auto shorter = read_private_key(Secret(cut), answering("test"));
  ASSERT_FALSE(shorter);
  EXPECT_EQ(shorter.error().code, ErrorCode::failed);
  EXPECT_THAT(shorter.error().message, HasSubstr("cut off"));
}

}  // namespace
}  // namespace applink::crypto

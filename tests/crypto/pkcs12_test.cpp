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

using test::answering;
using test::key_bytes;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

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

TEST(Pkcs12, NamesItsKeysWhereItHoldsSeveral) {
  const auto file = read_private_key(Secret(key_bytes("odd/two_keys.p12")), answering("testtest"));
  ASSERT_FALSE(file);
  EXPECT_EQ(file.error().message, "the PKCS#12 file holds 2 private keys: b, a");
  EXPECT_THAT(file.error().hint, HasSubstr("-srcalias NAME"));
}

TEST(Pkcs12, AsksNobodyForAFileThatIsOpen) {
  const auto never = []() -> Result<Secret> {
    ADD_FAILURE() << "asked for a passphrase";
    return Secret();
  };
  EXPECT_TRUE(read_private_key(Secret(key_bytes("odd/key_without_encryption.p12")), never));
  EXPECT_TRUE(read_private_key(Secret(key_bytes("odd/key_without_passphrase.p12")), never));
}

TEST(Pkcs12, KnowsAWrongPassphraseWithoutAMac) {
  const Secret file(key_bytes("odd/key_without_mac.p12"));
  EXPECT_TRUE(read_private_key(file, answering("test")));
  const auto wrong = read_private_key(file, answering("wrong"));
  ASSERT_FALSE(wrong);
  EXPECT_EQ(wrong.error().code, ErrorCode::locked);
  EXPECT_EQ(wrong.error().message, "the passphrase is wrong");
}

constexpr std::string_view oid_of_sha256 = "\x60\x86\x48\x01\x65\x03\x04\x02\x01";
constexpr std::string_view oid_of_sha1 = "\x2b\x0e\x03\x02\x1a";
constexpr std::string_view oid_of_pbmac1 = "\x2a\x86\x48\x86\xf7\x0d\x01\x05\x0e";

std::string with_last_replaced(std::string file, std::string_view from, std::string_view to) {
  return file.replace(file.rfind(from), from.size(), to);
}

// RFC 9579, which OpenSSL knows from 3.4 on.
TEST(Pkcs12, TakesWhatThePassphraseOpensWhereTheMacIsUnknown) {
  const Secret file(with_last_replaced(key_bytes("odd/key.p12"), oid_of_sha256, oid_of_pbmac1));
  EXPECT_TRUE(read_private_key(file, answering("test")));
  EXPECT_EQ(read_private_key(file, answering("wrong")).error().message, "the passphrase is wrong");
}

// Past the MAC, whose rounds are as many: it is its certificate that is refused.
TEST(Pkcs12, RefusesTooMuchWorkForAPartOfIt) {
  const std::string file = key_bytes("odd/too_many_rounds.p12");
  const auto read = read_private_key(Secret(with_last_replaced(file, oid_of_sha256, oid_of_pbmac1)),
                                     answering("test"));
  ASSERT_FALSE(read);
  EXPECT_THAT(read.error().message, HasSubstr("more work to decrypt it than is reasonable"));
}

// The certificate under a cipher that nobody has, and a MAC that does not tell.
TEST(Pkcs12, LeavesOutWhatNobodyCanDecrypt) {
  std::string file =
      with_last_replaced(key_bytes("odd/key_rc2.p12"), oid_of_sha1, "\x2b\x0e\x03\x02\x7f");
  const std::string_view rc2 = "\x2a\x86\x48\x86\xf7\x0d\x01\x0c\x01\x06";
  file = with_last_replaced(file, rc2, "\x2a\x86\x48\x86\xf7\x0d\x01\x0c\x01\x7f");
  const auto read = read_private_key(Secret(file), answering("test"));
  ASSERT_TRUE(read) << read.error().message;
  EXPECT_FALSE(read->certificate_pem);
  EXPECT_THAT(read->repairs,
              ElementsAre("a part of the PKCS#12 file was left out: it is encrypted in a way that "
                          "OpenSSL does not know any more"));
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

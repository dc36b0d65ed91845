// The forms of a key pair, read back.
#include "applink/keyring/key_form.h"

#include <array>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "applink/crypto/key_reading.h"
#include "applink/keyring/import.h"
#include "keyring/test_pair.h"
#include "support/fixed_clock.h"
#include "support/vectors.h"

namespace applink::keyring {
namespace {

using test::test_pair;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr std::array public_forms{KeyForm::spki_pem,        KeyForm::spki_base64,
                                  KeyForm::spki_der,        KeyForm::public_jwk,
                                  KeyForm::certificate_pem, KeyForm::certificate_der};
constexpr std::array private_forms{
    KeyForm::pkcs1_pem,           KeyForm::pkcs1_der,           KeyForm::pkcs8_pem,
    KeyForm::pkcs8_base64,        KeyForm::pkcs8_der,           KeyForm::private_jwk,
    KeyForm::encrypted_pkcs8_pem, KeyForm::encrypted_pkcs8_der, KeyForm::pkcs12};

KeyFormDetails with_passphrase() {
  KeyFormDetails details;
  details.passphrase = Secret("open sesame");
  return details;
}

TEST(KeyContent, OfEveryFormIsTheSameKey) {
  const auto pair = test_pair();
  for (const KeyForm form : public_forms) {
    const auto content = key_content(pair, form);
    ASSERT_TRUE(content);
    const auto read = crypto::read_public_key(content->reveal());
    ASSERT_TRUE(read) << read.error().message;
    EXPECT_TRUE(crypto::is_pair(pair.private_key, read->key));
    EXPECT_FALSE(is_private(form));
  }
  for (const KeyForm form : private_forms) {
    const auto content = key_content(pair, form, with_passphrase());
    ASSERT_TRUE(content) << content.error().message;
    int asked = 0;
    const auto read = crypto::read_private_key(*content, [&]() -> Result<Secret> {
      ++asked;
      return Secret("open sesame");
    });
    ASSERT_TRUE(read) << read.error().message;
    EXPECT_TRUE(crypto::is_pair(read->key, pair.private_key.public_key()));
    EXPECT_EQ(asked, is_encrypted(form) ? 1 : 0);
    EXPECT_TRUE(is_private(form));
  }
}

TEST(KeyContent, IsTextOrBinaryAsItSays) {
  const auto is_text = [](const Secret& content) {
    return content.reveal().find('\0') == std::string_view::npos;
  };
  for (const KeyForm form : public_forms) {
    EXPECT_NE(is_text(*key_content(test_pair(), form)), is_binary(form));
  }
  for (const KeyForm form : private_forms) {
    EXPECT_NE(is_text(*key_content(test_pair(), form, with_passphrase())), is_binary(form));
  }
}

TEST(KeyContent, TakesAKidAndAnAlias) {
  auto details = with_passphrase();
  details.kid = "2031";
  details.alias = "the hub";
  for (const KeyForm form : {KeyForm::public_jwk, KeyForm::private_jwk}) {
    EXPECT_TRUE(is_jwk(form));
    EXPECT_THAT(std::string(key_content(test_pair(), form, details)->reveal()),
                HasSubstr(R"("kid":"2031")"));
    EXPECT_THAT(std::string(key_content(test_pair(), form)->reveal()),
                Not(HasSubstr(R"("kid":"2031")")));
  }
  EXPECT_FALSE(is_jwk(KeyForm::spki_pem));
  details.alias = std::string(300, 'a');
  const auto content = key_content(test_pair(), KeyForm::pkcs12, details);
  ASSERT_FALSE(content);
  EXPECT_EQ(content.error().code, ErrorCode::usage);
}

TEST(KeyContent, IsNotEncryptedUnderNothing) {
  for (const KeyForm form :
       {KeyForm::encrypted_pkcs8_pem, KeyForm::encrypted_pkcs8_der, KeyForm::pkcs12}) {
    const auto content = key_content(test_pair(), form);
    ASSERT_FALSE(content);
    EXPECT_EQ(content.error().code, ErrorCode::usage);
    EXPECT_FALSE(content.error().hint.empty());
  }
}

}  // namespace
}  // namespace applink::keyring

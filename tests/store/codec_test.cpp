#include "store/codec.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "store/fields.h"
#include "store/samples.h"

namespace applink::store {
namespace {

using test::sample_time;
using ::testing::HasSubstr;

TEST(Codec, KeyComesBack) {
  const KeyPair key = test::sample_key();
  const auto read = decode_key("hubkey", encode(key));
  ASSERT_TRUE(read);
  EXPECT_EQ(read->name, "hubkey");
  EXPECT_EQ(crypto::to_pkcs8_der(read->private_key), crypto::to_pkcs8_der(key.private_key));
  EXPECT_EQ(read->certificate_pem, key.certificate_pem);
  EXPECT_EQ(read->created, sample_time);
}

TEST(Codec, LinkComesBack) {
  jira::ApplicationLink link = test::sample_link();
  EXPECT_EQ(decode_link("prod", encode(link)), link);
  link.product = jira::Product::bitbucket;
  link.ca_file = "/etc/ca.pem";
  link.proxy = "http://proxy:3128";
  link.timeout = std::chrono::seconds(5);
  link.realm = "";
  link.allow_http = jira::AllowHttp::yes;
  EXPECT_EQ(decode_link("prod", encode(link)), link);
}

TEST(Codec, PendingLoginComesBackWithItsUnprovenToken) {
  PendingLogin login = test::sample_login("prod", "bob");
  EXPECT_FALSE(decode_pending_login("prod", "bob", encode(login))->unproven);
  login.unproven = test::sample_token("prod", "bob");
  const auto read = decode_pending_login("prod", "bob", encode(login));
  ASSERT_TRUE(read);
  EXPECT_EQ(read->link, "prod");
  EXPECT_EQ(read->user_label, "bob");
  EXPECT_EQ(read->credentials.token, login.credentials.token);
  EXPECT_EQ(read->credentials.secret, login.credentials.secret);
  EXPECT_EQ(read->callback, "oob");
  ASSERT_TRUE(read->unproven);
  EXPECT_EQ(read->unproven->link, "prod");
  EXPECT_EQ(read->unproven->user_label, "bob");
  EXPECT_EQ(encode(*read->unproven), encode(*login.unproven));
}

TEST(Codec, CopiesAreWhole) {
  PendingLogin login = test::sample_login();
  login.unproven = test::sample_token();
  login.unproven->session_expires = sample_time;
  EXPECT_EQ(encode(login.copy()), encode(login));
  EXPECT_EQ(login.copy().link, login.link);
  EXPECT_EQ(login.copy().unproven->user_label, login.unproven->user_label);
}

// What another program, or a damaged disk, may hand to the decoders.
Secret with_version(const Secret& content, char version) {
  std::string bytes(content.reveal());
  bytes[0] = version;
  return Secret(bytes);
}

TEST(Codec, NewerContentIsSaidToBeNewer) {
  const auto read = decode_link("prod", with_version(encode(test::sample_link()), 2));
  ASSERT_FALSE(read);
  EXPECT_THAT(read.error().message, HasSubstr("newer applink"));
  EXPECT_FALSE(decode_link("prod", with_version(encode(test::sample_link()), 0)));
}

TEST(Codec, ContentOfAnotherKindIsRefused) {
  const Secret link = encode(test::sample_link());
  EXPECT_FALSE(decode_key("hubkey", link));
  EXPECT_FALSE(decode_token("prod", "default", link));
  EXPECT_FALSE(decode_pending_login("prod", "default", link));
  EXPECT_FALSE(decode_setting(link));
  EXPECT_FALSE(decode_link("prod", encode(test::sample_token())));
}

TEST(Codec, ContentCutOffAnywhereIsRefused) {
  PendingLogin login = test::sample_login();
  login.unproven = test::sample_token();
  const Secret whole = encode(login);
  for (std::size_t size = 0; size < whole.size(); ++size) {
    const auto read =
        decode_pending_login("prod", "default", Secret(whole.reveal().substr(0, size)));
    // Between two fields lies a login that has no unproven token.
    EXPECT_TRUE(!read || !read->unproven) << size;
  }
}

TEST(Codec, AnUnknownProductIsRefused) {
  FieldWriter fields(1);
  fields.text(1, "https://jira.example.com").text(2, "trello").text(3, "hub").text(4, "hubkey");
  fields.text(5, "").text(6, "").number(7, 60).number(9, 0);
  EXPECT_FALSE(decode_link("prod", fields.content()));
}

TEST(Codec, AValueOfANumberThatMeansNothingIsRefused) {
  FieldWriter fields(1);
  fields.text(1, "https://jira.example.com").text(2, "jira").text(3, "hub").text(4, "hubkey");
  fields.text(5, "").text(6, "").number(7, 60).number(9, 2);
  EXPECT_FALSE(decode_link("prod", fields.content()));
}

}  // namespace
}  // namespace applink::store

#include "store/codec.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "applink/crypto/key_formats.h"
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
  link.product = jira::Product::generic;
  link.ca_file = "/etc/ca.pem";
  link.proxy = "http://proxy:3128";
  link.timeout = std::chrono::seconds(5);
  link.realm = "";
  link.allow_http = jira::AllowHttp::yes;
  link.endpoints = jira::ProviderEndpoints{"https://a/1", "https://a/2", "https://a/3"};
  link.identity_url = "https://jira.example.com/jira/me";
  link.allow_other_hosts = jira::AllowOtherHosts::yes;
  link.placement = oauth1::Placement::body;
  link.body_hash = oauth1::BodyHash::sent;
  link.accept_oauth_1_0 = jira::AcceptOAuth10::yes;
  link.two_legged = jira::TwoLegged::yes;
  link.callback_url = "https://hub.example.com/done";
  link.client_certificate = "/etc/hub.pem";
  link.client_key = "/etc/hub.key";
  link.connect_timeout = std::chrono::seconds(3);
  link.ip_version = jira::IpVersion::v6;
  link.http_version = jira::HttpVersion::http_2;
  for (const auto method : oauth1::signature_methods) {
    link.signature_method = method;
    EXPECT_EQ(decode_link("prod", encode(link)), link);
  }
}

FieldWriter& begin_of_link(FieldWriter& fields) {
  fields.text(1, "https://jira.example.com").text(2, "jira").text(3, "hub").text(4, "hubkey");
  return fields.text(5, "").text(6, "").number(7, 60).number(9, 0);
}

TEST(Codec, LinkOfVersion1ComesBackAsItWasMeant) {
  FieldWriter fields(1);
  begin_of_link(fields);
  jira::ApplicationLink link;
  link.name = "prod";
  link.base_url = "https://jira.example.com";
  link.consumer_key = "hub";
  link.key_name = "hubkey";
  EXPECT_EQ(decode_link("prod", fields.content()), link);
}

TEST(Codec, LinkOfVersion1HasNoFieldOfVersion2) {
  FieldWriter fields(1);
  begin_of_link(fields).text(10, "HMAC-SHA1");
  EXPECT_FALSE(decode_link("prod", fields.content()));
}

/// A link of version 2 with these values in the places where something can mean nothing.
struct Doubtful {
  std::string method = "RSA-SHA1";
  std::string placement = "header";
  std::uint64_t body_hash = 0;
  int endpoints = 0;
  std::uint64_t oauth_1_0 = 0;
  std::uint64_t two_legged = 0;
  std::string ip_version = "any";
  std::string http_version = "auto";
  std::uint64_t other_hosts = 0;
};

bool is_read(const Doubtful& link) {
  FieldWriter fields(2);
  begin_of_link(fields).text(10, link.method).text(11, link.placement).number(12, link.body_hash);
  for (int i = 0; i < link.endpoints; ++i) {
    fields.text(static_cast<std::uint8_t>(13 + i), "https://jira.example.com/x");
  }
  fields.text(16, "").number(17, link.oauth_1_0).number(18, link.two_legged).text(19, "");
  fields.number(20, 10).text(21, "").text(22, "").text(23, link.ip_version);
  fields.text(24, link.http_version).number(25, link.other_hosts);
  return decode_link("prod", fields.content()).has_value();
}

TEST(Codec, WordsAndNumbersOfALinkThatMeanNothingAreRefused) {
  EXPECT_TRUE(is_read({}));
  EXPECT_TRUE(is_read({.endpoints = 3}));
  EXPECT_FALSE(is_read({.method = "rsa-sha1"}));
  EXPECT_FALSE(is_read({.placement = ""}));
  EXPECT_FALSE(is_read({.body_hash = 2}));
  EXPECT_FALSE(is_read({.endpoints = 2}));
  EXPECT_FALSE(is_read({.oauth_1_0 = 2}));
  EXPECT_FALSE(is_read({.two_legged = 2}));
  EXPECT_FALSE(is_read({.ip_version = "5"}));
  EXPECT_FALSE(is_read({.http_version = "3"}));
  EXPECT_FALSE(is_read({.other_hosts = 2}));
}

TEST(Codec, ConsumerSecretComesBack) {
  const Secret secret("kd94hf93k423kf44");
  EXPECT_EQ(decode_consumer_secret(encode_consumer_secret(secret)).value(), secret);
  EXPECT_FALSE(decode_consumer_secret(Secret("\x02")));
  EXPECT_FALSE(decode_consumer_secret(encode(test::sample_link())));
}

TEST(Codec, PendingLoginOfVersion1HadItsCallbackConfirmed) {
  FieldWriter fields(1);
  fields.text(1, "t").text(2, "s").text(3, "oob").time(4, sample_time);
  EXPECT_EQ(
      decode_pending_login("prod", "bob", fields.content()).value().credentials.callback_confirmed,
      oauth1::CallbackConfirmed::yes);
  FieldWriter doubtful(2);
  doubtful.text(1, "t").text(2, "s").text(3, "oob").time(4, sample_time).number(6, 2);
  EXPECT_FALSE(decode_pending_login("prod", "bob", doubtful.content()));
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
  EXPECT_EQ(read->credentials.callback_confirmed, oauth1::CallbackConfirmed::yes);
  ASSERT_TRUE(read->unproven);
  EXPECT_EQ(read->unproven->link, "prod");
  EXPECT_EQ(read->unproven->user_label, "bob");
  EXPECT_EQ(encode(*read->unproven), encode(*login.unproven));
}

TEST(Codec, CopiesAreWhole) {
  PendingLogin login = test::sample_login();
  login.unproven = test::sample_token();
  login.unproven->session_expires = sample_time;
  login.credentials.callback_confirmed = oauth1::CallbackConfirmed::no;
  EXPECT_EQ(encode(login.copy()), encode(login));
  EXPECT_EQ(
      decode_pending_login("prod", "default", encode(login)).value().credentials.callback_confirmed,
      oauth1::CallbackConfirmed::no);
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
  const auto read = decode_link("prod", with_version(encode(test::sample_link()), 3));
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

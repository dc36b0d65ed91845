// Every way in which the parts of a link do not go together.
#include <functional>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "applink/jira/application_link.h"
#include "support/links.h"

namespace applink::jira {
namespace {

using oauth1::BodyHash;
using oauth1::Placement;
using oauth1::SignatureMethod;
using test::generic_link;
using test::jira_link;
using test::secret_link;
using ::testing::HasSubstr;

void expect_refused(const ApplicationLink& link, std::string_view says, std::string_view hint) {
  const auto refused = check_link(link);
  ASSERT_FALSE(refused) << says;
  EXPECT_EQ(refused.error().code, ErrorCode::usage);
  EXPECT_THAT(refused.error().message, HasSubstr(says));
  EXPECT_THAT(refused.error().hint, HasSubstr(hint));
}

template <class Change>
ApplicationLink changed(ApplicationLink link, const Change& change) {
  change(link);
  return link;
}

TEST(LinkCheck, TakesWhatGoesTogether) {
  EXPECT_TRUE(check_link(jira_link()));
  EXPECT_TRUE(check_link(generic_link()));
  for (const auto method : {SignatureMethod::hmac_sha1, SignatureMethod::hmac_sha256,
                            SignatureMethod::hmac_sha512, SignatureMethod::plaintext}) {
    EXPECT_TRUE(check_link(secret_link(method)));
  }
  for (const auto method : {SignatureMethod::rsa_sha256, SignatureMethod::rsa_sha512}) {
    EXPECT_TRUE(check_link(changed(generic_link(), [&](auto& l) { l.signature_method = method; })));
  }
  EXPECT_TRUE(check_link(changed(generic_link(), [](auto& l) {
    l.endpoints.reset();
    l.identity_url.clear();
    l.placement = Placement::body;
    l.body_hash = BodyHash::sent;
    l.callback_url = "https://hub.example.com/done?x=1";
    l.client_certificate = l.client_key = "/etc/hub.pem";
  })));
}

TEST(LinkCheck, AtlassiansProductsTakeRsaSha1Alone) {
  for (const auto product :
       {Product::jira, Product::confluence, Product::bitbucket, Product::bamboo}) {
    for (const auto method : oauth1::signature_methods) {
      auto link = jira_link();
      link.product = product;
      link.signature_method = method;
      if (method == SignatureMethod::rsa_sha1) {
        EXPECT_TRUE(check_link(link));
        continue;
      }
      expect_refused(link, "takes no signature but RSA-SHA1", "--product generic");
    }
  }
}

TEST(LinkCheck, AKeySignsOrASecretDoes) {
  expect_refused(changed(jira_link(), [](auto& l) { l.key_name.clear(); }), "signs with a key",
                 "--key NAME");
  expect_refused(changed(secret_link(), [](auto& l) { l.key_name = "hubkey"; }),
                 "HMAC-SHA256 signs with a consumer secret", "--consumer-secret-file");
}

TEST(LinkCheck, PlaintextGoesOverHttpsOrStaysHere) {
  auto link = secret_link(SignatureMethod::plaintext);
  link.endpoints.reset();
  link.identity_url.clear();
  link.base_url = "http://127.0.0.1:8080";
  EXPECT_TRUE(check_link(link));
  link.allow_http = AllowHttp::yes;
  link.base_url = "http://photos.example.net";
  expect_refused(link, "PLAINTEXT sends the secrets themselves", "HMAC-SHA256");
  link.base_url = "https://photos.example.net";
  EXPECT_TRUE(check_link(link));
  for (const auto member :
       {&ProviderEndpoints::temporary_credentials, &ProviderEndpoints::token_credentials}) {
    auto plain = secret_link(SignatureMethod::plaintext);
    plain.allow_http = AllowHttp::yes;
    plain.allow_other_hosts = AllowOtherHosts::yes;
    (*plain.endpoints).*member = "http://photos.example.net/initiate";
    expect_refused(plain, "PLAINTEXT sends the secrets themselves", "HMAC-SHA256");
  }
}

TEST(LinkCheck, PlaintextGoesIntoNoUrl) {
  auto link = secret_link(SignatureMethod::plaintext);
  link.placement = oauth1::Placement::body;
  EXPECT_TRUE(check_link(link));
  link.placement = oauth1::Placement::query;
  expect_refused(link, "in every log that keeps URLs", "--placement header");
}

TEST(LinkCheck, PlaintextHasNothingToHash) {
  auto link = secret_link(SignatureMethod::plaintext);
  link.body_hash = BodyHash::sent;
  expect_refused(link, "PLAINTEXT signs nothing", "--no-body-hash");
}

TEST(LinkCheck, ARealmNeedsTheHeader) {
  for (const auto placement : {Placement::query, Placement::body}) {
    auto link = jira_link();
    link.realm = "Photos";
    link.placement = placement;
    expect_refused(link, "a realm goes into the Authorization header", "--realm=");
  }
}

TEST(LinkCheck, AtlassiansProductsHaveTheirOwnUrls) {
  auto link = generic_link();
  link.product = Product::confluence;
  expect_refused(link, "confluence has its own URLs", "--product generic");
  link.endpoints.reset();
  expect_refused(link, "confluence has its own URLs", "--identity-url=");
}

TEST(LinkCheck, EachEndpointIsAUrlToWhichASignatureMayGo) {
  const auto cases = std::vector<std::array<std::string, 3>>{
      {"", "", ""},
      {"photos.example.net/x", "", ""},
      {"ftp://photos.example.net/x", "", ""},
      {"https://u:p@photos.example.net/x", "", ""},
      {"http://photos.example.net/x", "plain http", "--allow-http"},
      {"https://photos.example.net/a/../x", "\"..\" among", "followed"},
      {"https://photos.example.net/x#top", "fragment", "#"},
      {"https://photos.example.net/x?oauth_token=1", "a parameter of OAuth", "oauth_"},
      {"https://photos.example.net/x?a=1&oauth_nonce=1", "a parameter of OAuth", "oauth_"},
      {"https://login.example.net/x", "is on another host", "--allow-other-hosts"},
      {"https://photos.example.net:8443/x", "is on another host", "--allow-other-hosts"},
      {"https://photos.example.net/a\x01", "", ""},
  };
  for (const auto member :
       {&ProviderEndpoints::temporary_credentials, &ProviderEndpoints::authorization,
        &ProviderEndpoints::token_credentials}) {
    for (const auto& [url, says, hint] : cases) {
      auto link = generic_link();
      (*link.endpoints).*member = url;
      expect_refused(link, says, hint);
    }
    auto link = generic_link();
    (*link.endpoints).*member = "https://login.example.net/x?y=1";
    link.allow_other_hosts = AllowOtherHosts::yes;
    EXPECT_TRUE(check_link(link));
  }
}

TEST(LinkCheck, WhoIsLoggedInIsAskedUnderTheBaseUrl) {
  for (const auto* const elsewhere :
       {"https://photos.example.net/me", "https://login.example.net/api/me"}) {
    auto link = generic_link();
    link.identity_url = elsewhere;
    link.allow_other_hosts = AllowOtherHosts::yes;
    expect_refused(link, "is not under the base URL", "base URL");
  }
  auto link = generic_link();
  link.identity_url = "api/me";
  expect_refused(link, "identity URL", "");
}

TEST(LinkCheck, ACallbackUrlIsSafeToGoTo) {
  for (const auto& [url, says] :
       {std::pair{"oob", "callback URL"}, std::pair{"http://hub.example.com/", "plain http"},
        std::pair{"https://hub.example.com/#x", "fragment"},
        std::pair{"https://hub.example.com/?oauth_token=x", "a parameter of OAuth"}}) {
    expect_refused(changed(jira_link(), [u = url](auto& l) { l.callback_url = u; }), says, "");
  }
  for (const auto* const url : {"http://127.0.0.1:9000/done", "http://localhost:9000/"}) {
    EXPECT_TRUE(check_link(changed(jira_link(), [&](auto& l) { l.callback_url = url; })));
  }
}

TEST(LinkCheck, ACertificateAndItsKeyComeTogether) {
  expect_refused(changed(jira_link(), [](auto& l) { l.client_certificate = "/c.pem"; }),
                 "a client certificate alone", "--client-key");
  expect_refused(changed(jira_link(), [](auto& l) { l.client_key = "/k.pem"; }),
                 "a client key alone", "--client-certificate");
  expect_refused(
      changed(jira_link(), [](auto& l) { l.client_key = l.client_certificate = "/a\nb"; }),
      "cannot be seen", "type it again");
}

TEST(LinkCheck, TimesAreWhatAnswersTake) {
  using std::chrono::seconds;
  for (const auto time : {seconds(0), seconds(-1), seconds(86401)}) {
    expect_refused(changed(jira_link(), [&](auto& l) { l.timeout = time; }), "the time limit is",
                   "5m");
    expect_refused(changed(jira_link(), [&](auto& l) { l.connect_timeout = time; }),
                   "the time limit for connecting is", "5m");
  }
}

TEST(ConsumerSecret, IsOneLineAndIsNeverRepeated) {
  EXPECT_TRUE(check_consumer_secret("kd94hf93k423kf44"));
  EXPECT_TRUE(check_consumer_secret("ü & spaces %41"));
  for (const auto& secret : {std::string(), std::string("s3cret\n"), std::string("s3cret\x7f"),
                             std::string("s3\0cret", 7), std::string(4097, 's')}) {
    const auto refused = check_consumer_secret(secret);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::usage);
    EXPECT_THAT(refused.error().message, Not(HasSubstr("s3")));
    EXPECT_FALSE(refused.error().hint.empty());
  }
}

TEST(Client, IsTheProviderAndTheConsumer) {
  const auto link = generic_link();
  EXPECT_TRUE(same_client(link, changed(link, [](auto& l) {
                            l.signature_method = SignatureMethod::rsa_sha512;
                            l.identity_url.clear();
                            l.timeout = std::chrono::seconds(5);
                          })));
  EXPECT_FALSE(same_client(link, changed(link, [](auto& l) { l.consumer_key += "2"; })));
  EXPECT_FALSE(same_client(link, changed(link, [](auto& l) { l.base_url += "2"; })));
  EXPECT_FALSE(same_client(link, changed(link, [](auto& l) { l.endpoints.reset(); })));
  for (const auto member :
       {&ProviderEndpoints::temporary_credentials, &ProviderEndpoints::authorization,
        &ProviderEndpoints::token_credentials}) {
    EXPECT_FALSE(same_client(link, changed(link, [&](auto& l) { (*l.endpoints).*member += "2"; })));
  }
}

TEST(MayBeSigned, WhatBelongsToTheLinkAndItsTwoEndpoints) {
  auto link = generic_link();
  link.endpoints->token_credentials = "https://login.example.net/token?tenant=1";
  const auto may = [&](std::string_view text) { return may_be_signed(link, test::url(text)); };
  EXPECT_TRUE(may("https://photos.example.net/api/photos?x=1"));
  EXPECT_TRUE(may("https://photos.example.net/initiate"));
  EXPECT_TRUE(may("https://login.example.net/token?tenant=1"));
  EXPECT_FALSE(may("https://photos.example.net/initiate?x=1"));
  EXPECT_FALSE(may("https://photos.example.net/initiate/"));
  EXPECT_FALSE(may("https://photos.example.net/authorize")) << "a page for the user's browser";
  EXPECT_FALSE(may("https://login.example.net/token"));
  EXPECT_FALSE(may("https://login.example.net/"));
  EXPECT_FALSE(may_be_signed(jira_link(), test::url("https://photos.example.net/initiate")));
}

TEST(Words, AreKnownOrTheNearestIsNamed) {
  for (const auto version : {IpVersion::any, IpVersion::v4, IpVersion::v6}) {
    EXPECT_EQ(ip_version_named(to_string(version)), version);
  }
  for (const auto version : {HttpVersion::automatic, HttpVersion::http_1_1, HttpVersion::http_2}) {
    EXPECT_EQ(http_version_named(to_string(version)), version);
  }
  EXPECT_EQ(ip_version_named("5").error().hint, "one of: any, 4, 6");
  EXPECT_EQ(ip_version_named("anny").error().hint, "did you mean any?");
  EXPECT_EQ(http_version_named("1.0").error().message, "\"1.0\" is not a version of HTTP");
  EXPECT_EQ(http_version_named("atuo").error().hint, "did you mean auto?");
}

}  // namespace
}  // namespace applink::jira

#include "applink/jira/application_link.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/links.h"

namespace applink::jira {
namespace {

using test::jira_link;
using testing::EndsWith;
using testing::HasSubstr;

TEST(Product, HasOneWordEach) {
  for (const auto product : {Product::jira, Product::confluence, Product::bitbucket,
                             Product::bamboo, Product::generic}) {
    EXPECT_EQ(product_named(to_string(product)).value(), product);
  }
  EXPECT_EQ(product_named("jria").error().hint, "did you mean jira?");
  EXPECT_EQ(product_named("trello").error().code, ErrorCode::usage);
  EXPECT_THAT(product_named("trello").error().hint, HasSubstr("confluence"));
  EXPECT_EQ(product_named("\x1b[2J").error().message, "\"\\x1b[2J\" is not a product");
}

TEST(Name, IsShortAndPlain) {
  for (const auto* const name : {"prod", "a", "9", "Jira-2.hub_x"}) {
    EXPECT_TRUE(check_name("link", name)) << name;
  }
  EXPECT_TRUE(check_name("link", std::string(64, 'a')));
}

TEST(Name, ThatIsNoneIsRefusedWithWords) {
  EXPECT_EQ(check_name("link", "").error().message, "the link has no name");
  EXPECT_EQ(check_name("key", std::string(65, 'a')).error().message,
            "the name of the key is 65 bytes long");
  for (const auto* const name : {"-prod", ".prod", "_x", "a b", "a/b", "a\nb", "pröd", "a:b"}) {
    const auto checked = check_name("user label", name);
    ASSERT_FALSE(checked) << name;
    EXPECT_EQ(checked.error().code, ErrorCode::usage);
    EXPECT_THAT(checked.error().message, HasSubstr("cannot be the name of a user label"));
    EXPECT_THAT(checked.error().hint, HasSubstr("1 to 64 letters"));
  }
  EXPECT_EQ(check_name("link", "a\x1b]0;x\a").error().message,
            "\"a\\x1b]0;x\\x07\" cannot be the name of a link");
}

TEST(ConsumerKey, IsOneWord) {
  EXPECT_TRUE(check_consumer_key("hub"));
  EXPECT_TRUE(check_consumer_key("https://hub.example.com/?a=b&c"));
  EXPECT_TRUE(check_consumer_key("schlüssel"));
  for (const auto* const key : {"", " ", "a b", "a\tb", "a\n", "a\x7f", "a\u200b", "a\u00a0b"}) {
    const auto checked = check_consumer_key(key);
    ASSERT_FALSE(checked) << key;
    EXPECT_EQ(checked.error().code, ErrorCode::usage);
    EXPECT_FALSE(checked.error().hint.empty());
  }
  EXPECT_TRUE(check_consumer_key(std::string(255, 'a')));
  const auto long_key = check_consumer_key(std::string(256, 'a'));
  ASSERT_FALSE(long_key);
  EXPECT_EQ(long_key.error().message, "the consumer key is 256 bytes long");
  EXPECT_THAT(long_key.error().hint, HasSubstr("255"));
}

TEST(BaseUrl, LosesTrailingSlashesAndNothingElse) {
  const auto kept = [](std::string_view typed) {
    return checked_base_url(typed, AllowHttp::no).value();
  };
  EXPECT_EQ(kept("https://jira.example.com"), "https://jira.example.com");
  EXPECT_EQ(kept("https://jira.example.com/"), "https://jira.example.com");
  EXPECT_EQ(kept("https://jira.example.com/jira//"), "https://jira.example.com/jira");
  EXPECT_EQ(kept(" https://jira.example.com:8443/a/jira\n"),
            "https://jira.example.com:8443/a/jira");
  EXPECT_EQ(kept("https://example.com/secured/browser"), "https://example.com/secured/browser");
  EXPECT_EQ(kept("https://example.com/a..b/...c"), "https://example.com/a..b/...c");
}

TEST(BaseUrl, MayBePlainHttpOnThisMachineOrWhereSaid) {
  EXPECT_TRUE(checked_base_url("http://localhost:2990/jira", AllowHttp::no));
  EXPECT_TRUE(checked_base_url("http://127.0.0.1:2990/jira", AllowHttp::no));
  EXPECT_TRUE(checked_base_url("http://[::1]/jira", AllowHttp::no));
  EXPECT_TRUE(checked_base_url("http://jira.example.com", AllowHttp::yes));
  const auto refused = checked_base_url("http://jira.example.com/jira", AllowHttp::no);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::usage);
  EXPECT_EQ(
      refused.error().hint,
      "write https://jira.example.com/jira; where there is no https, --allow-http of link add "
      "and link set lets it go there");
  EXPECT_FALSE(checked_base_url("http://localhost.example.com", AllowHttp::no));
}

TEST(BaseUrl, WithoutSchemeIsAnsweredWithTheOneMeant) {
  const auto refused = checked_base_url("jira.example.com/jira", AllowHttp::no);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().message, "the base URL has no scheme");
  EXPECT_EQ(refused.error().hint, "write it with its scheme: https://jira.example.com/jira");
  const auto hint = [](std::string_view typed) {
    return checked_base_url(typed, AllowHttp::no).error().hint;
  };
  EXPECT_THAT(hint("https:jira.example.com"), EndsWith(": https://jira.example.com"));
  EXPECT_THAT(hint("https:/jira.example.com/x"), EndsWith(": https://jira.example.com/x"));
  EXPECT_THAT(hint("//jira.example.com/x"), EndsWith(": https://jira.example.com/x"));
  EXPECT_THAT(hint("localhost:8080"), EndsWith(": http://localhost:8080"));
  EXPECT_THAT(hint("127.0.0.1:8080/jira"), EndsWith(": http://127.0.0.1:8080/jira"));
  EXPECT_EQ(checked_base_url("", AllowHttp::no).error().hint,
            "write it as https://HOST/CONTEXT-PATH");
  EXPECT_THAT(checked_base_url("alice:secret@jira", AllowHttp::no).error().hint,
              testing::Not(HasSubstr("secret")));
}

TEST(BaseUrl, ThatIsMoreIsRefusedWithTheOneProbablyMeant) {
  const auto meant = "the base URL is probably https://jira.example.com/jira";
  for (const auto* const typed : {
           "https://jira.example.com/jira?os_authType=basic",
           "https://jira.example.com/jira/?",
           "https://jira.example.com/jira#top",
           "https://jira.example.com/jira/secure/Dashboard.jspa",
           "https://jira.example.com/jira/browse/TEST-1",
           "https://jira.example.com/jira/rest/api/2/myself",
           "https://jira.example.com/jira/plugins/servlet/applinks/listApplicationLinks",
           "https://jira.example.com/jira/login.jsp?os_destination=%2F",
           "https://jira.example.com/jira/Dashboard.jspa;jsessionid=1",
           "https://jira.example.com/jira/projects/ABC/summary",
           "https://jira.example.com/jira/issues/?jql=project%3DABC",
       }) {
    const auto refused = checked_base_url(typed, AllowHttp::no);
    ASSERT_FALSE(refused) << typed;
    EXPECT_EQ(refused.error().code, ErrorCode::usage);
    EXPECT_EQ(refused.error().hint, meant) << typed;
  }
  EXPECT_EQ(checked_base_url("https://wiki.example.com/index.action", AllowHttp::no).error().hint,
            "the base URL is probably https://wiki.example.com");
  EXPECT_EQ(checked_base_url("https://example.com/projects/", AllowHttp::no).value(),
            "https://example.com/projects")
      << "a context path may have that name";
}

TEST(BaseUrl, ThatIsNoneIsRefused) {
  for (const auto* const typed :
       {"https://", "https:///jira", "ftp://jira.example.com", "https://alice@jira.example.com",
        "https://jira.example.com/a/../b", "https://jira.example.com/./jira",
        "https://jira.example.com/a/%2e%2E/b", "https://jira.example.com/a%2f..%2fb",
        "https://jira.example.com/..;x/jira", "https://jira example.com", "https://jira:0/",
        "https://j\xc3\xafra.example.com", "https://jira.example.com/a\x01"}) {
    const auto refused = checked_base_url(typed, AllowHttp::yes);
    ASSERT_FALSE(refused) << typed;
    EXPECT_EQ(refused.error().code, ErrorCode::usage) << typed;
    EXPECT_FALSE(refused.error().hint.empty()) << typed;
  }
}

TEST(Link, IsCheckedWhole) {
  EXPECT_TRUE(check_link(jira_link()));
  const auto refused = [](auto&& change) {
    auto link = jira_link();
    change(link);
    return !check_link(link);
  };
  EXPECT_TRUE(refused([](auto& link) { link.name = "a b"; }));
  EXPECT_TRUE(refused([](auto& link) { link.key_name = ""; }));
  EXPECT_TRUE(refused([](auto& link) { link.consumer_key = ""; }));
  EXPECT_TRUE(refused([](auto& link) { link.base_url += "/"; }));
  EXPECT_TRUE(refused([](auto& link) { link.base_url = "http://jira.example.com"; }));
  EXPECT_TRUE(refused([](auto& link) { link.ca_file = "a\nb"; }));
  EXPECT_TRUE(refused([](auto& link) { link.proxy = "http://proxy\r\nX: y"; }));
  EXPECT_TRUE(refused([](auto& link) { link.realm = "a\tb"; }));
  EXPECT_TRUE(refused([](auto& link) { link.realm = "Zoë"; }));
  EXPECT_TRUE(refused([](auto& link) { link.timeout = std::chrono::seconds(0); }));
}

}  // namespace
}  // namespace applink::jira

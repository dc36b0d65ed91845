#include "jira/proxy.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/links.h"

namespace applink::jira {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

TEST(CheckProxy, TakesWhatLibcurlTakes) {
  for (const auto* const proxy :
       {"", "http://proxy.example.com:3128", "https://proxy.example.com", "HTTP://proxy:1/",
        "socks4://127.0.0.1:1080", "socks4a://h:1", "socks5://[::1]:1080", "socks5h://h:1"}) {
    EXPECT_TRUE(check_proxy(proxy)) << proxy;
  }
}

TEST(CheckProxy, TakesALoginAndShowsItToNobody) {
  for (const auto& [proxy, shown] :
       {std::pair{"http://u:s3cret@h:1", "http://***@h:1"},
        std::pair{"socks5h://s3cret@[::1]:1080", "socks5h://***@[::1]:1080"},
        std::pair{"https://u%40x:s3cret%2F@h/", "https://***@h/"},
        std::pair{"http://j%C3%B6rg:%25%e2%82%ac%20@h", "http://***@h"},
        std::pair{"http://h:1", "http://h:1"}, std::pair{"", ""}}) {
    EXPECT_TRUE(check_proxy(proxy)) << shown;
    EXPECT_EQ(proxy_without_login(proxy), shown);
  }
  EXPECT_EQ(proxy_without_login("http://a@s3cret@h:1"), "http://***@h:1");
}

TEST(CheckProxy, RefusesALoginThatIsNoneAndDoesNotRepeatIt) {
  for (const auto* const proxy :
       {"http://u:s3cret@x@h:1", "u:s3cret@h:1", "socks5h://s3 cret@h", "http://h:1/@s3cret",
        "nonsense s3cret@", "http://u:s3cret\n@h:1", "http://:@h:1", "http://u:s3cret@",
        "http://u:s3cret%@h", "http://u:s3cret%2@h", "http://u:s3cret%zz@h", "http://%00:s3cret@h",
        "http://u:s3cret%0d%0aX@h", "socks5://u:s3cret%1F@h", "http://u:s3cret%7f@h"}) {
    const auto refused = check_proxy(proxy);
    ASSERT_FALSE(refused) << proxy;
    EXPECT_EQ(refused.error().code, ErrorCode::usage);
    EXPECT_THAT(refused.error().message, Not(HasSubstr("s3")));
    EXPECT_FALSE(refused.error().hint.empty());
  }
}

TEST(CheckProxy, RefusesNonsense) {
  for (const auto* const proxy :
       {"proxy:3128", "ftp://proxy:1", "://proxy", "http://", "http://proxy:99999", "http://a b",
        "http://proxy\r\nX: y", "http://proxy/path", "http://proxy?x", "http://proxy#x",
        "http:", "socks6://proxy"}) {
    const auto refused = check_proxy(proxy);
    ASSERT_FALSE(refused) << proxy;
    EXPECT_EQ(refused.error().code, ErrorCode::usage);
    EXPECT_THAT(refused.error().hint, HasSubstr("http://HOST:PORT")) << proxy;
  }
}

TEST(CheckProxy, IsPartOfCheckingALink) {
  auto link = test::jira_link();
  link.proxy = "proxy.example.com";
  EXPECT_FALSE(check_link(link));
  link.proxy = "http://u:s3cret@h:1";
  EXPECT_TRUE(check_link(link));
}

}  // namespace
}  // namespace applink::jira

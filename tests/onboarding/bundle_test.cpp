// What the administrator gets: whole, exact, and harmless wherever it is shown.
#include "applink/onboarding/bundle.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/links.h"

namespace applink::onboarding {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr const char* key =
    "-----BEGIN PUBLIC KEY-----\nMIIBIjANBgkq\nhkiG\n-----END PUBLIC KEY-----\n";

Bundle bundle(const std::string& consumer_key = "hub", const char* version = "9.12") {
  auto link = test::jira_link();
  link.consumer_key = consumer_key;
  auto consumer = jira::incoming_consumer(link, key);
  auto screens = jira::admin_screens(link, jira::product_version(version), consumer).value();
  return {link, std::move(consumer), std::move(screens), "0123456789abcdef"};
}

TEST(BundleInMarkdown, ReadsAsWhatIsToBeDone) {
  const std::string text = as_markdown(bundle());
  EXPECT_THAT(text, testing::StartsWith("# An application link in Jira for hub\n\n"));
  EXPECT_THAT(text, HasSubstr("\n    0123 4567 89ab cdef\n"));
  EXPECT_THAT(text,
              HasSubstr("\n## 2. Create link\n\n- Choose at **Application type**: "
                        "**Atlassian product**\n- Paste into **Application URL**:\n\n"
                        "  ```\n  https://hub.applink.invalid\n  ```\n- Press **Continue**\n"));
  EXPECT_THAT(text, HasSubstr("- Tick **Create incoming link**\n"));
  EXPECT_THAT(text, HasSubstr("  ```\n  -----BEGIN PUBLIC KEY-----\n  MIIBIjANBgkq\n  hkiG\n"
                              "  -----END PUBLIC KEY-----\n  ```\n"));
  EXPECT_THAT(text, HasSubstr("applink onboard prod"));
  EXPECT_THAT(text, HasSubstr("\n## To undo it\n"));
}

TEST(BundleInMarkdown, KeepsAConsumerKeyThatLooksLikeMarkup) {
  const std::string text = as_markdown(bundle("a```*b*<i>"));
  EXPECT_THAT(text, HasSubstr("\n  ````\n  a```*b*<i>\n  ````\n"));
  EXPECT_THAT(text, HasSubstr("in Jira for a\\`\\`\\`\\*b\\*\\<i\\>\n"));
}

TEST(BundleInHtml, HasAButtonForEachValue) {
  const std::string text = as_html(bundle());
  EXPECT_THAT(text, HasSubstr("<h1>An application link in Jira for hub</h1>"));
  EXPECT_THAT(text, HasSubstr("<code>hub</code><button type=\"button\" data-what=\"Consumer Key\" "
                              "aria-label=\"Copy Consumer Key\">Copy</button>"));
  EXPECT_THAT(text, HasSubstr("<code>0123 4567 89ab cdef</code>"));
  EXPECT_THAT(text, HasSubstr("MIIBIjANBgkq\nhkiG\n"));
  EXPECT_THAT(text, HasSubstr("href=\"https://jira.example.com/jira/plugins/servlet/applinks/"
                              "listApplicationLinks\""));
}

TEST(BundleInHtml, LetsNothingElseRunOrBeFetched) {
  const std::string text = as_html(bundle("\"><script>alert(1)</script>"));
  EXPECT_THAT(text, Not(HasSubstr("<script>alert")));
  EXPECT_THAT(text, HasSubstr("default-src 'none'; style-src 'sha256-"));
  EXPECT_THAT(text, HasSubstr("script-src 'sha256-"));
  EXPECT_THAT(text, Not(HasSubstr("src=\"")));
  EXPECT_THAT(text, Not(HasSubstr("@import")));
}

TEST(Bundle, SaysWhereItIsNotConfirmed) {
  const Bundle unconfirmed = bundle("hub", "10.0");
  EXPECT_THAT(as_markdown(unconfirmed), HasSubstr("\n> These are the screens of Jira 9"));
  EXPECT_THAT(as_html(unconfirmed), HasSubstr("<p class=\"note\">These are the screens of Jira 9"));
}

}  // namespace
}  // namespace applink::onboarding

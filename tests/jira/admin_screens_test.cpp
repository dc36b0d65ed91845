// The screens of each product and version, against what people wrote of them.
#include "applink/jira/admin_screens.h"

#include <algorithm>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/links.h"

namespace applink::jira {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr const char* key = "-----BEGIN PUBLIC KEY-----\nMIIB\n-----END PUBLIC KEY-----\n";

AdminScreens screens(const char* version, const ApplicationLink& link = test::jira_link()) {
  return admin_screens(link, product_version(version), incoming_consumer(link, key)).value();
}

std::vector<std::string> titles(const AdminScreens& screens) {
  std::vector<std::string> all;
  for (const Screen& screen : screens.screens) all.push_back(screen.title);
  return all;
}

const ScreenItem* item(const Screen& screen, std::string_view label) {
  const auto found = std::find_if(screen.items.begin(), screen.items.end(),
                                  [&](const ScreenItem& one) { return one.label == label; });
  return found == screen.items.end() ? nullptr : &*found;
}

TEST(ProductVersion, IsWhatAVersionBeginsWith) {
  EXPECT_EQ(product_version("9.12.4"), (ProductVersion{9, 12}));
  EXPECT_EQ(product_version("8.22.0-m0001"), (ProductVersion{8, 22}));
  EXPECT_EQ(product_version("10"), (ProductVersion{10, 0}));
  EXPECT_EQ(product_version("7."), (ProductVersion{7, 0}));
  EXPECT_EQ(product_version(""), std::nullopt);
  EXPECT_EQ(product_version("v9"), std::nullopt);
  EXPECT_EQ(product_version("99999999999.1"), std::nullopt);
}

TEST(AdminScreens, OfJira8BeginWithAUrl) {
  for (const char* version : {"7.13.0", "8.5.1", "8.21.9"}) {
    const auto all = screens(version);
    EXPECT_THAT(titles(all), ElementsAre("Application links", "Configure Application URL",
                                         "Link applications", "Link applications"));
    const ScreenItem* page = item(all.screens[0], "Application links");
    ASSERT_NE(page, nullptr);
    EXPECT_EQ(page->doing, Doing::open);
    EXPECT_EQ(page->value,
              "https://jira.example.com/jira/plugins/servlet/applinks/listApplicationLinks");
    EXPECT_NE(item(all.screens[0], "Create new link"), nullptr);
    EXPECT_EQ(all.unconfirmed, "");
  }
}

TEST(AdminScreens, OfJira9AskForAnAtlassianProduct) {
  for (const char* version : {"8.22.0", "9.0.0", "9.17.5"}) {
    const auto all = screens(version);
    EXPECT_THAT(titles(all),
                ElementsAre("Application links", "Create link", "Configure Application URL",
                            "Link applications", "Link applications"));
    const ScreenItem* kind = item(all.screens[1], "Application type");
    ASSERT_NE(kind, nullptr);
    EXPECT_EQ(kind->value, "Atlassian product");
    EXPECT_THAT(all.screens[1].notes.front(), HasSubstr("\"External application\""));
    EXPECT_EQ(all.unconfirmed, "");
  }
}

TEST(AdminScreens, TickTheIncomingLinkAndLeaveTheOtherDirectionEmpty) {
  const auto all = screens("9.12.4");
  const Screen& first = all.screens[3];
  ASSERT_NE(item(first, "Create incoming link"), nullptr);
  EXPECT_EQ(item(first, "Create incoming link")->doing, Doing::tick);
  EXPECT_EQ(item(first, "Application Type")->value, "Generic Application");
  for (const char* outgoing : {"Service Provider Name", "Consumer key", "Shared secret",
                               "Request Token URL", "Access token URL", "Authorize URL"}) {
    ASSERT_NE(item(first, outgoing), nullptr) << outgoing;
    EXPECT_EQ(item(first, outgoing)->doing, Doing::leave_empty) << outgoing;
  }
}

TEST(AdminScreens, GiveTheConsumerAsItIs) {
  const auto all = screens("9.12.4");
  for (const Screen* screen : {&all.screens.back(), &all.check}) {
    EXPECT_EQ(item(*screen, "Consumer Key")->value, "hub");
    EXPECT_EQ(item(*screen, "Consumer Name")->value, "hub");
    EXPECT_EQ(item(*screen, "Public Key")->value, key);
    EXPECT_EQ(item(*screen, "Allow 2-Legged OAuth")->doing, Doing::leave_empty);
  }
  EXPECT_THAT(all.check.notes.front(), HasSubstr("\"Outgoing Authentication\""));
  EXPECT_NE(item(all.undo, "Delete, beside applink hub"), nullptr);
}

TEST(AdminScreens, TickTheBoxForCallsWithoutAUser) {
  ApplicationLink link = test::jira_link();
  link.two_legged = TwoLegged::yes;
  const auto all = screens("9.12.4", link);
  EXPECT_EQ(item(all.screens.back(), "Allow 2-Legged OAuth")->doing, Doing::tick);
  EXPECT_NE(item(all.screens.back(), "Execute as"), nullptr);
  EXPECT_THAT(all.screens.back().notes.back(), HasSubstr("system administrator"));
}

TEST(AdminScreens, SayWhereTheyAreNotConfirmed) {
  EXPECT_THAT(screens("10.3.0").unconfirmed, HasSubstr("not confirmed for Jira 10"));
  EXPECT_THAT(screens("6.4").unconfirmed, HasSubstr("not confirmed for Jira 6"));
  ApplicationLink link = test::jira_link();
  for (const auto& [product, title] :
       {std::pair(Product::confluence, "Confluence"), std::pair(Product::bitbucket, "Bitbucket"),
        std::pair(Product::bamboo, "Bamboo")}) {
    link.product = product;
    EXPECT_THAT(screens("8.9.0", link).unconfirmed,
                HasSubstr(std::string("not confirmed for ") + title));
  }
}

TEST(AdminScreens, TellBothWaysWhereTheVersionIsNotKnown) {
  const auto all = screens("");
  EXPECT_EQ(all.screens.size(), 5U);
  EXPECT_THAT(all.screens.front().notes.back(), HasSubstr("\"Create new link\""));
  EXPECT_THAT(all.screens.front().notes.back(), HasSubstr("https://hub.applink.invalid"));
  EXPECT_EQ(all.unconfirmed, "");
}

TEST(AdminScreens, AreNotKnownOfAGenericProvider) {
  const auto link = test::generic_link();
  const auto refused = admin_screens(link, std::nullopt, incoming_consumer(link, key));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::usage);
  EXPECT_THAT(refused.error().message, HasSubstr("generic provider"));
  EXPECT_THAT(refused.error().hint, HasSubstr("applink key export"));
}

TEST(AdminScreens, AreNotInTheCloud) {
  ApplicationLink link = test::jira_link();
  link.base_url = "https://example.atlassian.net";
  const auto refused = admin_screens(link, std::nullopt, incoming_consumer(link, key));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::usage);
  EXPECT_THAT(refused.error().hint, HasSubstr("API token"));
}

TEST(IncomingConsumer, HasAUrlThatIsNobodys) {
  ApplicationLink link = test::jira_link();
  const auto url_of = [&](std::string consumer_key) {
    link.consumer_key = std::move(consumer_key);
    return incoming_consumer(link, key).application_url;
  };
  EXPECT_EQ(url_of("hub"), "https://hub.applink.invalid");
  EXPECT_EQ(url_of("Build_Bot.7"), "https://build-bot-7.applink.invalid");
  EXPECT_EQ(url_of("_-_"), "https://client.applink.invalid");
  EXPECT_EQ(url_of(std::string(200, 'a')), "https://" + std::string(63, 'a') + ".applink.invalid");
}

}  // namespace
}  // namespace applink::jira

// What each product, version and deployment says of itself and of its users.
#include "sandbox/product.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "sandbox/test_sandbox.h"

namespace applink::sandbox {
namespace {

using nlohmann::json;

using test::Call;
using test::header_of;
using test::hub_key;
using test::TestSandbox;
using testing::HasSubstr;

Config config_of(Product product, Deployment deployment = Deployment::server,
                 int major = usual_version) {
  Config config = test::test_config();
  config.release = {product, deployment, major};
  return config;
}

json json_at(TestSandbox& sandbox, const std::string& path) {
  Call call("GET", std::string(test::base_url) + path);
  const auto response = sandbox.send(call.header("Accept", "application/json").as_it_is());
  EXPECT_EQ(response.status, 200) << path;
  return json::parse(response.body);
}

http::Response signed_get(TestSandbox& sandbox, const std::string& path) {
  const std::string token = sandbox.access_token().token;
  return sandbox.send(sandbox.resource_call("GET", path, token).signed_by(hub_key()));
}

TEST(Product, IsNamedByOneWord) {
  EXPECT_EQ(product_named("confluence"), Product::confluence);
  EXPECT_EQ(product_named("bambo").error().hint, "did you mean bamboo?");
  EXPECT_EQ(product_named("x").error().hint, "one of: jira, confluence, bitbucket, bamboo");
  EXPECT_EQ(deployment_named("cloud"), Deployment::cloud);
  EXPECT_EQ(deployment_named("dc").error().code, ErrorCode::usage);
}

TEST(Release, IsCheckedAsAWhole) {
  EXPECT_TRUE(check({Product::jira, Deployment::cloud, 9}));
  EXPECT_TRUE(check({Product::bamboo, Deployment::server, 10}));
  EXPECT_EQ(check({Product::jira, Deployment::server, 6}).error().hint, "one of 7 to 10");
  EXPECT_FALSE(check({Product::jira, Deployment::server, 11}));
  EXPECT_THAT(check({Product::bitbucket, Deployment::cloud, 9}).error().message,
              HasSubstr("in the cloud Bitbucket has no such OAuth 1.0a"));
}

TEST(Release, HasAContextPath) {
  EXPECT_EQ((Release{Product::jira, Deployment::server, 9}.context_path()), "/jira");
  EXPECT_EQ((Release{Product::bitbucket, Deployment::server, 9}.context_path()), "/bitbucket");
  EXPECT_EQ((Release{Product::jira, Deployment::cloud, 9}.context_path()), "");
  EXPECT_EQ((Release{Product::confluence, Deployment::cloud, 9}.context_path()), "/wiki");
}

TEST(ServerInfo, NamesTheVersion) {
  struct Case {
    int major;
    const char* version;
    json numbers;
    int build;
  };
  for (const auto& [major, version, numbers, build] :
       {Case{7, "7.13.0", {7, 13, 0}, 713000}, Case{8, "8.20.10", {8, 20, 10}, 820010},
        Case{9, "9.12.4", {9, 12, 4}, 9120004}, Case{10, "10.3.0", {10, 3, 0}, 10030000}}) {
    TestSandbox sandbox(config_of(Product::jira, Deployment::server, major));
    const json info = json_at(sandbox, "/rest/api/2/serverInfo");
    EXPECT_EQ(info["version"], version);
    EXPECT_EQ(info["versionNumbers"], numbers);
    EXPECT_EQ(info["buildNumber"], build);
    EXPECT_EQ(info["deploymentType"], "Server");
  }
}

TEST(Cloud, SaysSoAndNamesUsersByAccount) {
  TestSandbox sandbox(config_of(Product::jira, Deployment::cloud));
  const json info = json_at(sandbox, "/rest/api/2/serverInfo");
  EXPECT_EQ(info["deploymentType"], "Cloud");
  EXPECT_EQ(info["version"], "1001.0.0-SNAPSHOT");
  EXPECT_EQ(info["versionNumbers"], (json{1001, 0, 0}));
  EXPECT_TRUE(info.contains("defaultLocale"));
  const auto response = signed_get(sandbox, "/rest/api/2/myself");
  EXPECT_EQ(header_of(response, "atl-traceid").size(), 32U);
  const json user = json::parse(response.body);
  EXPECT_EQ(user["displayName"], "Alice Archer");
  EXPECT_EQ(user["accountId"].get<std::string>().size(), 24U);
  EXPECT_FALSE(user.contains("name"));
}

TEST(Manifest, IsXmlUnlessJsonIsAskedFor) {
  TestSandbox sandbox(config_of(Product::bitbucket, Deployment::server, 8));
  const json manifest = json_at(sandbox, "/rest/applinks/1.0/manifest");
  EXPECT_EQ(manifest["name"], "Bitbucket");
  EXPECT_EQ(manifest["typeId"], "stash");
  EXPECT_EQ(manifest["version"], "8.0.0");
  EXPECT_EQ(manifest["url"], test::base_url);
  EXPECT_FALSE(manifest.contains("buildNumber"));
  const auto xml = sandbox.get("/rest/applinks/latest/manifest");
  EXPECT_EQ(header_of(xml, "Content-Type"), "application/xml;charset=UTF-8");
  EXPECT_THAT(xml.body, HasSubstr("<typeId>stash</typeId>"));
  EXPECT_THAT(xml.body, HasSubstr("<publicSignup>false</publicSignup>"));
  EXPECT_THAT(xml.body, HasSubstr("<inboundAuthenticationTypes>com.atlassian.applinks.api.auth."
                                  "types.OAuthAuthenticationProvider</inboundAuthentication"));
}

TEST(Whoami, IsTheBareNameOnEveryProduct) {
  for (const Product product :
       {Product::jira, Product::confluence, Product::bitbucket, Product::bamboo}) {
    TestSandbox sandbox(config_of(product));
    EXPECT_EQ(signed_get(sandbox, "/plugins/servlet/applinks/whoami").body, "alice");
    const auto nobody = sandbox.get("/plugins/servlet/applinks/whoami");
    EXPECT_EQ(nobody.status, 200);
    EXPECT_EQ(nobody.body, "");
  }
}

TEST(Confluence, NamesItsUsersAndNobody) {
  TestSandbox sandbox(config_of(Product::confluence));
  const json user = json::parse(signed_get(sandbox, "/rest/api/user/current").body);
  EXPECT_EQ(user["type"], "known");
  EXPECT_EQ(user["username"], "alice");
  EXPECT_EQ(json_at(sandbox, "/rest/api/user/current")["type"], "anonymous");
  EXPECT_EQ(sandbox.get("/rest/api/2/myself").status, 404);
}

TEST(Bamboo, NamesItsUsers) {
  TestSandbox sandbox(config_of(Product::bamboo));
  const json user = json::parse(signed_get(sandbox, "/rest/api/latest/currentUser").body);
  EXPECT_EQ(
      user,
      (json{{"name", "alice"}, {"fullName", "Alice Archer"}, {"email", "alice@example.com"}}));
  EXPECT_EQ(sandbox.get("/rest/api/latest/currentUser").status, 401);
}

TEST(Myself, ShowsGroupsWhereTheyAreAskedFor) {
  TestSandbox sandbox;
  const json plain = json::parse(signed_get(sandbox, "/rest/api/2/myself").body);
  EXPECT_EQ(plain["groups"], (json{{"size", 1}, {"items", json::array()}}));
  const json expanded = json::parse(signed_get(sandbox, "/rest/api/2/myself?expand=x,groups").body);
  EXPECT_EQ(expanded["groups"]["items"][0]["name"], "jira-software-users");
}

}  // namespace
}  // namespace applink::sandbox

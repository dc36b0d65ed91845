#include "applink/jira/deployment.h"

#include <gtest/gtest.h>

namespace applink::jira {
namespace {

// The shapes of both are quoted in gitlab-org/gitlab issue 229223.
TEST(ServerInfo, OfAServer) {
  const auto deployment = parse_server_info(
      R"({"baseUrl":"https://jira.example.com/jira","version":"8.5.5","versionNumbers":[8,5,5],
          "deploymentType":"Server","buildNumber":805005,"databaseBuildNumber":805005,
          "serverTitle":"Tracker"})");
  ASSERT_TRUE(deployment);
  EXPECT_EQ(deployment->hosting, Hosting::server);
  EXPECT_EQ(deployment->version, "8.5.5");
  EXPECT_EQ(deployment->base_url, "https://jira.example.com/jira");
  EXPECT_EQ(deployment->title, "Tracker");
}

TEST(ServerInfo, OfTheCloud) {
  const auto deployment = parse_server_info(
      R"({"deploymentType":"Cloud","version":"1001.0.0-SNAPSHOT","versionNumbers":[1001,0,0]})");
  ASSERT_TRUE(deployment);
  EXPECT_EQ(deployment->hosting, Hosting::cloud);
  EXPECT_EQ(deployment->base_url, "");
}

TEST(ServerInfo, IsNothingElse) {
  for (const auto* const body :
       {"", "<html>", "[]", "{}", R"({"version":9})", R"({"version":""})", "{\"version\":\"9\""}) {
    EXPECT_EQ(parse_server_info(body).error().code, ErrorCode::failed) << body;
  }
  EXPECT_FALSE(parse_server_info(std::string(100000, '[')));
}

TEST(CloudHost, IsKnownByItsDomain) {
  EXPECT_TRUE(is_cloud_host("example.atlassian.net"));
  EXPECT_TRUE(is_cloud_host("EXAMPLE.Jira.Com"));
  for (const auto* const host :
       {"atlassian.net.example.com", "jira.example.com", "xatlassian.net"}) {
    EXPECT_FALSE(is_cloud_host(host)) << host;
  }
}

}  // namespace
}  // namespace applink::jira

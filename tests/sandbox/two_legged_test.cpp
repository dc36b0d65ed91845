// Consumers that speak for themselves, or for whomever they name.
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
using test::other_key;
using test::TestSandbox;
using testing::HasSubstr;

Config with_boxes(TwoLeggedOAuth two_legged, std::string execute_as, Impersonation impersonation) {
  Config config = test::test_config();
  config.consumers.front().two_legged = two_legged;
  config.consumers.front().execute_as = std::move(execute_as);
  config.consumers.front().impersonation = impersonation;
  return config;
}

std::string user_of(TestSandbox& sandbox, const std::string& query, const Call* given = nullptr) {
  const Call call =
      given != nullptr ? *given : sandbox.resource_call("GET", "/rest/api/2/search" + query, "");
  const auto response = sandbox.send(call.signed_by(hub_key()));
  EXPECT_EQ(response.status, 200) << response.body;
  return header_of(response, "X-AUSERNAME");
}

void expect_refused(TestSandbox& sandbox, const std::string& query) {
  const auto response = sandbox.send(
      sandbox.resource_call("GET", "/rest/api/2/myself" + query, "").signed_by(hub_key()));
  EXPECT_EQ(response.status, 401);
  EXPECT_EQ(response.body, "");
  EXPECT_THAT(header_of(response, "WWW-Authenticate"), HasSubstr("oauth_signature=\""));
  EXPECT_THAT(header_of(response, "WWW-Authenticate"), Not(HasSubstr("oauth_problem")));
}

TEST(TwoLegged, RunsAsTheUserOfTheBox) {
  TestSandbox sandbox(with_boxes(TwoLeggedOAuth::allowed, "bob", Impersonation::refused));
  EXPECT_EQ(user_of(sandbox, ""), "bob");
  const auto myself =
      sandbox.send(sandbox.resource_call("GET", "/rest/api/2/myself", "").signed_by(hub_key()));
  EXPECT_EQ(json::parse(myself.body)["name"], "bob");
}

TEST(TwoLegged, RunsAsNobodyWhereTheBoxIsEmpty) {
  TestSandbox sandbox(with_boxes(TwoLeggedOAuth::allowed, "", Impersonation::refused));
  EXPECT_EQ(user_of(sandbox, ""), "anonymous");
}

TEST(TwoLegged, IsRefusedWithoutTheBox) {
  TestSandbox sandbox(with_boxes(TwoLeggedOAuth::refused, "bob", Impersonation::allowed));
  expect_refused(sandbox, "");
  EXPECT_EQ(user_of(sandbox, "?xoauth_requestor_id=alice"), "alice");
}

TEST(Impersonation, IsRefusedWithoutTheBox) {
  TestSandbox sandbox(with_boxes(TwoLeggedOAuth::allowed, "bob", Impersonation::refused));
  expect_refused(sandbox, "?xoauth_requestor_id=alice");
}

TEST(Impersonation, TakesTheUserFromTheQueryByEitherName) {
  TestSandbox sandbox(with_boxes(TwoLeggedOAuth::refused, "", Impersonation::allowed));
  EXPECT_EQ(user_of(sandbox, "?xoauth_requestor_id=alice"), "alice");
  EXPECT_EQ(user_of(sandbox, "?user_id=bob"), "bob");
  EXPECT_EQ(user_of(sandbox, "?user_id=bob&xoauth_requestor_id=alice"), "alice");
}

TEST(Impersonation, TakesTheUserFromTheForm) {
  TestSandbox sandbox(with_boxes(TwoLeggedOAuth::refused, "", Impersonation::allowed));
  const auto response = sandbox.send(sandbox.resource_call("POST", "/rest/api/2/search", "")
                                         .form("xoauth_requestor_id=alice")
                                         .signed_by(hub_key()));
  EXPECT_EQ(response.status, 415) << "Jira wants JSON there, but knows who asks";
  EXPECT_EQ(header_of(response, "X-AUSERNAME"), "alice");
}

TEST(Impersonation, TakesNoUserFromTheHeader) {
  TestSandbox sandbox(with_boxes(TwoLeggedOAuth::allowed, "bob", Impersonation::allowed));
  Call call = sandbox.resource_call("GET", "/rest/api/2/search", "");
  call.add("xoauth_requestor_id", "alice");
  EXPECT_EQ(user_of(sandbox, "", &call), "bob");
}

TEST(Impersonation, OfAnUnknownUserRunsAsNobody) {
  TestSandbox sandbox(with_boxes(TwoLeggedOAuth::allowed, "bob", Impersonation::allowed));
  EXPECT_EQ(user_of(sandbox, "?xoauth_requestor_id=zebedee"), "anonymous");
}

TEST(Impersonation, OfADeactivatedUserIsRefused) {
  Config config = with_boxes(TwoLeggedOAuth::allowed, "bob", Impersonation::allowed);
  config.find_user("alice")->login = LoginRight::withdrawn;
  TestSandbox sandbox(std::move(config));
  expect_refused(sandbox, "?xoauth_requestor_id=alice");
}

TEST(TwoLegged, ChecksConsumerAndSignatureFirst) {
  TestSandbox sandbox(with_boxes(TwoLeggedOAuth::allowed, "bob", Impersonation::allowed));
  Call unknown = sandbox.resource_call("GET", "/rest/api/2/myself", "");
  unknown.set("oauth_consumer_key", "nub");
  EXPECT_THAT(sandbox.send(unknown.signed_by(hub_key())).body,
              HasSubstr("oauth_problem=consumer_key_unknown"));
  const auto forged = sandbox.resource_call("GET", "/rest/api/2/myself", "").signed_by(other_key());
  EXPECT_THAT(sandbox.send(forged).body, HasSubstr("oauth_problem=signature_invalid"));
}

}  // namespace
}  // namespace applink::sandbox

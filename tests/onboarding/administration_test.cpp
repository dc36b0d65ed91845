// An administrator's program at a sandbox in this process: what it plans, does, and leaves alone.
#include "applink/onboarding/administration.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "applink/crypto/key_formats.h"
#include "sandbox/test_sandbox.h"
#include "support/fake_transport.h"
#include "support/links.h"

namespace applink::onboarding {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

/// The sandbox without a network.
class Wire final : public http::Transport {
 public:
  explicit Wire(test::TestSandbox& sandbox) : sandbox_(sandbox) {}
  Result<http::Response> send(const http::Request& request) override {
    methods.push_back(request.method);
    return sandbox_.send(request);
  }
  std::vector<std::string> methods;

 private:
  test::TestSandbox& sandbox_;
};

jira::ApplicationLink link_to_sandbox(const std::string& consumer_key) {
  auto link = test::jira_link();
  link.base_url = test::base_url;
  link.consumer_key = consumer_key;
  return link;
}

class AdministrationTest : public testing::Test {
 protected:
  explicit AdministrationTest(const std::string& consumer_key = "build")
      : link(link_to_sandbox(consumer_key)) {}

  AdminPlan planned() { return administration.plan(consumer).value(); }
  void carry_out(const AdminPlan& plan) {
    const auto done = administration.carry_out(plan, consumer);
    ASSERT_TRUE(done) << done.error().message;
  }
  int status_of_request_token(const crypto::RsaPrivateKey& key) {
    test::Call call = sandbox.request_token_call();
    call.set("oauth_consumer_key", link.consumer_key);
    return sandbox.send(call.signed_by(key)).status;
  }

  test::TestSandbox sandbox;
  Wire wire{sandbox};
  jira::AdminCredentials credentials = jira::admin_by_password("admin", Secret("admin")).value();
  jira::ApplicationLink link;
  jira::IncomingConsumer consumer =
      jira::incoming_consumer(link, crypto::to_spki_pem(test::other_key().public_key()));
  Administration administration{wire, credentials, link};
};

TEST_F(AdministrationTest, MakesTheLinkAndItsConsumer) {
  const AdminPlan plan = planned();
  EXPECT_FALSE(plan.is_done);
  EXPECT_FALSE(plan.replaces_foreign_key);
  EXPECT_THAT(plan.steps, ElementsAre("make the application link \"applink build\" "
                                      "(https://build.applink.invalid) in Jira",
                                      "set its incoming consumer build with this public key"));
  EXPECT_THAT(plan.warnings, IsEmpty());
  for (const std::string& method : wire.methods) EXPECT_EQ(method, "GET");
  carry_out(plan);
  EXPECT_EQ(status_of_request_token(test::other_key()), 200);
}

TEST_F(AdministrationTest, HasNothingLeftToDoTheSecondTime) {
  carry_out(planned());
  const AdminPlan again = planned();
  EXPECT_TRUE(again.is_done);
  wire.methods.clear();
  carry_out(again);
  EXPECT_THAT(wire.methods, IsEmpty());
}

TEST_F(AdministrationTest, GoesOnWhereTheLinkWasMadeAndNoMore) {
  const auto request =
      jira::with_credentials(jira::create_link(link, consumer).value(), credentials);
  ASSERT_EQ(sandbox.send(request).status, 201);
  const AdminPlan plan = planned();
  EXPECT_THAT(plan.steps, ElementsAre("set its incoming consumer build with this public key"));
  carry_out(plan);
  EXPECT_EQ(status_of_request_token(test::other_key()), 200);
}

TEST_F(AdministrationTest, PutsNoConsumerInThePlaceOfAnotherUnsaid) {
  carry_out(planned());
  consumer.consumer_key = "renamed";
  consumer.consumer_name = "renamed";
  const AdminPlan plan = planned();
  EXPECT_TRUE(plan.replaces_foreign_key);
  EXPECT_THAT(plan.steps, ElementsAre(HasSubstr("renamed in the place of build")));
  EXPECT_THAT(plan.warnings, ElementsAre(HasSubstr("build and its tokens stay valid")));
}

TEST_F(AdministrationTest, RemovesWhatItMade) {
  carry_out(planned());
  const auto entry = administration.find_entry(consumer).value();
  ASSERT_TRUE(entry);
  ASSERT_TRUE(administration.remove(*entry));
  EXPECT_FALSE(administration.find_entry(consumer).value());
  EXPECT_EQ(status_of_request_token(test::other_key()), 401);
}

TEST_F(AdministrationTest, SaysWhatTwoLeggedCallsStillNeed) {
  link.two_legged = jira::TwoLegged::yes;
  EXPECT_THAT(planned().warnings, ElementsAre(HasSubstr("tick \"Allow 2-Legged OAuth\"")));
}

/// The consumer hub stands in a link of somebody else's, with another key.
class ForeignConsumer : public AdministrationTest {
 protected:
  ForeignConsumer() : AdministrationTest("hub") {}
};

TEST_F(ForeignConsumer, IsReplacedWhereItStandsAndSaidSo) {
  const AdminPlan plan = planned();
  EXPECT_TRUE(plan.replaces_foreign_key);
  ASSERT_TRUE(plan.entry);
  EXPECT_EQ(plan.entry->name, "hub");
  EXPECT_THAT(plan.steps, ElementsAre(HasSubstr("replace the public key of the consumer hub in the "
                                                "application link \"hub\"")));
  EXPECT_THAT(plan.warnings, ElementsAre(HasSubstr("the old key is refused")));
  carry_out(plan);
  EXPECT_EQ(status_of_request_token(test::other_key()), 200);
  EXPECT_EQ(status_of_request_token(test::hub_key()), 401);
}

/// What is refused, and with which words.
struct Refusal {
  http::Response response;
  ErrorCode code;
  const char* message;
  const char* hint;
};

class Refused : public testing::TestWithParam<Refusal> {};

TEST_P(Refused, SaysWhatAnAdministratorCanDo) {
  const auto link = test::jira_link();
  const auto credentials = jira::admin_by_token(Secret("t")).value();
  test::FakeTransport transport({GetParam().response});
  const auto plan =
      Administration(transport, credentials, link).plan(jira::incoming_consumer(link, "key"));
  ASSERT_FALSE(plan);
  EXPECT_EQ(plan.error().code, GetParam().code);
  EXPECT_THAT(plan.error().message, HasSubstr(GetParam().message));
  EXPECT_THAT(plan.error().hint, HasSubstr(GetParam().hint));
}

INSTANTIATE_TEST_SUITE_P(
    Answers, Refused,
    testing::Values(
        Refusal{{401, {}, R"({"message":"This resource requires WebSudo.","status-code":401})"},
                ErrorCode::refused,
                "(WebSudo)",
                "--admin-user"},
        Refusal{{401, {{"X-Seraph-LoginReason", "AUTHENTICATED_FAILED"}}, "<html>"},
                ErrorCode::refused,
                "does not take this password",
                "--admin-token-file"},
        Refusal{{401, {}, R"({"message":"Only administrators","status-code":401})"},
                ErrorCode::refused,
                "401 Unauthorized: Only administrators",
                "groups"},
        Refusal{{403, {}, "XSRF check failed"}, ErrorCode::failed, "(XSRF)", "X-Atlassian-Token"},
        Refusal{{403, {{"X-Authentication-Denied-Reason", "CAPTCHA_CHALLENGE; login-url=x"}}, ""},
                ErrorCode::refused,
                "CAPTCHA",
                "browser"},
        Refusal{{403, {}, ""}, ErrorCode::refused, "403 Forbidden", "administrator"},
        Refusal{{404, {}, "<html>"}, ErrorCode::failed, "no such REST interface", "screens"},
        Refusal{{400, {}, R"({"message":"applinks.invalid.consumer.publickey"})"},
                ErrorCode::failed,
                "does not take the public key",
                "screens"},
        Refusal{{400, {}, R"({"message":"taken"})"},
                ErrorCode::failed,
                "400 Bad Request: taken",
                "name or the URL"},
        Refusal{{302, {{"Location", "https://sso.example.com/login"}}, ""},
                ErrorCode::failed,
                "redirects to https://sso.example.com/login",
                "password is not sent on"},
        Refusal{{500, {}, ""}, ErrorCode::failed, "500", "log of the server"},
        Refusal{{200, {}, "<html>"}, ErrorCode::failed, "no list of application links", "screens"},
        Refusal{{200, {}, R"({"applicationLinks":[1]})"}, ErrorCode::failed, "no list", "screens"},
        Refusal{{200, {}, R"({"applicationLinks":[{"id":"../x","name":"n","rpcUrl":"u"}]})"},
                ErrorCode::failed,
                "the id of the application link is none",
                "screens"}));

TEST(AdminCredentials, AreRefusedWhereTheyAreNone) {
  EXPECT_FALSE(jira::admin_by_password("a:b", Secret("p")));
  EXPECT_FALSE(jira::admin_by_password("", Secret("p")));
  EXPECT_FALSE(jira::admin_by_token(Secret("two words")));
  EXPECT_FALSE(jira::admin_by_token(Secret("")));
  EXPECT_EQ(jira::admin_by_password("Aladdin", Secret("open sesame"))->authorization.reveal(),
            "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==")
      << "RFC 7617 section 2";
}

TEST(SamePublicKey, KnowsPemAndBareBase64) {
  const auto key = test::other_key().public_key();
  EXPECT_TRUE(jira::same_public_key(crypto::to_spki_pem(key), crypto::to_spki_base64(key)));
  EXPECT_FALSE(jira::same_public_key(crypto::to_spki_pem(key),
                                     crypto::to_spki_base64(test::hub_key().public_key())));
  EXPECT_FALSE(jira::same_public_key("", ""));
}

}  // namespace
}  // namespace applink::onboarding

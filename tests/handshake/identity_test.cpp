#include "applink/handshake/identity.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/fake_transport.h"
#include "support/signed_requests.h"

namespace applink::handshake {
namespace {

using test::FakeTransport;
using test::is_signed;
using test::jira_link;
using test::protocol_parameter;
using test::TestSigner;
using testing::HasSubstr;

constexpr const char* alice_asked = R"({"name":"alice","displayName":"Alice"})";

oauth1::TokenCredentials credentials() {
  return {"tok", Secret("tok-secret")};
}

Result<jira::User> asked(http::Response answer) {
  const TestSigner test;
  FakeTransport transport({std::move(answer)});
  return who_am_i(transport, test.signer, credentials());
}

TEST(WhoAmI, IsAskedWithTheToken) {
  const TestSigner test;
  FakeTransport transport({{200, {{"X-AUSERNAME", "alice"}}, alice_asked}});
  EXPECT_EQ(who_am_i(transport, test.signer, credentials()).value(),
            (jira::User{"alice", "Alice"}));
  const auto& request = transport.requests().front();
  EXPECT_EQ(request.method, "GET");
  EXPECT_EQ(request.url.text(), "https://jira.example.com/jira/rest/api/2/myself");
  EXPECT_EQ(protocol_parameter(request, "oauth_token"), "tok");
  EXPECT_TRUE(is_signed(request, oauth1::FormBodyRule::post_only));
}

TEST(WhoAmI, IsRefusedWithAdvice) {
  const auto rejected = asked({401, {}, "oauth_problem=token_rejected"});
  EXPECT_EQ(rejected.error().code, ErrorCode::refused);
  EXPECT_THAT(rejected.error().hint, HasSubstr("applink login prod"));
  const auto no_login = asked({401, {{"WWW-Authenticate", "OAuth realm=\"x\""}}, ""});
  EXPECT_EQ(no_login.error().code, ErrorCode::refused);
  EXPECT_THAT(no_login.error().hint, HasSubstr("deactivated"));
}

TEST(WhoAmI, AdvisesALoginUnderTheLabelOfTheToken) {
  const TestSigner test;
  FakeTransport transport({{200, {{"X-AUSERNAME", "anonymous"}}, alice_asked},
                           {401, {}, "oauth_problem=token_rejected"}});
  for (int time = 0; time < 2; ++time) {
    EXPECT_THAT(who_am_i(transport, test.signer, credentials(), "second").error().hint,
                HasSubstr("applink login prod --user second"));
  }
}

TEST(WhoAmI, TrustsNoStatusOf200) {
  EXPECT_EQ(asked({200, {{"X-AUSERNAME", "anonymous"}}, alice_asked}).error().code,
            ErrorCode::refused);
  EXPECT_EQ(asked({200, {{"X-Seraph-LoginReason", "AUTHENTICATED_FAILED"}}, ""}).error().code,
            ErrorCode::refused);
  EXPECT_EQ(asked({200, {}, ""}).error().code, ErrorCode::refused);
  EXPECT_EQ(asked({200, {{"Content-Type", "text/html"}}, "<html>"}).error().code,
            ErrorCode::refused);
  EXPECT_EQ(asked({200, {}, R"({"displayName":"Anonymous"})"}).error().code, ErrorCode::refused);
}

TEST(WhoAmI, IsNotDecidedByAFailureOfAnotherKind) {
  EXPECT_EQ(asked({503, {}, ""}).error().code, ErrorCode::failed);
  EXPECT_EQ(asked({302, {{"Location", "https://elsewhere.example/"}}, ""}).error().code,
            ErrorCode::failed);
}

}  // namespace
}  // namespace applink::handshake

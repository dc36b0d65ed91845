#include "applink/handshake/renewal.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/fake_transport.h"
#include "support/processes.h"
#include "support/signed_requests.h"
#include "support/stocked_vault.h"
#include "support/temp_dir.h"

namespace applink::handshake {
namespace {

using test::FakeTransport;
using test::jira_link;
using test::protocol_parameter;
using testing::AllOf;
using testing::EndsWith;
using testing::HasSubstr;
using testing::StartsWith;

constexpr const char* renewed_token =
    "oauth_token=newtoken&oauth_token_secret=n&oauth_expires_in=157680000&"
    "oauth_session_handle=newhandle&oauth_authorization_expires_in=160272000";
constexpr const char* alice_herself = R"({"name":"alice","displayName":"Alice"})";

class RenewalTest : public testing::Test {
 protected:
  RenewalTest() {
    test::stock(*vault_, test_.clock);
    EXPECT_TRUE(vault_->put_token(jira_link(), held()));
  }

  static store::Token held(std::string_view handle = "handle") {
    store::Token token;
    token.link = "prod";
    token.user_label = "second";
    token.credentials = {"oldtoken", Secret("o")};
    token.user_name = "alice";
    token.consumer_key = "hub";
    token.session_handle = Secret(handle);
    return token;
  }

  Result<Login> renew(const store::Token& token = held()) {
    return handshake::renew({*vault_, transport_, test_.signer}, token);
  }
  Error refusal() {
    const auto login = renew();
    EXPECT_FALSE(login);
    return login ? Error{} : login.error();
  }
  store::Token stored() { return *vault_->find_token(jira_link(), "second").value(); }

  test::TestSigner test_;
  test::TempDir directory_;
  store::StoreLocation location_{directory_ / "data" / "store.db",
                                 directory_ / "config" / "store.key"};
  std::unique_ptr<store::Vault> vault_ = store::Vault::open(location_, test_.clock).value();
  FakeTransport transport_;
};

TEST_F(RenewalTest, PutsTheNewTokenInThePlaceOfTheOld) {
  transport_.answer(200, renewed_token);
  transport_.answer(200, alice_herself);
  const auto login = renew();
  ASSERT_TRUE(login) << login.error().message;
  EXPECT_EQ(login->user.name, "alice");
  EXPECT_EQ(login->user_label, "second");

  const auto& asked = transport_.requests().front();
  EXPECT_EQ(asked.method, "POST");
  EXPECT_EQ(asked.url.text(), "https://jira.example.com/jira/plugins/servlet/oauth/access-token");
  EXPECT_EQ(protocol_parameter(asked, "oauth_token"), "oldtoken");
  EXPECT_EQ(protocol_parameter(asked, "oauth_session_handle"), "handle");
  EXPECT_EQ(protocol_parameter(asked, "oauth_verifier"), "(absent)");
  EXPECT_TRUE(test::is_signed(asked, oauth1::FormBodyRule::post_only));
  EXPECT_EQ(protocol_parameter(transport_.requests().back(), "oauth_token"), "newtoken");

  const auto token = stored();
  EXPECT_EQ(token.credentials.token, "newtoken");
  EXPECT_EQ(token.credentials.secret.reveal(), "n");
  EXPECT_EQ(token.session_handle.reveal(), "newhandle");
  EXPECT_EQ(token.user_name, "alice");
  EXPECT_EQ(token.consumer_key, "hub");
  EXPECT_EQ(token.created, test_.clock.now());
  EXPECT_EQ(token.expires, test_.clock.now() + std::chrono::seconds(157680000));
  EXPECT_EQ(token.session_expires, test_.clock.now() + std::chrono::seconds(160272000));
}

TEST_F(RenewalTest, EndsNoPendingLogin) {
  store::PendingLogin login{.link = "prod",
                            .user_label = "second",
                            .credentials = {"reqtoken", Secret("r")},
                            .callback = "oob",
                            .created = test_.clock.now(),
                            .unproven = held()};
  ASSERT_TRUE(vault_->put_pending_login(jira_link(), login));
  transport_.answer(200, renewed_token);
  transport_.answer(200, R"({"name":"alice.new"})");
  ASSERT_TRUE(renew());
  EXPECT_EQ(stored().credentials.token, "newtoken");
  EXPECT_EQ(stored().user_name, "alice.new");
  const auto waiting = vault_->find_pending_login(jira_link(), "second").value();
  ASSERT_TRUE(waiting);
  EXPECT_EQ(waiting->credentials.token, "reqtoken");
  ASSERT_TRUE(waiting->unproven) << "its verifier is spent";
}

TEST_F(RenewalTest, KeepsTheHandleThatTheAnswerDoesNotRepeat) {
  auto token = held();
  token.session_expires = test_.clock.now() + std::chrono::hours(1);
  transport_.answer(200, "oauth_token=newtoken&oauth_token_secret=n");
  transport_.answer(200, alice_herself);
  ASSERT_TRUE(renew(token));
  EXPECT_EQ(stored().credentials.token, "newtoken");
  EXPECT_EQ(stored().session_handle.reveal(), "handle");
  EXPECT_EQ(stored().session_expires, token.session_expires);
  EXPECT_EQ(stored().expires, std::nullopt);

  transport_.answer(200, "oauth_token=t&oauth_token_secret=n&oauth_authorization_expires_in=60");
  transport_.answer(200, alice_herself);
  ASSERT_TRUE(renew(token));
  EXPECT_EQ(stored().session_handle.reveal(), "handle");
  EXPECT_EQ(stored().session_expires, test_.clock.now() + std::chrono::seconds(60));
}

TEST_F(RenewalTest, RenewsWhatExpired) {
  auto expired = held();
  expired.expires = test_.clock.now() - std::chrono::hours(1);
  transport_.answer(200, renewed_token);
  transport_.answer(200, alice_herself);
  EXPECT_TRUE(renew(expired));
}

TEST_F(RenewalTest, HasTheNewTokenStoredBeforeItIsProven) {
  transport_.answer(200, renewed_token);
  transport_.answer(Error{ErrorCode::unreachable, "no route", "?"});
  const Error error = refusal();
  EXPECT_EQ(error.code, ErrorCode::unreachable);
  EXPECT_EQ(error.message, "the new token is stored, but not yet proven: no route");
  EXPECT_EQ(stored().credentials.token, "newtoken");
  EXPECT_EQ(stored().user_name, "alice") << "whose the old one was";
}

TEST_F(RenewalTest, KeepsTheNameThatTheProductSays) {
  transport_.answer(200, renewed_token);
  transport_.answer(200, R"({"name":"alice.new"})");
  EXPECT_TRUE(renew());
  EXPECT_EQ(stored().user_name, "alice.new");
}

TEST_F(RenewalTest, NamesNobodyWhereNothingSaysWhoIsLoggedIn) {
  auto link = test::generic_link();
  link.identity_url = "";
  ASSERT_TRUE(vault_->add_link(link));
  auto token = held();
  token.link = link.name;
  transport_.answer(200, renewed_token);
  const test::TestSigner generic(link);
  const auto login = handshake::renew({*vault_, transport_, generic.signer}, token);
  ASSERT_TRUE(login) << login.error().message;
  EXPECT_EQ(login->user.name, "");
  EXPECT_EQ(vault_->find_token(link, "second").value()->credentials.token, "newtoken");
}

TEST_F(RenewalTest, AsksNothingWithoutAHandle) {
  const auto login = renew(held(""));
  ASSERT_FALSE(login);
  EXPECT_EQ(login.error().code, ErrorCode::failed);
  EXPECT_THAT(login.error().message, HasSubstr("gave no session handle"));
  EXPECT_THAT(login.error().hint, EndsWith("applink login prod --user second"));
  EXPECT_TRUE(transport_.requests().empty());
}

TEST_F(RenewalTest, SaysThatTheSessionIsOver) {
  transport_.answer(401, "oauth_problem=permission_denied");
  const Error error = refusal();
  EXPECT_EQ(error.code, ErrorCode::refused);
  EXPECT_EQ(error.message, "jira refused the request: permission_denied");
  EXPECT_THAT(error.hint, AllOf(StartsWith("the session behind the token is over"),
                                EndsWith("applink login prod --user second")));
  EXPECT_EQ(stored().credentials.token, "oldtoken");
}

TEST_F(RenewalTest, SaysThatTheTokenIsNotKnown) {
  transport_.answer(401, "oauth_problem=token_rejected");
  const Error error = refusal();
  EXPECT_EQ(error.code, ErrorCode::refused);
  EXPECT_THAT(error.hint, AllOf(HasSubstr("not known there any more"),
                                EndsWith("log in again: applink login prod --user second")));
  EXPECT_EQ(stored().credentials.token, "oldtoken");
}

TEST_F(RenewalTest, SaysThatTheProviderCannotRenew) {
  transport_.answer(400, "oauth_parameters_absent=oauth_verifier&oauth_problem=parameter_absent");
  const Error error = refusal();
  EXPECT_EQ(error.code, ErrorCode::refused);
  EXPECT_THAT(error.hint, EndsWith(", or log in again: applink login prod --user second"));
}

// Whoever asked and got no answer does not know what became of the request.
TEST_F(RenewalTest, SaysThatTheOutcomeIsNotKnown) {
  transport_.answer(Error{ErrorCode::unreachable, "the connection broke", "look there"});
  transport_.answer(502, "<html>");
  transport_.answer(200, "oauth_token=cut");
  transport_.answer(200, "");
  for (const ErrorCode code :
       {ErrorCode::unreachable, ErrorCode::failed, ErrorCode::failed, ErrorCode::failed}) {
    const Error error = refusal();
    EXPECT_EQ(error.code, code);
    EXPECT_THAT(error.message, EndsWith("; whether the token was replaced there is not known"));
    EXPECT_THAT(error.hint,
                EndsWith("ask again: applink token renew prod --user second; where the token is "
                         "not known there by then: applink login prod --user second"));
    EXPECT_EQ(stored().credentials.token, "oldtoken");
  }
}

TEST_F(RenewalTest, KeepsTheRemedyOfWhatHindersIt) {
  transport_.answer(Error{ErrorCode::unreachable, "unknown authority", "give --ca-file FILE"});
  transport_.answer(Error{ErrorCode::unreachable, "the connection broke", ""});
  EXPECT_THAT(refusal().hint, StartsWith("give --ca-file FILE; then ask again: applink token"));
  EXPECT_THAT(refusal().hint, StartsWith("ask again: applink token")) << "there is no other";
}

TEST_F(RenewalTest, SaysThatTheNewTokenIsLost) {
  auto elsewhere = jira_link();
  elsewhere.base_url = "https://other.example.com";
  ASSERT_TRUE(vault_->replace_link(jira_link(), elsewhere));
  transport_.answer(200, renewed_token);
  const Error error = refusal();
  EXPECT_EQ(error.code, ErrorCode::conflict);
  EXPECT_THAT(error.message, HasSubstr("the new one could not be stored"));
  EXPECT_THAT(error.hint, HasSubstr("the old one is dead"));
}

TEST_F(RenewalTest, AsksNothingWhereNothingCanBeStored) {
  vault_.reset();
  std::filesystem::permissions(location_.database, std::filesystem::perms(0400));
  std::filesystem::permissions(location_.database.parent_path(), std::filesystem::perms(0500));
  EXPECT_TRUE(test::run_as_ordinary_user(directory_.path(), [&] {
    vault_ = store::Vault::open(location_, test_.clock).value();
    const auto login = renew();
    return !login && login.error().message.find("would be lost") != std::string::npos &&
           !login.error().hint.empty() && transport_.requests().empty();
  }));
}

}  // namespace
}  // namespace applink::handshake

// Logins at providers that are none of Atlassian's, those of OAuth 1.0 among them.
#include <gmock/gmock.h>

#include "applink/http/curl_transport.h"
#include "applink/oauth1/percent_encoding.h"
#include "handshake/login_session_fixture.h"

namespace applink::handshake {
namespace {

using namespace std::chrono_literals;
using test::protocol_parameter;
using test::url;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

constexpr const char* of_oauth_1_0 = "oauth_token=reqtoken&oauth_token_secret=req-secret";
constexpr const char* access = "oauth_token=acctoken&oauth_token_secret=acc-secret";

class GenericLoginTest : public testing::Test {
 protected:
  void have(jira::ApplicationLink link) {
    link_ = std::move(link);
    signer_.emplace(link_, Secret("kd94hf93k423kf44"));
    ASSERT_TRUE(vault_->add_link(link_, {.consumer_secret = Secret("kd94hf93k423kf44")}));
  }
  void accept_oauth_1_0() {
    auto link = test::secret_link(oauth1::SignatureMethod::plaintext);
    link.accept_oauth_1_0 = jira::AcceptOAuth10::yes;
    have(std::move(link));
  }
  LoginSession session() {
    return LoginSession({*vault_, transport_, signer_->signer, narrator_}, "default");
  }
  std::optional<store::PendingLogin> pending() {
    return vault_->find_pending_login(link_, "default").value();
  }
  std::optional<store::Token> stored() { return vault_->find_token(link_, "default").value(); }

  test::FixedClock clock_;
  test::TempDir directory_;
  std::unique_ptr<store::Vault> vault_ =
      store::Vault::open({directory_ / "data" / "store.db", directory_ / "config" / "store.key"},
                         clock_)
          .value();
  jira::ApplicationLink link_;
  std::optional<test::TestSigner> signer_;
  test::FakeTransport transport_;
  Narrator narrator_;
};

TEST_F(GenericLoginTest, GoesToTheUrlsThatTheLinkSaysWithTheSecretOfEachLeg) {
  have(test::secret_link(oauth1::SignatureMethod::plaintext));
  transport_.answer(200, temporary);
  const auto page = session().start();
  ASSERT_TRUE(page) << page.error().message;
  EXPECT_EQ(page->text(), "https://photos.example.net/authorize?oauth_token=reqtoken");
  transport_.answer(200, access);
  transport_.answer(200, R"({"screen_name":"alice"})");
  const auto login = session().finish("hfdp7dh39dks9884");
  ASSERT_TRUE(login) << login.error().message;
  EXPECT_EQ(login->user.name, "alice");
  EXPECT_EQ(stored()->user_name, "alice");

  const auto& sent = transport_.requests();
  ASSERT_EQ(sent.size(), 3U);
  EXPECT_EQ(sent[0].url.text(), "https://photos.example.net/initiate");
  EXPECT_EQ(sent[1].url.text(), "https://photos.example.net/token");
  EXPECT_EQ(sent[2].url.text(), "https://photos.example.net/api/me");
  EXPECT_EQ(protocol_parameter(sent[0], "oauth_signature"), "kd94hf93k423kf44&");
  EXPECT_EQ(protocol_parameter(sent[1], "oauth_signature"), "kd94hf93k423kf44&s");
  EXPECT_EQ(protocol_parameter(sent[2], "oauth_signature"), "kd94hf93k423kf44&acc-secret");
  EXPECT_THAT(narrator_.warnings, IsEmpty());
  EXPECT_THAT(narrator_.lines,
              testing::Contains(HasSubstr("takes the secret of the consumer hub")));
  for (const auto& line : narrator_.lines) EXPECT_THAT(line, Not(HasSubstr("kd94hf93")));
}

TEST_F(GenericLoginTest, IsKeptWithoutProofWhereNothingSaysWhoseItIs) {
  auto link = test::secret_link();
  link.identity_url.clear();
  have(std::move(link));
  transport_.answer(200, temporary);
  ASSERT_TRUE(session().start());
  transport_.answer(200, access);
  const auto login = session().finish("hfdp7dh39dks9884");
  ASSERT_TRUE(login) << login.error().message;
  EXPECT_EQ(login->user.name, "");
  ASSERT_TRUE(stored());
  EXPECT_EQ(stored()->credentials.token, "acctoken");
  EXPECT_FALSE(pending());
  EXPECT_THAT(narrator_.warnings, ElementsAre(HasSubstr("applink link set photos --identity-url")));
}

TEST_F(GenericLoginTest, OfOAuth10IsRefusedUnlessTheLinkAcceptsIt) {
  have(test::secret_link());
  transport_.answer(200, of_oauth_1_0);
  const auto page = session().start();
  ASSERT_FALSE(page);
  EXPECT_THAT(page.error().message, HasSubstr("oauth_callback_confirmed"));
  EXPECT_THAT(page.error().hint, HasSubstr("--accept-oauth-1.0"));
  EXPECT_FALSE(pending());
}

TEST_F(GenericLoginTest, OfOAuth10TakesTwoSittingsWithAWarningAndWithoutAVerifier) {
  accept_oauth_1_0();
  transport_.answer(200, of_oauth_1_0);
  const auto page = session().start();
  ASSERT_TRUE(page) << page.error().message;
  EXPECT_EQ(page->text(), "https://photos.example.net/authorize?oauth_token=reqtoken");
  EXPECT_THAT(narrator_.warnings, ElementsAre(HasSubstr("speaks OAuth 1.0")));
  ASSERT_TRUE(pending());
  EXPECT_EQ(pending()->credentials.callback_confirmed, oauth1::CallbackConfirmed::no);

  transport_.answer(200, access);
  transport_.answer(200, R"({"login":"alice"})");
  const auto login = session().finish("");
  ASSERT_TRUE(login) << login.error().message;
  EXPECT_EQ(protocol_parameter(transport_.requests()[1], "oauth_verifier"), "(absent)");
  EXPECT_EQ(protocol_parameter(transport_.requests()[1], "oauth_token"), "reqtoken");
}

TEST_F(GenericLoginTest, OfOAuth10SaysTheCallbackOnTheAuthorizePage) {
  accept_oauth_1_0();
  transport_.answer(200, of_oauth_1_0);
  transport_.answer(200, access);
  transport_.answer(200, R"({"login":"alice"})");
  narrator_.on_page = [&] {
    const auto callback = protocol_parameter(transport_.requests().front(), "oauth_callback");
    EXPECT_THAT(narrator_.pages,
                ElementsAre("https://photos.example.net/authorize?oauth_token=reqtoken"
                            "&oauth_callback=" +
                            oauth1::percent_encode(callback)));
    EXPECT_TRUE(http::make_curl_transport({})->send(
        {"GET", url(callback + "?oauth_token=reqtoken"), {}, ""}));
  };
  const auto login = session().by_browser(60s);
  ASSERT_TRUE(login) << login.error().message;
  EXPECT_EQ(login->user.name, "alice");
}

TEST_F(GenericLoginTest, OfOAuth10aNeedsItsVerifierAlsoWhereOAuth10IsAccepted) {
  accept_oauth_1_0();
  transport_.answer(200, temporary);
  ASSERT_TRUE(session().start());
  EXPECT_THAT(narrator_.warnings, IsEmpty());
  const auto login = session().finish("https://hub.example.com/cb?oauth_token=reqtoken");
  ASSERT_FALSE(login);
  EXPECT_EQ(login.error().code, ErrorCode::usage);
  EXPECT_TRUE(pending());
}

}  // namespace
}  // namespace applink::handshake

#include "applink/oauth1/credentials_response.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "applink/http/message.h"

namespace applink::oauth1 {
namespace {

using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr std::string_view form = "application/x-www-form-urlencoded";

http::Response ok(std::string_view body, std::string_view type = form) {
  return {200, {{"Content-Type", std::string(type)}}, std::string(body)};
}

Error temporary_refusal(const http::Response& response) {
  const auto credentials = parse_temporary_credentials(response);
  EXPECT_FALSE(credentials) << response.body;
  EXPECT_TRUE(credentials || !credentials.error().hint.empty()) << response.body;
  return credentials ? Error() : credentials.error();
}

Error token_refusal(const http::Response& response) {
  const auto credentials = parse_token_credentials(response);
  EXPECT_FALSE(credentials) << response.body;
  EXPECT_TRUE(credentials || !credentials.error().hint.empty()) << response.body;
  return credentials ? Error() : credentials.error();
}

// RFC 5849 section 2.1.
TEST(TemporaryCredentials, AreThoseOfTheRfc) {
  const auto credentials =
      parse_temporary_credentials(ok("oauth_token=hdk48Djdsa&oauth_token_secret=xyz4992k83j47x0b&"
                                     "oauth_callback_confirmed=true"));
  ASSERT_TRUE(credentials);
  EXPECT_EQ(credentials->token, "hdk48Djdsa");
  EXPECT_EQ(credentials->secret.reveal(), "xyz4992k83j47x0b");
  const auto copy = credentials->copy();
  EXPECT_EQ(copy.token, credentials->token);
  EXPECT_EQ(copy.secret, credentials->secret);
}

TEST(TemporaryCredentials, OfOAuth10AreTakenWhereTheyAreAccepted) {
  for (const auto* const body : {"oauth_token=t&oauth_token_secret=s",
                                 "oauth_token=t&oauth_token_secret=s&"
                                 "oauth_callback_confirmed=false"}) {
    EXPECT_THAT(temporary_refusal(ok(body)).hint, HasSubstr("--accept-oauth-1.0"));
    const auto accepted = parse_temporary_credentials(ok(body), Unconfirmed::accepted);
    ASSERT_TRUE(accepted) << body;
    EXPECT_EQ(accepted->callback_confirmed, CallbackConfirmed::no);
    EXPECT_EQ(accepted->copy().callback_confirmed, CallbackConfirmed::no);
  }
  const auto confirmed = parse_temporary_credentials(
      ok("oauth_token=t&oauth_token_secret=s&oauth_callback_confirmed=true"),
      Unconfirmed::accepted);
  ASSERT_TRUE(confirmed);
  EXPECT_EQ(confirmed->callback_confirmed, CallbackConfirmed::yes);
  EXPECT_FALSE(parse_temporary_credentials(ok("oauth_token=t"), Unconfirmed::accepted));
}

// RFC 5849 section 2.3.
TEST(TokenCredentials, AreThoseOfTheRfc) {
  const auto response = parse_token_credentials(
      ok("oauth_token=j49ddk933skd9dks&oauth_token_secret=ll399dj47dskfjdk"));
  ASSERT_TRUE(response);
  EXPECT_EQ(response->credentials.token, "j49ddk933skd9dks");
  EXPECT_EQ(response->credentials.secret.reveal(), "ll399dj47dskfjdk");
  EXPECT_EQ(response->expires_in, std::nullopt);
  EXPECT_EQ(response->authorization_expires_in, std::nullopt);
  EXPECT_TRUE(response->session_handle.empty());
}

TEST(TokenCredentials, OfJiraHaveASessionAndAreTextPlain) {
  const auto response = parse_token_credentials(
      ok("oauth_token=T&oauth_token_secret=S&oauth_expires_in=157680000&oauth_session_handle=H&"
         "oauth_authorization_expires_in=160272000",
         "text/plain"));
  ASSERT_TRUE(response);
  EXPECT_EQ(response->expires_in, std::chrono::seconds(157680000));
  EXPECT_EQ(response->session_handle.reveal(), "H");
  EXPECT_EQ(response->authorization_expires_in, std::chrono::seconds(160272000));
}

TEST(CredentialsResponse, MayComeUnderSeveralContentTypesOrNone) {
  const std::string_view body = "oauth_token=t&oauth_token_secret=s\r\n";
  for (const std::string_view type :
       {"application/x-www-form-urlencoded", "application/x-www-form-urlencoded;charset=UTF-8",
        "text/plain; charset=utf-8", "TEXT/PLAIN"}) {
    EXPECT_TRUE(parse_token_credentials(ok(body, type))) << type;
  }
  EXPECT_TRUE(parse_token_credentials({200, {}, std::string(body)}));
}

TEST(CredentialsResponse, IsDecodedAsAForm) {
  const auto response =
      parse_token_credentials(ok("oauth_token=a%2Bb+c%20d&oauth_token_secret=%3D%26%c3%a4&more=1"));
  ASSERT_TRUE(response);
  EXPECT_EQ(response->credentials.token, "a+b c d");
  EXPECT_EQ(response->credentials.secret.reveal(), "=&\xC3\xA4");
}

TEST(CredentialsResponse, MayHaveAnEmptySecretSinceRsaUsesNone) {
  EXPECT_TRUE(parse_token_credentials(ok("oauth_token=t&oauth_token_secret=")));
}

//= rfc5849#2.1
//# oauth_callback_confirmed MUST be present and set to "true".
TEST(TemporaryCredentials, NeedAConfirmedCallback) {
  for (const std::string_view confirmed :
       {"", "&oauth_callback_confirmed=false", "&oauth_callback_confirmed=True",
        "&oauth_callback_confirmed", "&oauth_callback_confirmed=true+"}) {
    const Error error =
        temporary_refusal(ok("oauth_token=t&oauth_token_secret=s" + std::string(confirmed)));
    EXPECT_THAT(error.message, HasSubstr("oauth_callback_confirmed is not \"true\""));
    EXPECT_THAT(error.hint, HasSubstr("--accept-oauth-1.0"));
  }
}

TEST(CredentialsResponse, ThatIsEmptyTookThePostForAGet) {
  for (const std::string_view body : {"", "\r\n", "  "}) {
    const Error error = temporary_refusal(ok(body));
    EXPECT_THAT(error.message, HasSubstr("the server answered 200 with an empty body: it took the "
                                         "request for a GET"));
    EXPECT_THAT(error.hint, HasSubstr("check the base URL"));
  }
  EXPECT_THAT(token_refusal({200, {}, ""}).message, HasSubstr("took the request for a GET"));
}

TEST(CredentialsResponse, ThatIsAWebPageIsALoginOrAProxy) {
  for (const auto& page :
       {ok("Log in", "text/html;charset=UTF-8"), ok("  <!DOCTYPE html><p>Log in"),
        ok("<html/>", "application/xhtml+xml"), ok("<html>oauth_token=t", "text/plain")}) {
    EXPECT_THAT(temporary_refusal(page).message, HasSubstr("it is a web page"));
  }
}

TEST(CredentialsResponse, ThatIsOfAnotherTypeIsNone) {
  EXPECT_THAT(token_refusal(ok("{\"oauth_token\":\"t\"}", "application/json")).message,
              HasSubstr("its content type is application/json"));
}

TEST(CredentialsResponse, WithAProblemIsARefusal) {
  const Error error =
      token_refusal({401, {{"Content-Type", std::string(form)}}, "oauth_problem=token_rejected"});
  EXPECT_EQ(error.code, ErrorCode::refused);
  EXPECT_EQ(error.message, "the provider refused the request: token_rejected");
}

TEST(CredentialsResponse, WithAProblemAndStatus200IsARefusalToo) {
  const Error error = temporary_refusal(ok("oauth_problem=consumer_key_unknown"));
  EXPECT_EQ(error.code, ErrorCode::refused);
  EXPECT_THAT(error.message, HasSubstr("consumer_key_unknown"));
  EXPECT_EQ(temporary_refusal(ok("oauth_problem=")).message,
            "the provider's answer is not usable: oauth_problem is empty");
}

TEST(CredentialsResponse, WithAnotherStatusSaysWhich) {
  EXPECT_THAT(token_refusal({500, {}, "<html>"}).message, HasSubstr("HTTP 500 Internal Server"));
  EXPECT_THAT(token_refusal({404, {}, ""}).message, HasSubstr("HTTP 404 Not Found"));
  EXPECT_THAT(token_refusal({201, {}, "oauth_token=t&oauth_token_secret=s"}).message,
              HasSubstr("HTTP 201"));
}

TEST(CredentialsResponse, ThatRedirectsSaysWhereTo) {
  const Error error = token_refusal({302, {{"Location", "https://sso.example.com/\x1b[2J"}}, ""});
  EXPECT_THAT(error.message, HasSubstr("a redirect (HTTP 302) to https://sso.example.com/"));
  EXPECT_THAT(error.message, Not(HasSubstr("\x1b")));
  EXPECT_THAT(error.hint, HasSubstr("base URL"));
  EXPECT_THAT(token_refusal({301, {}, ""}).message, HasSubstr("a redirect (HTTP 301) to nowhere"));
  const http::Response repeats{302, {{"Location", "/moved?oauth_session_handle=SECRET"}}, ""};
  EXPECT_THAT(token_refusal(repeats).message, EndsWith("to /moved"));
}

//= rfc5849#2.1
//# The response contains the following REQUIRED parameters: oauth_token The temporary credentials
//# identifier. oauth_token_secret The temporary credentials shared-secret.
//= rfc5849#2.3
//# The response contains the following REQUIRED parameters: oauth_token The token identifier.
//# oauth_token_secret The token shared-secret.
TEST(CredentialsResponse, WithoutAParameterSaysWhich) {
  EXPECT_THAT(token_refusal(ok("oauth_token_secret=s")).message,
              HasSubstr("it has no oauth_token"));
  EXPECT_THAT(token_refusal(ok("oauth_token=t")).message,
              HasSubstr("it has no oauth_token_secret"));
  EXPECT_THAT(token_refusal(ok("oauth_token=&oauth_token_secret=s")).message,
              HasSubstr("oauth_token is empty"));
  EXPECT_THAT(token_refusal(ok("hello")).message, HasSubstr("it has no oauth_token"));
}

TEST(CredentialsResponse, WithAParameterTwiceIsNotTrusted) {
  for (const std::string_view name : {"oauth_token", "oauth_token_secret"}) {
    const std::string twice = std::string(name) + "=1&" + std::string(name) + "=1";
    EXPECT_EQ(token_refusal(ok("oauth_token=t&oauth_token_secret=s&" + twice)).message,
              "the provider's answer is not usable: " + std::string(name) + " is there twice");
  }
  EXPECT_THAT(temporary_refusal(ok("oauth_token=t&oauth_token_secret=s&"
                                   "oauth_callback_confirmed=true&oauth_callback_confirmed=true"))
                  .message,
              HasSubstr("twice"));
}

TEST(CredentialsResponse, WithLongOrStrangeValuesIsNotTrusted) {
  const std::string longest(4096, 'x');
  EXPECT_TRUE(parse_token_credentials(ok("oauth_token=" + longest + "&oauth_token_secret=s")));
  EXPECT_THAT(token_refusal(ok("oauth_token=x" + longest + "&oauth_token_secret=s")).message,
              HasSubstr("oauth_token is longer than 4096 bytes"));
  EXPECT_THAT(token_refusal(ok("oauth_token=t%0A&oauth_token_secret=s")).message,
              HasSubstr("oauth_token has a control character"));
  EXPECT_THAT(token_refusal(ok("oauth_token=t&oauth_token_secret=s%00")).message,
              HasSubstr("oauth_token_secret has a control character"));
  EXPECT_THAT(token_refusal(ok("oauth_token=t&oauth_token_secret=s&x=" +
                               std::string(std::size_t{64} * 1024, 'y')))
                  .message,
              HasSubstr("longer than 65536 bytes"));
}

TEST(CredentialsResponse, ThatIsNoFormIsNotTrusted) {
  for (const std::string_view body :
       {"oauth_token=%zz&oauth_token_secret=s", "oauth_token=t&oauth_token_secret=\xC3\xA4",
        "oauth_token=t &oauth_token_secret=s", "=x&oauth_token=t&oauth_token_secret=s",
        "oauth_token=t\noauth_token_secret=s"}) {
    EXPECT_THAT(token_refusal(ok(body)).message, HasSubstr("the provider's answer is not usable"));
  }
}

// The provider has exchanged the verifier by then: what is thrown away is lost for good.
TEST(TokenCredentials, AreKeptWhereALifetimeCannotBeRead) {
  for (const std::string_view seconds :
       {"", "x", "-1", "1.5", "157680000.0", "1e9", "99999999999", "9223372036854775808", "%2B1",
        "+1", "1%00", "1&oauth_expires_in=1&oauth_authorization_expires_in=1"}) {
    const auto response = parse_token_credentials(
        ok("oauth_token=t&oauth_token_secret=s&oauth_session_handle=h&oauth_expires_in=" +
           std::string(seconds) + "&oauth_authorization_expires_in=" + std::string(seconds)));
    ASSERT_TRUE(response) << seconds;
    EXPECT_EQ(response->credentials.token, "t");
    EXPECT_EQ(response->credentials.secret.reveal(), "s");
    EXPECT_EQ(response->expires_in, std::nullopt) << seconds;
    EXPECT_EQ(response->authorization_expires_in, std::nullopt) << seconds;
    EXPECT_EQ(response->session_handle.reveal(), "h");
  }
  const auto at_once =
      parse_token_credentials(ok("oauth_token=t&oauth_token_secret=s&oauth_expires_in=0"));
  EXPECT_EQ(at_once->expires_in, std::chrono::seconds(0));
}

TEST(TokenCredentials, AreKeptWhereTheSessionHandleCannotBeRead) {
  for (const std::string& handle :
       {std::string("h%0a"), std::string(4097, 'h'), std::string("h&oauth_session_handle=h")}) {
    const auto response = parse_token_credentials(
        ok("oauth_token=t&oauth_token_secret=s&oauth_expires_in=5&oauth_session_handle=" + handle));
    ASSERT_TRUE(response);
    EXPECT_EQ(response->credentials.token, "t");
    EXPECT_TRUE(response->session_handle.empty());
    EXPECT_EQ(response->expires_in, std::chrono::seconds(5));
  }
}

TEST(CredentialsResponse, ShowsNoSecretInAnError) {
  for (const std::string_view body :
       {"oauth_token=hush1&oauth_token=hush2&oauth_token_secret=hush3",
        "oauth_token=hush1&oauth_token_secret=hush3%0a", "oauth_token=&oauth_token_secret=hush",
        "oauth_token=hush1&oauth_token_secret=hush%zz"}) {
    const Error error = token_refusal(ok(body));
    EXPECT_THAT(error.message + error.hint, Not(HasSubstr("hush")));
  }
}

}  // namespace
}  // namespace applink::oauth1

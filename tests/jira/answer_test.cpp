#include "applink/jira/answer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "applink/http/message.h"
#include "support/links.h"

namespace applink::jira {
namespace {

using test::jira_link;
using test::url;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

std::optional<Error> failure(const http::Response& response,
                             std::string_view asked = "https://jira.example.com/jira/rest/x") {
  return failure_of(response, url(asked), jira_link());
}

TEST(FailureOf, IsAbsentForSuccess) {
  EXPECT_FALSE(failure({200, {}, "{}"}));
  EXPECT_FALSE(failure({204, {}, ""}));
}

TEST(FailureOf, ReadsAnOAuthProblem) {
  const auto error = failure({401, {}, "oauth_problem=token_rejected"});
  ASSERT_TRUE(error);
  EXPECT_EQ(error->code, ErrorCode::refused);
  EXPECT_EQ(error->message, "jira refused the request: token_rejected");
}

TEST(FailureOf, SaysWhichBaseUrlARedirectMeans) {
  const auto error = failure({301, {{"Location", "https://JIRA.example.com:8443/rest/x"}}, ""});
  ASSERT_TRUE(error);
  EXPECT_EQ(error->code, ErrorCode::failed);
  EXPECT_EQ(error->message, "jira redirects to https://JIRA.example.com:8443/rest/x");
  EXPECT_EQ(error->hint,
            "the base URL is probably https://JIRA.example.com:8443: applink link set prod --url "
            "https://JIRA.example.com:8443");
}

TEST(FailureOf, MakesNoCommandOfAnotherHostOrOfWhatAShellTakesApart) {
  for (const auto* const place :
       {"https://evil.example", "https://evil.example/$(id);id&x", "https://jira.example.com/$(id)",
        "https://jira.example.com/a;id", "https://jira.example.com/a&id",
        "https://jira.example.com/a'b", "https://jira.example.com/(a)",
        "https://jira.example.com/a*", "https://jira.example.com.evil.example/jira"}) {
    const auto error = failure({301, {{"Location", std::string(place) + "/rest/x"}}, ""});
    ASSERT_TRUE(error);
    EXPECT_THAT(error->message, HasSubstr(place));
    EXPECT_EQ(error->hint,
              "a signature is not sent on to another address: ask the administrator of jira "
              "whether the base URL https://jira.example.com/jira has changed")
        << place;
  }
}

TEST(FailureOf, MakesNoCommandOfAWayBackToPlainHttp) {
  auto link = test::jira_link();
  link.allow_http = AllowHttp::yes;
  const http::Response response{301, {{"Location", "http://jira.example.com/rest/x"}}, ""};
  const auto error = failure_of(response, test::url("https://jira.example.com/jira/rest/x"), link);
  ASSERT_TRUE(error);
  EXPECT_EQ(error->hint.find("link set"), std::string::npos) << error->hint;
}

TEST(FailureOf, KnowsARedirectToTheLoginPage) {
  const auto error = failure({302, {{"location", "/jira/login.jsp?os_destination=%2Frest"}}, ""});
  ASSERT_TRUE(error);
  EXPECT_EQ(error->code, ErrorCode::refused);
  EXPECT_THAT(error->hint, HasSubstr("applink login prod"));
}

TEST(FailureOf, ShowsAnyOtherRedirect) {
  EXPECT_EQ(failure({302, {}, ""})->message, "jira redirects to nowhere");
  const auto error = failure({302, {{"Location", "\x1b[2J" + std::string(1000, 'x')}}, ""});
  EXPECT_THAT(error->message, HasSubstr("\\x1b[2Jxxx"));
  EXPECT_LT(error->message.size(), 400U);
}

// A proxy repeats the query, in which the signature may stand.
TEST(FailureOf, KeepsTheQueryOfARedirectToItself) {
  for (const auto* const location :
       {"/moved/rest/x?oauth_token=SECRET", "https://sso.example.com/login?to=SECRET",
        "https://sso.example.com/#SECRET"}) {
    const auto error = failure({302, {{"Location", location}}, ""});
    ASSERT_TRUE(error);
    EXPECT_THAT(error->message + error->hint, Not(HasSubstr("SECRET")));
  }
  EXPECT_EQ(failure({302, {{"Location", "/moved/rest/x?oauth_token=SECRET"}}, ""})->message,
            "jira redirects to /moved/rest/x");
}

TEST(FailureOf, TellsA401WithOAuthFromOneWithout) {
  const auto user = failure({401, {{"WWW-Authenticate", "OAuth realm=\"x\""}}, ""});
  EXPECT_EQ(user->code, ErrorCode::refused);
  EXPECT_EQ(user->message, "jira answered 401 Unauthorized, without an OAuth problem");
  EXPECT_THAT(user->hint, HasSubstr("deactivated"));
  const auto cloud = failure({401, {}, "Client must be authenticated to access this resource."});
  EXPECT_EQ(cloud->code, ErrorCode::refused);
  EXPECT_THAT(cloud->hint, HasSubstr("Cloud"));
}

TEST(FailureOf, TellsAUserWhoMayNotLogInFromASignatureThatWasNotSeen) {
  const http::Headers echo{{"WWW-Authenticate",
                            "OAuth realm=\"x\", oauth_consumer_key=\"hub\", "
                            "oauth_signature=\"abc%3D\""},
                           {"WWW-Authenticate", "OAuth realm=\"x\""}};
  EXPECT_THAT(failure({401, echo, ""})->hint,
              AllOf(HasSubstr("the signature is good"), HasSubstr("deactivated")));
  const http::Headers unseen{{"WWW-Authenticate", "OAuth realm=\"x\""},
                             {"X-AUSERNAME", "anonymous"}};
  EXPECT_THAT(failure({401, unseen, ""})->hint,
              HasSubstr("look for a proxy that drops the Authorization header"));
  const http::Headers denied{{"WWW-Authenticate", "OAuth realm=\"x\""},
                             {"X-Seraph-LoginReason", "AUTHENTICATION_DENIED"}};
  EXPECT_THAT(failure({401, denied, ""})->hint, HasSubstr("for the token was not taken"));
}

TEST(FailureOf, NamesWebSudo) {
  for (const char* const body :
       {R"({"message":"This resource requires WebSudo.","status-code":401})",
        "<status><status-code>401</status-code><message>This resource requires WebSudo.</message>"
        "</status>"}) {
    const auto error = failure({401, {{"WWW-Authenticate", "OAuth realm=\"x\""}}, body});
    EXPECT_EQ(error->code, ErrorCode::refused);
    EXPECT_EQ(error->message, "jira answered 401 Unauthorized: this resource requires WebSudo");
    EXPECT_THAT(error->hint, HasSubstr("Basic authentication"));
  }
}

TEST(FailureOf, KnowsTheLoginPageInPlaceOfAnAnswer) {
  const http::Response page{200,
                            {{"Content-Type", "text/html;charset=UTF-8"}},
                            R"(<form><input name="os_username"><input name="os_password"></form>)"};
  const auto error = failure(page);
  ASSERT_TRUE(error);
  EXPECT_EQ(error->code, ErrorCode::refused);
  EXPECT_EQ(error->message, "jira answered 200 with its login page");
  EXPECT_THAT(error->hint, HasSubstr("applink login prod"));
  EXPECT_FALSE(failure(page, "https://jira.example.com/jira/login.jsp")) << "it was asked for";
  EXPECT_FALSE(failure({200, {{"Content-Type", "text/html"}}, "<p>os_username</p>"}));
  EXPECT_FALSE(failure({200, {{"Content-Type", "application/json"}}, page.body}));
}

TEST(FailureOf, SpeaksOfNoUserWhereNoneHasAPart) {
  const auto error = failure({401, {{"WWW-Authenticate", "OAuth realm=\"x\""}}, ""},
                             "https://jira.example.com/jira/plugins/servlet/oauth/request-token");
  EXPECT_EQ(error->code, ErrorCode::refused);
  EXPECT_THAT(error->hint, AllOf(HasSubstr("consumer key hub"), HasSubstr("applink key export")));
}

TEST(FailureOf, SaysWhatToCompareWithAProviderOfAnotherMake) {
  const auto secret = test::secret_link();
  for (const auto& headers : {http::Headers{}, http::Headers{{"WWW-Authenticate", "OAuth x"}}}) {
    const auto first_leg =
        failure_of({401, headers, ""}, url(secret.endpoints->temporary_credentials), secret);
    EXPECT_EQ(first_leg->code, ErrorCode::refused);
    EXPECT_THAT(first_leg->hint, AllOf(HasSubstr("consumer key hub, the consumer secret"),
                                       HasSubstr("HMAC-SHA256"), Not(HasSubstr("log in"))));
  }
  const auto call =
      failure_of({401, {}, ""}, url("https://photos.example.net/api/x"), test::generic_link());
  EXPECT_THAT(call->hint, AllOf(HasSubstr("the key hubkey"), HasSubstr("RSA-SHA1"),
                                HasSubstr("log in again: applink login photos")));
}

TEST(FailureOf, NamesTheKindsOf403) {
  const auto captcha = failure(
      {403,
       {{"X-Authentication-Denied-Reason", "CAPTCHA_CHALLENGE; login-url=https://x/login.jsp"}},
       ""});
  EXPECT_EQ(captcha->code, ErrorCode::refused);
  EXPECT_THAT(captcha->message, HasSubstr("CAPTCHA"));
  EXPECT_THAT(captcha->hint, HasSubstr("https://jira.example.com/jira with a browser"));
  EXPECT_THAT(failure({403, {}, "XSRF check failed"})->hint, HasSubstr("X-Atlassian-Token"));
  EXPECT_EQ(failure({403, {}, ""})->code, ErrorCode::failed);
}

TEST(FailureOf, NamesTheKindsOf404) {
  EXPECT_THAT(failure({404, {}, ""}, "https://jira.example.com/jira/jira/rest/x")->hint,
              HasSubstr("leave out the context path"));
  EXPECT_THAT(failure({404, {{"x-ausername", "anonymous"}}, ""})->hint, HasSubstr("as nobody"));
  EXPECT_EQ(failure({404, {{"x-ausername", "anonymous"}}, ""})->code, ErrorCode::refused);
  EXPECT_THAT(failure({404, {{"Content-Type", "text/html;charset=UTF-8"}}, ""})->hint,
              HasSubstr("context path of https://jira.example.com/jira"));
  EXPECT_THAT(failure({404, {{"Content-Type", "application/json"}}, ""})->hint,
              HasSubstr("may not see it"));
}

TEST(FailureOf, TellsOurFaultsFromTheirs) {
  EXPECT_THAT(failure({400, {}, "{}"})->hint, HasSubstr("body of the answer"));
  EXPECT_THAT(failure({405, {}, ""})->hint, HasSubstr("does not say why"));
  EXPECT_THAT(failure({429, {}, ""})->hint, HasSubstr("try again later"));
  EXPECT_THAT(failure({503, {}, ""})->hint, HasSubstr("later"));
  EXPECT_EQ(failure({503, {{"Retry-After", "30"}}, ""})->hint,
            "try again in 30 seconds; the log of the product says why");
  EXPECT_EQ(failure({503, {{"Retry-After", "0"}}, ""})->hint,
            "try again; the log of the product says why");
  for (const char* const none : {"", "-1", "12345678", "Fri, 31 Dec 1999 23:59:59 GMT"}) {
    EXPECT_THAT(failure({429, {{"Retry-After", none}}, ""})->hint, HasSubstr("try again later"));
  }
  EXPECT_THAT(failure({502, {}, ""})->hint, HasSubstr("the proxy in front of jira"));
  EXPECT_EQ(failure({503, {}, ""})->message, "jira answered 503 Service Unavailable");
  EXPECT_EQ(failure({599, {}, ""})->message, "jira answered 599");
  EXPECT_EQ(failure({304, {}, ""})->message, "jira answered 304 Not Modified");
}

TEST(RanAsAnonymous, IsSeenInTheHeadersAlone) {
  EXPECT_TRUE(ran_as_anonymous({200, {{"X-AUSERNAME", "anonymous"}}, ""}));
  EXPECT_TRUE(ran_as_anonymous({200, {{"X-Seraph-LoginReason", "AUTHENTICATION_DENIED"}}, ""}));
  EXPECT_TRUE(ran_as_anonymous({200, {{"x-seraph-loginreason", "AUTHENTICATED_FAILED"}}, ""}));
  EXPECT_FALSE(ran_as_anonymous({200, {{"X-AUSERNAME", "alice"}}, ""}));
  EXPECT_FALSE(ran_as_anonymous({200, {{"X-Seraph-LoginReason", "OK"}}, ""}));
  EXPECT_FALSE(ran_as_anonymous({401, {}, "anonymous"}));
}

TEST(FailureOf, AdvisesALoginUnderTheLabelOfTheToken) {
  for (const http::Response& response :
       {http::Response{401, {}, "oauth_problem=token_expired"},
        http::Response{401, {{"WWW-Authenticate", "OAuth realm=\"x\""}}, ""},
        http::Response{302, {{"Location", "https://sso.example.com/login"}}, ""},
        http::Response{404, {{"X-AUSERNAME", "anonymous"}}, ""}}) {
    const auto error =
        failure_of(response, url("https://jira.example.com/jira/rest/x"), jira_link(), "second");
    ASSERT_TRUE(error);
    EXPECT_THAT(error->hint, HasSubstr("applink login prod --user second"));
  }
}

}  // namespace
}  // namespace applink::jira

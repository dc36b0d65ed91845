// A refused signature explained by the product's own base string.
#include "applink/signing/signature_difference.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "applink/oauth1/percent_encoding.h"
#include "applink/oauth1/signature_base_string.h"
#include "applink/signing/request_signer.h"
#include "support/signed_requests.h"

namespace applink::signing {
namespace {

using test::jira_link;
using test::TestSigner;
using test::url;
using testing::AllOf;
using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;

const Error catalogued{ErrorCode::refused, "jira refused the request: signature_invalid", "hint"};

http::Request sent(std::string_view target = "https://jira.example.com/jira/rest?jql=a%20b") {
  const TestSigner test;
  return test.signer.sign({"GET", url(target), {}, ""}, {.token = "tok"}).value();
}

http::Response refusal(std::string_view base_string) {
  return {401,
          {{"Content-Type", "application/x-www-form-urlencoded"}},
          "oauth_problem=signature_invalid&oauth_signature_base_string=" +
              oauth1::percent_encode(base_string)};
}

/// What the product signed, had it been sent `seen`.
http::Response refusal_of(const http::Request& seen) {
  return refusal(oauth1::base_string_of(seen, oauth1::FormBodyRule::post_only).value());
}

std::string message(const http::Response& response) {
  return with_signature_difference(catalogued, response, sent(), jira_link()).message;
}

TEST(SignatureDifference, NamesWhatTheProductSawInstead) {
  auto seen = sent();
  seen.url = url("http://jira.internal:8080/rest?jql=a%20b");
  EXPECT_EQ(message(refusal_of(seen)),
            "jira refused the request: signature_invalid: it saw the scheme http instead of https, "
            "it saw the host jira.internal instead of jira.example.com, it saw the port 8080 "
            "instead of 443 and more");
}

TEST(SignatureDifference, NeedsNoSignedRequest) {
  auto seen = sent();
  seen.url = url("http://jira.example.com/jira/rest?jql=a%20b&added=1");
  const http::Request asked{"GET", sent().url, {}, ""};
  const auto error = with_signature_difference(catalogued, refusal_of(seen), asked, jira_link());
  EXPECT_EQ(error.message,
            "jira refused the request: signature_invalid: it saw the scheme http instead of https, "
            "it saw a parameter added that was never sent");
  EXPECT_THAT(
      with_signature_difference(catalogued, refusal_of(sent()), asked, jira_link()).message,
      AllOf(HasSubstr("so it has another public key, or something on the way changed one of"),
            Not(HasSubstr("the very same text"))));
}

TEST(SignatureDifference, NamesAChangedParameterOfTheSignatureItself) {
  auto seen = sent();
  std::string authorization(*seen.headers.find("Authorization"));
  authorization.replace(authorization.find("\"tok\""), 5, "\"tik\"");
  seen.headers = {{"Authorization", authorization}};
  const auto error = with_signature_difference(catalogued, refusal_of(seen), sent(), jira_link());
  EXPECT_THAT(error.message, EndsWith("it saw another value of the parameter oauth_token"));
  EXPECT_THAT(error.hint,
              HasSubstr("the Authorization header or the form in the body: look for a proxy"));
}

TEST(SignatureDifference, TellsNoValueOfAForm) {
  http::Request asked{"POST",
                      url("https://jira.example.com/jira/login?os=linux"),
                      {{"Content-Type", "application/x-www-form-urlencoded"}},
                      "password=hunter2&twice=a%20b"};
  auto seen = asked;
  seen.url = url("https://jira.example.com/jira/login?os=bsd");
  seen.body = "password=hunter3&twice=a%2520b";
  const auto words =
      with_signature_difference(catalogued, refusal_of(seen), asked, jira_link()).message;
  EXPECT_THAT(words, HasSubstr("another value of the parameter password"));
  EXPECT_THAT(words, HasSubstr("encoded the parameter twice once more"));
  EXPECT_THAT(words, HasSubstr("parameter os: \"bsd\" instead of \"linux\""));
  EXPECT_THAT(words, AllOf(Not(HasSubstr("hunter")), Not(HasSubstr("a b"))));
}

TEST(SignatureDifference, CutsWhatIsLong) {
  auto seen = sent();
  seen.url = url("https://" + std::string(5000, 'h') + "/jira/rest?jql=" + std::string(5000, 'x'));
  const auto words = message(refusal_of(seen));
  EXPECT_LT(words.size(), 500U);
  EXPECT_THAT(words, HasSubstr("xxx...\" instead of \"a b\""));
}

TEST(SignatureDifference, LeavesTheHintAloneWhereTheUrlDiffers) {
  auto seen = sent();
  seen.url = url("http://jira.example.com/jira/rest?jql=a%20b");
  const auto error = with_signature_difference(catalogued, refusal_of(seen), sent(), jira_link());
  EXPECT_EQ(error.hint, "hint");
  EXPECT_EQ(error.code, ErrorCode::refused);
}

TEST(SignatureDifference, LooksForAProxyWhereParametersDiffer) {
  auto seen = sent();
  seen.url = url("https://jira.example.com/jira/rest?jql=a%2520b&utm=1");
  const auto error = with_signature_difference(catalogued, refusal_of(seen), sent(), jira_link());
  EXPECT_THAT(error.message, HasSubstr("it saw a parameter utm that was never sent, it encoded "
                                       "the parameter jql once more"));
  EXPECT_THAT(error.hint, HasSubstr("look for a proxy"));
}

TEST(SignatureDifference, KnowsTheKeyByAnEqualText) {
  EXPECT_THAT(message(refusal_of(sent())), HasSubstr("so it has another public key"));
  const auto with_secret = test::secret_link();
  const TestSigner test(with_secret, Secret("s"));
  const auto request =
      test.signer.sign({"GET", url("https://photos.example.net/api"), {}, ""}, {.token = "tok"});
  ASSERT_TRUE(request);
  const auto base_string = oauth1::base_string_of(*request, oauth1::FormBodyRule::every_method);
  EXPECT_THAT(
      with_signature_difference(catalogued, refusal(base_string.value()), *request, with_secret)
          .message,
      EndsWith("it signed the very same text, so it has another consumer secret"));
}

TEST(SignatureDifference, MakesForeignWordsHarmless) {
  const auto words = message(refusal("GET\x1b[2J&https%3A%2F%2Fh%2F&a%3D1"));
  EXPECT_THAT(words, Not(HasSubstr("\x1b")));
  EXPECT_THAT(words, HasSubstr("\\x1b[2J"));
}

TEST(SignatureDifference, LeavesEveryOtherErrorAlone) {
  for (const http::Response& response :
       {http::Response{401, {}, "oauth_problem=token_rejected"},
        http::Response{401, {}, "oauth_problem=signature_invalid"}, http::Response{500, {}, "x"}}) {
    const auto error = with_signature_difference(catalogued, response, sent(), jira_link());
    EXPECT_EQ(error.message, catalogued.message);
    EXPECT_EQ(error.hint, catalogued.hint);
  }
}

}  // namespace
}  // namespace applink::signing

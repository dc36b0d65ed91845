#include "applink/oauth1/request_parameters.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "oauth1/requests.h"

namespace applink::oauth1 {
namespace {

using test::form_request;
using test::request;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr FormBodyRule every_method = FormBodyRule::every_method;
constexpr FormBodyRule jira = FormBodyRule::post_only;

// RFC 5849 section 3.4.1.3.1: the example and its table.
//= rfc5849#3.4.1.3.1
//# this practice is widely used in "application/x-www-form-urlencoded" encoded values, and MUST be
//# properly decoded, as demonstrated by one of the "a3" parameter instances
TEST(RequestParameters, AreThoseOfTheExampleOfTheRfc) {
  const auto example = form_request(
      "POST", "http://example.com/request?b5=%3D%253D&a3=a&c%40=&a2=r%20b", "c2&a3=2+q");
  const Parameters header = {{"oauth_consumer_key", "9djdj82h48djs9d2"},
                             {"oauth_token", "kkk9d7dh3k39sjv7"},
                             {"oauth_signature_method", "HMAC-SHA1"},
                             {"oauth_timestamp", "137131201"},
                             {"oauth_nonce", "7d8f3e4a"},
                             {"oauth_signature", "djosJKDKJSD8743243/jdk33klY="}};
  const auto parameters = request_parameters(example, header, every_method);
  ASSERT_TRUE(parameters);
  EXPECT_THAT(
      *parameters,
      ElementsAre(Parameter{"b5", "=%3D"}, Parameter{"a3", "a"}, Parameter{"c@", ""},
                  Parameter{"a2", "r b"}, Parameter{"oauth_consumer_key", "9djdj82h48djs9d2"},
                  Parameter{"oauth_token", "kkk9d7dh3k39sjv7"},
                  Parameter{"oauth_signature_method", "HMAC-SHA1"},
                  Parameter{"oauth_timestamp", "137131201"}, Parameter{"oauth_nonce", "7d8f3e4a"},
                  Parameter{"c2", ""}, Parameter{"a3", "2 q"}));
}

//= rfc5849#3.4.1.3.1
//# The "oauth_signature" parameter MUST be excluded from the signature base string if present.
TEST(RequestParameters, LeaveOutTheSignatureWhereverItIsAndTheRealmOfTheHeader) {
  const auto parameters = request_parameters(
      form_request("POST", "http://h/?oauth_signature=q&realm=q", "oauth_signature=b&realm=b"),
      {{"realm", "h"}, {"Realm", "h"}, {"oauth_signature", "h"}}, every_method);
  ASSERT_TRUE(parameters);
  EXPECT_THAT(*parameters, ElementsAre(Parameter{"realm", "q"}, Parameter{"realm", "b"}));
}

TEST(RequestParameters, AsSentKeepTheSignature) {
  const auto parameters =
      sent_parameters(request("GET", "http://h/?a=b"), {{"oauth_signature", "s"}}, every_method);
  ASSERT_TRUE(parameters);
  EXPECT_THAT(*parameters, ElementsAre(Parameter{"a", "b"}, Parameter{"oauth_signature", "s"}));
}

TEST(RequestParameters, CountAFormByItsContentType) {
  for (const std::string_view type :
       {"application/x-www-form-urlencoded", "Application/X-WWW-Form-Urlencoded",
        "application/x-www-form-urlencoded; charset=UTF-8",
        "application/x-www-form-urlencoded ;charset=\"utf-8\""}) {
    const auto parameters =
        request_parameters(form_request("POST", "http://h/", "a=b", type), {}, every_method);
    ASSERT_TRUE(parameters) << type;
    EXPECT_THAT(*parameters, ElementsAre(Parameter{"a", "b"})) << type;
  }
}

TEST(RequestParameters, LeaveOutEveryOtherBody) {
  for (const std::string_view type :
       {"application/json", "text/plain", "multipart/form-data; boundary=x", "",
        "application/x-www-form-urlencoded-not"}) {
    const auto parameters =
        request_parameters(form_request("POST", "http://h/", "=%zz \n", type), {}, every_method);
    ASSERT_TRUE(parameters) << type;
    EXPECT_THAT(*parameters, IsEmpty()) << type;
  }
  auto bare = request("POST", "http://h/");
  bare.body = "a=b";
  EXPECT_THAT(request_parameters(bare, {}, every_method).value(), IsEmpty());
}

TEST(RequestParameters, CountTheFormOfAPutByTheRfcAndNotByJira) {
  for (const std::string_view method : {"PUT", "PATCH", "DELETE", "GET"}) {
    const auto form = form_request(method, "http://h/", "a=b");
    EXPECT_THAT(request_parameters(form, {}, every_method).value(),
                ElementsAre(Parameter{"a", "b"}));
    EXPECT_THAT(request_parameters(form, {}, jira).value(), IsEmpty());
  }
  const auto post = form_request("post", "http://h/", "a=b");
  EXPECT_THAT(request_parameters(post, {}, jira).value(), ElementsAre(Parameter{"a", "b"}));
}

TEST(RequestParameters, KeepRepeatsEmptyValuesAndOrder) {
  const auto parameters =
      request_parameters(request("GET", "http://h/?b=2&a&b=1&&b=2&c==&"), {}, every_method);
  ASSERT_TRUE(parameters);
  EXPECT_THAT(*parameters, ElementsAre(Parameter{"b", "2"}, Parameter{"a", ""}, Parameter{"b", "1"},
                                       Parameter{"b", "2"}, Parameter{"c", "="}));
}

TEST(RequestParameters, AreNoneForNoQueryAndAnEmptyOne) {
  EXPECT_THAT(request_parameters(request("GET", "http://h/a"), {}, every_method).value(),
              IsEmpty());
  EXPECT_THAT(request_parameters(request("GET", "http://h/a?"), {}, every_method).value(),
              IsEmpty());
}

struct Refused {
  std::string_view body;
  std::string_view message;
};

TEST(RequestParameters, RefuseAFormThatTwoServersReadDifferently) {
  using namespace std::string_view_literals;
  for (const Refused& c :
       {Refused{"=v", "the form body has a parameter without a name"},
        Refused{"a=b&=v", "the form body has a parameter without a name"},
        Refused{"a=%zz", "the form body has a bad percent escape at position 3"},
        Refused{"a=%4", "the form body has a bad percent escape at position 3"},
        Refused{"a=100%", "the form body has a bad percent escape at position 6"},
        Refused{"a=b c", "the form body has a raw space at position 4"},
        Refused{"a=b\n", "the form body has a raw control character at position 4"},
        Refused{"a\0b"sv, "the form body has a raw control character at position 2"},
        Refused{"a=\xC3\xA4", "the form body has a raw byte outside of ASCII at position 3"}}) {
    const auto parameters =
        request_parameters(form_request("POST", "http://h/", c.body), {}, every_method);
    ASSERT_FALSE(parameters) << c.body;
    EXPECT_EQ(parameters.error().message, c.message);
    EXPECT_EQ(parameters.error().code, ErrorCode::usage);
    EXPECT_FALSE(parameters.error().hint.empty());
  }
}

TEST(RequestParameters, SayHowToWriteARawByte) {
  const auto parameters =
      request_parameters(form_request("POST", "http://h/", "a=b c"), {}, every_method);
  ASSERT_FALSE(parameters);
  EXPECT_EQ(parameters.error().hint, "write it as %20");
}

TEST(RequestParameters, RefuseAQueryWithANamelessParameter) {
  for (const std::string_view address : {"http://h/?=v", "http://h/?a=b&=v", "http://h/?="}) {
    const auto parameters = request_parameters(request("GET", address), {}, every_method);
    ASSERT_FALSE(parameters) << address;
    EXPECT_THAT(parameters.error().message, HasSubstr("the query has a parameter without a name"));
  }
}

TEST(RequestParameters, RefuseTwoContentTypes) {
  auto twice = form_request("POST", "http://h/", "a=b");
  twice.headers.add("content-type", "application/json");
  const auto parameters = request_parameters(twice, {}, every_method);
  ASSERT_FALSE(parameters);
  EXPECT_THAT(parameters.error().message, HasSubstr("two Content-Type headers"));
}

TEST(Parameters, AreFoundByNameTheFirstOne) {
  const Parameters parameters = {{"a", "1"}, {"b", "2"}, {"a", "3"}};
  EXPECT_EQ(find(parameters, "a"), "1");
  EXPECT_EQ(find(parameters, "A"), std::nullopt);
  EXPECT_EQ(count(parameters, "a"), 2U);
  EXPECT_EQ(count(parameters, "c"), 0U);
}

}  // namespace
}  // namespace applink::oauth1

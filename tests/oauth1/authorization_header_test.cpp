#include "applink/oauth1/authorization_header.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace applink::oauth1 {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

// RFC 5849 section 3.5.1, on one line.
constexpr std::string_view example =
    "OAuth realm=\"Example\", oauth_consumer_key=\"0685bd9184jfhq22\", "
    "oauth_token=\"ad180jjd733klru7\", oauth_signature_method=\"HMAC-SHA1\", "
    "oauth_signature=\"wOJIO9A2W5mFwDgiDvZbTSMK%2FPY%3D\", oauth_timestamp=\"137131200\", "
    "oauth_nonce=\"4572616e48616d6d65724c61686176\", oauth_version=\"1.0\"";

const Parameters example_parameters = {{"oauth_consumer_key", "0685bd9184jfhq22"},
                                       {"oauth_token", "ad180jjd733klru7"},
                                       {"oauth_signature_method", "HMAC-SHA1"},
                                       {"oauth_signature", "wOJIO9A2W5mFwDgiDvZbTSMK/PY="},
                                       {"oauth_timestamp", "137131200"},
                                       {"oauth_nonce", "4572616e48616d6d65724c61686176"},
                                       {"oauth_version", "1.0"}};

std::string refusal(std::string_view header) {
  const auto parsed = parse_authorization_header(header);
  EXPECT_FALSE(parsed) << header;
  return parsed ? "" : parsed.error().message;
}

//= rfc5849#3.5.1
//# Protocol parameters SHALL be included in the "Authorization" header field as follows
TEST(AuthorizationHeader, IsWrittenAsTheRfcShowsIt) {
  EXPECT_EQ(authorization_header(example_parameters, "Example"), example);
}

TEST(AuthorizationHeader, IsReadAsTheRfcShowsIt) {
  const auto parsed = parse_authorization_header(example);
  ASSERT_TRUE(parsed);
  EXPECT_EQ(parsed->realm, "Example");
  EXPECT_EQ(parsed->parameters, example_parameters);
}

TEST(AuthorizationHeader, NeedsNoRealm) {
  EXPECT_EQ(authorization_header({{"oauth_token", ""}}, std::nullopt), "OAuth oauth_token=\"\"");
  const auto parsed = parse_authorization_header("OAuth oauth_token=\"\"");
  ASSERT_TRUE(parsed);
  EXPECT_EQ(parsed->realm, std::nullopt);
  EXPECT_THAT(parsed->parameters, ElementsAre(Parameter{"oauth_token", ""}));
}

TEST(AuthorizationHeader, EncodesEveryByteThatCouldEndAValue) {
  const Parameters hostile = {{"oauth_to\"ken", "\", evil=\"1\r\nX: y"}, {"a=b", "%\\,\xC3\xA4 +"}};
  const std::string header = authorization_header(hostile, std::nullopt).value();
  EXPECT_EQ(header,
            "OAuth oauth_to%22ken=\"%22%2C%20evil%3D%221%0D%0AX%3A%20y\", "
            "a%3Db=\"%25%5C%2C%C3%A4%20%2B\"");
  EXPECT_EQ(parse_authorization_header(header)->parameters, hostile);
}

TEST(AuthorizationHeader, QuotesTheRealm) {
  const std::string header = authorization_header({{"a", "b"}}, R"(say "\", please)").value();
  EXPECT_EQ(header, R"(OAuth realm="say \"\\\", please", a="b")");
  EXPECT_EQ(parse_authorization_header(header)->realm, R"(say "\", please)");
}

TEST(AuthorizationHeader, RefusesARealmThatCouldForgeAHeader) {
  for (const std::string_view realm : {"a\r\nX: y", "a\tb", "\x7f", "\xC3\xA4"}) {
    const auto header = authorization_header({{"a", "b"}}, realm);
    ASSERT_FALSE(header);
    EXPECT_THAT(header.error().message, HasSubstr("realm"));
    EXPECT_EQ(header.error().code, ErrorCode::usage);
  }
}

TEST(AuthorizationHeader, HasItsSchemeInAnyCaseAndItsBlanksAnywhere) {
  for (const std::string_view header :
       {"oauth a=\"b\",c=\"d\"", "OAUTH   a=\"b\"  ,\t c=\"d\" ", " OAuth\ta=\"b\" ,c=\"d\""}) {
    EXPECT_TRUE(is_oauth_authorization(header));
    const auto parsed = parse_authorization_header(header);
    ASSERT_TRUE(parsed) << header << ": " << parsed.error().message;
    EXPECT_THAT(parsed->parameters, ElementsAre(Parameter{"a", "b"}, Parameter{"c", "d"}));
  }
}

TEST(AuthorizationHeader, TakesTheRealmAnywhereInAnyCase) {
  const auto parsed = parse_authorization_header("OAuth a=\"b\", REALM=\"x y\"");
  ASSERT_TRUE(parsed);
  EXPECT_EQ(parsed->realm, "x y");
  EXPECT_EQ(parsed->parameters.size(), 1U);
}

TEST(AuthorizationHeader, KeepsRepeats) {
  const auto parsed = parse_authorization_header("OAuth a=\"1\", a=\"2\"");
  ASSERT_TRUE(parsed);
  EXPECT_EQ(count(parsed->parameters, "a"), 2U);
}

TEST(AuthorizationHeader, RefusesOtherSchemes) {
  for (const std::string_view header : {"", "Basic eDp5", "OAuth2 a=\"b\"", "Bearer x", "OAut"}) {
    EXPECT_FALSE(is_oauth_authorization(header)) << header;
    EXPECT_THAT(refusal(header), HasSubstr("its scheme is not OAuth"));
  }
}

TEST(AuthorizationHeader, RefusesEmptyOnes) {
  EXPECT_THAT(refusal("OAuth"), HasSubstr("no parameters"));
  EXPECT_THAT(refusal("OAuth   "), HasSubstr("no parameters"));
  EXPECT_THAT(refusal("OAuth realm=\"x\""), HasSubstr("no parameters"));
}

TEST(AuthorizationHeader, RefusesValuesWithoutQuotes) {
  EXPECT_THAT(refusal("OAuth a=b"), HasSubstr("the value of a is not in double quotes"));
  EXPECT_THAT(refusal("OAuth a=\"b\", c=d, e=\"f\""), HasSubstr("the value of c is not in double"));
  EXPECT_THAT(refusal("OAuth a="), HasSubstr("the value of a is not in double quotes"));
  EXPECT_THAT(refusal("OAuth a='b'"), HasSubstr("the value of a is not in double quotes"));
}

TEST(AuthorizationHeader, RefusesWhatIsNoListOfItems) {
  for (const std::string_view items :
       {"a", "a b", "=\"b\"", "a=\"b", "a=\"b\\\"", "a=\"b\",", ",a=\"b\"", "a=\"b\" c=\"d\"",
        "a=\"b\"c=\"d\"", "a=\"b\",,c=\"d\"", "a =\"b\"", "a=\"b\";c=\"d\"", "a[]=\"b\""}) {
    EXPECT_THAT(refusal("OAuth " + std::string(items)), HasSubstr("no name=\"value\" where one"));
  }
  EXPECT_THAT(refusal("OAuth a= \"b\""), HasSubstr("not in double quotes"));
}

TEST(AuthorizationHeader, RefusesBadEncoding) {
  EXPECT_THAT(refusal("OAuth a=\"%zz\""), HasSubstr("a: bad percent escape at position 1"));
  EXPECT_THAT(refusal("OAuth a=\"x+y\""), HasSubstr("a: the byte at position 2 is not percent-"));
  EXPECT_THAT(refusal("OAuth a=\"x=\""), HasSubstr("a: the byte at position 2 is not percent-"));
  EXPECT_THAT(refusal("OAuth a=\"x\\y\""), HasSubstr("a: the byte at position 2 is not percent-"));
  EXPECT_THAT(refusal("OAuth a%4=\"x\""), HasSubstr("name a%4: bad percent escape"));
  EXPECT_THAT(refusal("OAuth a=\"\xC3\xA4\""), HasSubstr("not percent-encoded"));
}

TEST(AuthorizationHeader, RefusesControlCharacters) {
  EXPECT_THAT(refusal("OAuth a=\"b\",\r\n c=\"d\""), HasSubstr("control character"));
  EXPECT_THAT(refusal(std::string("OAuth a=\"b\0\"", 12)), HasSubstr("control character"));
  EXPECT_THAT(refusal("OAuth realm=\"\x1b[31m\", a=\"b\""), HasSubstr("control character"));
}

TEST(AuthorizationHeader, RefusesTwoRealms) {
  EXPECT_THAT(refusal("OAuth realm=\"a\", a=\"b\", Realm=\"a\""),
              HasSubstr("realm is there twice"));
}

TEST(AuthorizationHeader, RefusesTooMuch) {
  std::string items = "OAuth a=\"0\"";
  for (int i = 1; i < 64; ++i) items += ",a=\"" + std::to_string(i) + "\"";
  EXPECT_TRUE(parse_authorization_header(items));
  EXPECT_THAT(refusal(items + ",a=\"64\""), HasSubstr("more than 64 parameters"));
  EXPECT_THAT(refusal("OAuth a=\"" + std::string(17 * 1024, 'b') + "\""),
              HasSubstr("longer than 16 KiB"));
}

}  // namespace
}  // namespace applink::oauth1

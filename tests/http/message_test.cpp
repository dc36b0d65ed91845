// Header fields in order and in any letter case; the grammar of RFC 9110.
#include "applink/http/message.h"

#include <gmock/gmock.h>

namespace applink::http {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(Headers, AreFoundInAnyLetterCase) {
  const Headers headers{{"X-AREQUESTID", "1"}, {"x-arequestid", "2"}};
  EXPECT_EQ(headers.find("X-ARequestId"), "1");
  EXPECT_EQ(headers.find("X-ARequest"), std::nullopt);
  EXPECT_EQ(headers.find(""), std::nullopt);
  EXPECT_THAT(headers.all("x-ArequestID"), ElementsAre("1", "2"));
}

TEST(Headers, KeepOrderAndRepeats) {
  Headers headers;
  headers.add("B", "1");
  headers.add("A", "2");
  headers.add("b", "3");
  EXPECT_THAT(headers, ElementsAre(Header{"B", "1"}, Header{"A", "2"}, Header{"b", "3"}));
}

TEST(Headers, SetReplacesEveryFieldOfItsName) {
  Headers headers{{"B", "1"}, {"A", "2"}, {"b", "3"}};
  headers.set("b", "4");
  EXPECT_THAT(headers, ElementsAre(Header{"A", "2"}, Header{"b", "4"}));
}

TEST(Headers, RemoveTakesEveryFieldOfItsName) {
  Headers headers{{"B", "1"}, {"A", "2"}, {"b", "3"}};
  headers.remove("B");
  EXPECT_THAT(headers, ElementsAre(Header{"A", "2"}));
  headers.remove("a");
  EXPECT_THAT(headers, IsEmpty());
}

TEST(MediaType, IsLowerCaseWithoutParameters) {
  EXPECT_EQ(media_type({{"content-type", "Text/HTML; charset=UTF-8"}}), "text/html");
  EXPECT_EQ(media_type({{"Content-Type", " application/json ;x"}}), "application/json");
  EXPECT_EQ(media_type({}), "");
}

// The list of RFC 9110 section 5.6.2.
TEST(Token, IsWhatTheStandardAllows) {
  EXPECT_TRUE(is_token("!#$%&'*+-.^_`|~09azAZ"));
  for (const auto* text : {"", "a b", "a:b", "a\r\n", "(a)", "a/b", "\"a\"", "\x7f", "\xc3\xa9"}) {
    EXPECT_FALSE(is_token(text)) << text;
  }
  EXPECT_FALSE(is_token(std::string_view("a\0b", 3)));
}

TEST(FieldValue, HoldsNoControlCharacterAndNoBlankAtItsEnds) {
  for (const auto* text : {"", "a", "a b\tc", "\xc3\xa9", "OAuth realm=\"x\", a=\"b\""}) {
    EXPECT_TRUE(is_field_value(text)) << text;
  }
  for (const auto* text : {" a", "a ", "\ta", "a\r\nb: c", "a\nb", "a\rb", "\x01", "\x7f"}) {
    EXPECT_FALSE(is_field_value(text)) << text;
  }
  EXPECT_FALSE(is_field_value(std::string_view("a\0b", 3)));
}

TEST(ReasonPhrase, IsTheStandardsOrEmpty) {
  EXPECT_EQ(reason_phrase(200), "OK");
  EXPECT_EQ(reason_phrase(421), "Misdirected Request");
  EXPECT_EQ(reason_phrase(422), "Unprocessable Content");
  EXPECT_EQ(reason_phrase(429), "Too Many Requests");
  EXPECT_EQ(reason_phrase(431), "Request Header Fields Too Large");
  EXPECT_EQ(reason_phrase(451), "Unavailable For Legal Reasons");
  EXPECT_EQ(reason_phrase(504), "Gateway Timeout");
  EXPECT_EQ(reason_phrase(505), "HTTP Version Not Supported");
  EXPECT_EQ(reason_phrase(511), "Network Authentication Required");
  EXPECT_EQ(reason_phrase(299), "");
}

}  // namespace
}  // namespace applink::http

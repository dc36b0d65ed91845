// Forms: the cases of the web platform's own tests, and round trips.
#include "applink/http/form.h"

#include <gmock/gmock.h>

namespace applink::http {
namespace {

using Pairs = std::vector<FormPair>;

struct Case {
  std::string_view text;
  Pairs pairs;
};

// web-platform-tests, url/urlencoded-parser.any.js.
TEST(ParseForm, AgreesWithTheWebPlatformTests) {
  const std::vector<Case> cases{
      {"test", {{"test", ""}}},
      {"\xef\xbb\xbftest=\xef\xbb\xbf", {{"\xef\xbb\xbftest", "\xef\xbb\xbf"}}},
      {"%EF%BB%BFtest=%EF%BB%BF", {{"\xef\xbb\xbftest", "\xef\xbb\xbf"}}},
      {"", {}},
      {"a", {{"a", ""}}},
      {"a=b", {{"a", "b"}}},
      {"a=", {{"a", ""}}},
      {"=b", {{"", "b"}}},
      {"&", {}},
      {"&a", {{"a", ""}}},
      {"a&", {{"a", ""}}},
      {"a&a", {{"a", ""}, {"a", ""}}},
      {"a&b&c", {{"a", ""}, {"b", ""}, {"c", ""}}},
      {"a=b&c=d", {{"a", "b"}, {"c", "d"}}},
      {"a=b&c=d&", {{"a", "b"}, {"c", "d"}}},
      {"&&&a=b&&&&c=d&", {{"a", "b"}, {"c", "d"}}},
      {"a=a&a=b&a=c", {{"a", "a"}, {"a", "b"}, {"a", "c"}}},
      {"a==a", {{"a", "=a"}}},
      {"a=a+b+c+d", {{"a", "a b c d"}}},
      {"%=a", {{"%", "a"}}},
      {"%a=a", {{"%a", "a"}}},
      {"%a_=a", {{"%a_", "a"}}},
      {"%61=a", {{"a", "a"}}},
      {"%61+%4d%4D=", {{"a MM", ""}}},
      {"id=0&value=%", {{"id", "0"}, {"value", "%"}}},
      {"b=%2sf%2a", {{"b", "%2sf*"}}},
      {"b=%2%2af%2a", {{"b", "%2*f*"}}},
      {"b=%%2a", {{"b", "%*"}}},
  };
  for (const auto& c : cases) EXPECT_EQ(parse_form(c.text), c.pairs) << c.text;
}

TEST(ParseForm, KeepsZeroBytesAndInvalidUtf8) {
  EXPECT_EQ(parse_form("a=%00%ff"), (Pairs{{"a", std::string("\0\xff", 2)}}));
}

// Python 3.11, urllib.parse.urlencode of the same pairs.
TEST(EncodeForm, AgreesWithPython) {
  const Pairs pairs{{"oauth_problem", "token_rejected"},
                    {"a b", "1+1=2&c"},
                    {"\xc3\xa9\xe2\x82\xac", "~-._*!'()"},
                    {"", ""}};
  EXPECT_EQ(encode_form(pairs),
            "oauth_problem=token_rejected&a+b=1%2B1%3D2%26c&%C3%A9%E2%82%AC=~-._%2A%21%27%28%29&=");
  EXPECT_EQ(encode_form({}), "");
}

TEST(EncodeForm, IsUndoneByParseForm) {
  std::string every_byte;
  for (int byte = 0; byte < 256; ++byte) every_byte += static_cast<char>(byte);
  const Pairs pairs{{every_byte, every_byte}, {"", "x"}, {"x", ""}};
  EXPECT_EQ(parse_form(encode_form(pairs)), pairs);
}

TEST(Find, GivesTheFirstOfAName) {
  const Pairs pairs{{"a", "1"}, {"b", "2"}, {"a", "3"}};
  EXPECT_EQ(find(pairs, "a"), "1");
  EXPECT_EQ(find(pairs, "A"), std::nullopt);
}

TEST(IsForm, LooksAtTheMediaTypeAlone) {
  EXPECT_TRUE(is_form({{"content-type", "Application/X-WWW-Form-URLencoded;charset=UTF-8"}}));
  EXPECT_FALSE(is_form({{"Content-Type", "application/json"}}));
  EXPECT_FALSE(is_form({}));
}

}  // namespace
}  // namespace applink::http

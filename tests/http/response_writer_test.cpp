// Responses as bytes: framing is the writer's own, and nothing breaks out of a field.
#include "http/response_writer.h"

#include <gmock/gmock.h>

namespace applink::http {
namespace {

using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

TEST(ResponseBytes, AreTheWholeMessage) {
  EXPECT_EQ(response_bytes({200, {{"Content-Type", "text/plain"}}, "hello"}, Body::included),
            "HTTP/1.1 200 OK\r\n"
            "Content-Type: text/plain\r\n"
            "Cache-Control: no-store\r\n"
            "Content-Security-Policy: default-src 'none'; style-src 'unsafe-inline'; form-action "
            "'self'; frame-ancestors 'none'; base-uri 'none'\r\n"
            "Referrer-Policy: no-referrer\r\n"
            "X-Content-Type-Options: nosniff\r\n"
            "Content-Length: 5\r\n"
            "Connection: close\r\n\r\nhello");
}

TEST(ResponseBytes, LeaveTheHandlersOwnProtectionAlone) {
  const auto bytes =
      response_bytes({200, {{"cache-control", "private"}, {"referrer-policy", "same-origin"}}, ""},
                     Body::included);
  EXPECT_THAT(bytes, HasSubstr("cache-control: private\r\n"));
  EXPECT_THAT(bytes, Not(HasSubstr("no-store")));
  EXPECT_THAT(bytes, Not(HasSubstr("no-referrer")));
  EXPECT_THAT(bytes, HasSubstr("nosniff"));
}

TEST(ResponseBytes, KeepRepeatedFields) {
  const auto bytes = response_bytes(
      {401, {{"WWW-Authenticate", "a"}, {"WWW-Authenticate", "b"}}, ""}, Body::included);
  EXPECT_THAT(bytes, HasSubstr("WWW-Authenticate: a\r\nWWW-Authenticate: b\r\n"));
}

TEST(ResponseBytes, FrameTheBodyThemselves) {
  const auto bytes = response_bytes(
      {200,
       {{"content-length", "99"}, {"Transfer-Encoding", "chunked"}, {"Connection", "keep-alive"}},
       "abc"},
      Body::included);
  EXPECT_THAT(bytes, HasSubstr("\r\nContent-Length: 3\r\n"));
  EXPECT_THAT(bytes, Not(HasSubstr("99")));
  EXPECT_THAT(bytes, Not(HasSubstr("chunked")));
  EXPECT_THAT(bytes, Not(HasSubstr("keep-alive")));
}

TEST(ResponseBytes, SayTheLengthOfABodyThatIsLeftOut) {
  const auto bytes = response_bytes({200, {}, "abc"}, Body::left_out);
  EXPECT_THAT(bytes, HasSubstr("\r\nContent-Length: 3\r\n"));
  EXPECT_THAT(bytes, EndsWith("\r\n\r\n"));
}

TEST(ResponseBytes, HaveNoLengthWhereTheStatusAllowsNoBody) {
  for (const int status : {204, 304}) {
    const auto bytes = response_bytes({status, {}, "x"}, Body::included);
    EXPECT_THAT(bytes, Not(HasSubstr("Content-Length")));
    EXPECT_THAT(bytes, EndsWith("\r\n\r\n"));
  }
}

TEST(ResponseBytes, BecomeA500WhereAFieldBreaksOut) {
  for (const Header& field : {Header{"Location", "/a\r\nSet-Cookie: b"}, Header{"a b", "c"},
                              Header{"", "c"}, Header{"a", "b\n"}}) {
    const auto bytes = response_bytes({302, {field}, ""}, Body::included);
    EXPECT_THAT(bytes, StartsWith("HTTP/1.1 500 Internal Server Error\r\n"));
    EXPECT_THAT(bytes, Not(HasSubstr("Set-Cookie")));
  }
}

TEST(ResponseBytes, BecomeA500WhereTheStatusIsNone) {
  for (const int status : {0, -1, 100, 101, 600, 1000}) {
    EXPECT_THAT(response_bytes({status, {}, ""}, Body::included), StartsWith("HTTP/1.1 500 "));
  }
}

TEST(PlainResponse, SaysStatusAndReason) {
  const auto response = plain_response(404, "no such page");
  EXPECT_EQ(response.status, 404);
  EXPECT_EQ(response.body, "404 Not Found: no such page\n");
}

}  // namespace
}  // namespace applink::http

// Answers spoilt on the wire: what exactly goes out.
#include "sandbox/wire_mishaps.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace applink::sandbox {
namespace {

using http::RawAnswer;
using testing::ElementsAre;
using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;
using testing::SizeIs;
using testing::StartsWith;

Struck struck_by(std::string_view text) {
  auto mishap = parse_mishap(text);
  EXPECT_TRUE(mishap) << text;
  return Struck({Blow{mishap->entry, mishap->value, 1}});
}

http::Response meant() {
  return {200, {{"Content-Type", "application/json"}}, R"({"name":"alice"})"};
}

http::Answer spoilt(std::string_view by, http::Response response = meant(),
                    std::string_view method = "GET") {
  return on_the_wire(std::move(response), struck_by(by), method);
}

RawAnswer raw(const http::Answer& answer) {
  const auto* found = std::get_if<RawAnswer>(&answer);
  EXPECT_NE(found, nullptr);
  return found == nullptr ? RawAnswer{} : *found;
}

std::string bytes(const http::Answer& answer) {
  std::string all;
  for (const auto& step : raw(answer).steps) all += step.bytes;
  return all;
}

http::Response response(const http::Answer& answer) {
  const auto* found = std::get_if<http::Response>(&answer);
  EXPECT_NE(found, nullptr);
  return found == nullptr ? http::Response{} : *found;
}

http::Request plain_request(std::string_view url) {
  return {"GET", http::Url::parse(url).value(), {}, ""};
}

TEST(WireMishaps, LeaveAnAnswerAloneThatNoneBefalls) {
  EXPECT_EQ(response(on_the_wire(meant(), {}, "GET")), meant());
  EXPECT_EQ(response(on_the_wire(meant(), struck_by("captcha"), "GET")), meant());
}

TEST(WireMishaps, SlowComesByteByByte) {
  const auto answer = spoilt("slow=20");
  for (const auto& step : raw(answer).steps) {
    EXPECT_THAT(step.bytes, SizeIs(1));
    EXPECT_EQ(step.pause, std::chrono::milliseconds(20));
  }
  EXPECT_THAT(bytes(answer), AllOf(StartsWith("HTTP/1.1 200 OK\r\n"), EndsWith(meant().body)));
  EXPECT_THAT(bytes(spoilt("slow", meant(), "HEAD")), EndsWith("\r\n\r\n"));
}

TEST(WireMishaps, HangingSaysNothing) {
  const auto answer = raw(spoilt("hanging"));
  EXPECT_EQ(bytes(answer), "");
  EXPECT_GE(answer.steps.front().pause, std::chrono::hours(1));
}

TEST(WireMishaps, CutEndsInTheMiddle) {
  EXPECT_THAT(bytes(spoilt("cut")),
              AllOf(HasSubstr("Content-Length: 16\r\n"), EndsWith("\r\n\r\n{\"name\":")));
  EXPECT_THAT(bytes(spoilt("cut", {204, {}, ""})), Not(EndsWith("\r\n\r\n")));
  const http::Response much{200, {}, std::string(5000, 'x')};
  EXPECT_THAT(bytes(spoilt("cut", much, "HEAD")),
              AllOf(HasSubstr("Content-Length: 5000\r\n"), EndsWith("\r\n\r")));
}

TEST(WireMishaps, BrokenChunksHaveNoSize) {
  const auto answer = bytes(spoilt("broken-chunks"));
  EXPECT_THAT(answer, AllOf(HasSubstr("Transfer-Encoding: chunked\r\n"),
                            EndsWith("\r\n\r\n8\r\n{\"name\":\r\nno size\r\n"),
                            Not(HasSubstr("Content-Length"))));
  EXPECT_THAT(bytes(spoilt("broken-chunks", {204, {}, ""})),
              AllOf(StartsWith("HTTP/1.1 200 "), EndsWith("\r\n\r\nno size\r\n")));
}

TEST(WireMishaps, HugeHasNoEnd) {
  const auto answer = raw(spoilt("huge"));
  ASSERT_THAT(answer.steps, SizeIs(2));
  EXPECT_THAT(answer.steps[0].bytes, Not(HasSubstr("Content-Length")));
  EXPECT_EQ(answer.steps[1].times, SIZE_MAX);
}

TEST(WireMishaps, BrokenGzipIsNone) {
  const auto answer = response(spoilt("broken-gzip"));
  EXPECT_EQ(answer.headers.find("Content-Encoding"), "gzip");
  EXPECT_EQ(answer.body, meant().body);
}

TEST(WireMishaps, InvalidUtf8IsInBodyAndHeader) {
  const auto answer = response(spoilt("invalid-utf8"));
  EXPECT_EQ(answer.headers.find("X-Node"), "\xff\xfe");
  EXPECT_EQ(answer.body, "{\"\xff\xfename\":\"alice\"}");
  EXPECT_EQ(response(spoilt("invalid-utf8", {200, {}, "oauth_token=a"})).body,
            "oauth_token=\xff\xfe"
            "a");
}

TEST(WireMishaps, DuplicateHeadersAreLengthsOrChallenges) {
  EXPECT_THAT(bytes(spoilt("duplicate-headers")),
              HasSubstr("Content-Length: 16\r\nContent-Length: 26\r\n"));
  const auto refusal = response(spoilt("duplicate-headers=challenge",
                                       {401, {{"WWW-Authenticate", "OAuth realm=\"r\""}}, ""}));
  EXPECT_THAT(refusal.headers.all("WWW-Authenticate"),
              ElementsAre("Negotiate", "Basic realm=\"intranet\"", "OAuth realm=\"r\""));
}

TEST(WireMishaps, RedirectLeadsElsewhere) {
  const auto request = plain_request("http://127.0.0.1:8090/jira/rest?x=1");
  const auto location = [&](std::string_view by, int status) {
    const auto response = redirect_of(request, struck_by(by));
    EXPECT_TRUE(response);
    EXPECT_EQ(response ? response->status : 0, status);
    return response ? std::string(response->headers.find("Location").value_or("")) : "";
  };
  EXPECT_EQ(location("redirect", 302), "/moved/jira/rest?x=1");
  EXPECT_EQ(location("redirect=path:301", 301), "/moved/jira/rest?x=1");
  EXPECT_EQ(location("redirect=host:307", 307), "http://jira.example.com/jira/rest?x=1");
  EXPECT_EQ(location("redirect=scheme:308", 308), "https://127.0.0.1:8090/jira/rest?x=1");
  EXPECT_EQ(redirect_of(request, struck_by("cut")), std::nullopt);
}

TEST(WireMishaps, RefuseValuesThatAreNone) {
  for (const char* text :
       {"slow=0", "slow=x", "slow=60001", "duplicate-headers=both", "redirect=up",
        "redirect=path:200", "redirect=path:", "redirect=path:30x", "cut=1"}) {
    const auto parsed = parse_mishap(text);
    ASSERT_FALSE(parsed) << text;
    EXPECT_FALSE(parsed.error().hint.empty()) << text;
  }
}

}  // namespace
}  // namespace applink::sandbox

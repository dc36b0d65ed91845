// Responses from their lines.
#include "http/response_collector.h"

#include <limits>

#include <gmock/gmock.h>

namespace applink::http {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

Response collect(std::initializer_list<std::string_view> lines, std::string_view body = {}) {
  ResponseCollector collector(100);
  for (const auto line : lines) EXPECT_TRUE(collector.take_header_line(line)) << line;
  EXPECT_TRUE(collector.take_body(body));
  return std::move(collector).response();
}

TEST(ResponseCollector, KeepsStatusFieldsAndBody) {
  const auto response =
      collect({"HTTP/1.1 401 Unauthorized\r\n", "WWW-Authenticate: OAuth realm=\"x\"\r\n",
               "WWW-Authenticate:Basic\r\n", "Empty:\r\n", "\r\n"},
              "no");
  EXPECT_EQ(response.status, 401);
  EXPECT_EQ(response.body, "no");
  EXPECT_THAT(response.headers,
              ElementsAre(Header{"WWW-Authenticate", "OAuth realm=\"x\""},
                          Header{"WWW-Authenticate", "Basic"}, Header{"Empty", ""}));
}

TEST(ResponseCollector, ReadsHttp2AndMissingReasons) {
  EXPECT_EQ(collect({"HTTP/2 200 \r\n", "\r\n"}).status, 200);
  EXPECT_EQ(collect({"HTTP/1.1 204\r\n", "\r\n"}).status, 204);
}

TEST(ResponseCollector, TakesNoStatusFromALineWithoutOne) {
  for (const auto* line : {"HTTP/1.1\r\n", "HTTP/1.1 \r\n", "HTTP/1.1 -1\r\n", "HTTP/1.1 x\r\n"}) {
    EXPECT_EQ(collect({line, "\r\n"}).status, 0) << line;
  }
}

TEST(ResponseCollector, DropsTheHeadBeforeTheLast) {
  const auto response = collect({"HTTP/1.1 103 Early Hints\r\n", "Link: a\r\n", "\r\n",
                                 "HTTP/1.1 200 OK\r\n", "A: b\r\n", "\r\n"});
  EXPECT_EQ(response.status, 200);
  EXPECT_THAT(response.headers, ElementsAre(Header{"A", "b"}));
}

TEST(ResponseCollector, DropsTrailersAndWhatIsNoField) {
  const auto response =
      collect({"HTTP/1.1 200 OK\r\n", "no field\r\n", "bad name: x\r\n", "\r\n", "Late: x\r\n"});
  EXPECT_THAT(response.headers, IsEmpty());
}

TEST(ResponseCollector, StopsAtItsLimits) {
  ResponseCollector body(4);
  EXPECT_TRUE(body.take_body("abc"));
  EXPECT_TRUE(body.take_body("d"));
  EXPECT_FALSE(body.overflowed());
  EXPECT_FALSE(body.take_body("e"));
  EXPECT_TRUE(body.overflowed());
  EXPECT_FALSE(body.take_body(""));

  ResponseCollector head(4);
  EXPECT_TRUE(head.take_header_line("HTTP/1.1 200 OK\r\n"));
  const auto long_field = "A: " + std::string(300000, 'x') + "\r\n";
  EXPECT_TRUE(head.take_header_line(long_field));
  EXPECT_TRUE(head.take_header_line(long_field));
  EXPECT_TRUE(head.take_header_line(long_field));
  EXPECT_FALSE(head.take_header_line(long_field));
  EXPECT_TRUE(head.overflowed());
}

TEST(ResponseCollector, SaysThatTheMemoryIsOutAndThrowsNothing) {
  ResponseCollector collector(std::numeric_limits<std::size_t>::max());
  // More than any string holds: it is refused before a byte of it is looked at.
  const std::string_view endless("x", std::numeric_limits<std::size_t>::max() / 2 + 1);
  EXPECT_FALSE(collector.take_body(endless));
  EXPECT_TRUE(collector.out_of_memory());
  EXPECT_FALSE(collector.overflowed());
  EXPECT_FALSE(collector.take_body("more")) << "a body with a gap is none";
}

}  // namespace
}  // namespace applink::http

// Requests from bytes: in any pieces the same, and nothing that two readers could read differently.
#include "http/request_reader.h"

#include <gmock/gmock.h>

namespace applink::http {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using State = RequestReader::State;

constexpr std::size_t limit = 1000;

RequestReader read(std::string_view bytes) {
  RequestReader whole(limit);
  whole.feed(bytes);
  RequestReader pieces(limit);
  for (const char c : bytes) pieces.feed({&c, 1});
  EXPECT_EQ(whole.state(), pieces.state()) << bytes;
  EXPECT_EQ(whole.body(), pieces.body()) << bytes;
  EXPECT_EQ(whole.refusal().why, pieces.refusal().why) << bytes;
  return whole;
}

std::string with_fields(std::string_view fields) {
  return "POST /p HTTP/1.1\r\n" + std::string(fields) + "\r\n";
}

int refusal(std::string_view bytes) {
  const auto reader = read(bytes);
  EXPECT_EQ(reader.state(), State::refused) << bytes;
  EXPECT_FALSE(reader.refusal().why.empty());
  return reader.refusal().status;
}

std::string body_of(std::string_view bytes) {
  const auto reader = read(bytes);
  EXPECT_EQ(reader.state(), State::done) << bytes << ": " << reader.refusal().why;
  return reader.body();
}

TEST(RequestReader, KeepsTargetAndFieldsAsTheyCame) {
  const auto reader = read(
      "GET /a/../b%2Fc//?x=+%20&&= HTTP/1.1\r\nHost: h\r\n"
      "authorization:OAuth a=\"b%2Bc\", d=\"+\" \t\r\nX:\r\nx: 2\r\n\r\n");
  EXPECT_EQ(reader.state(), State::done);
  EXPECT_EQ(reader.head().method, "GET");
  EXPECT_EQ(reader.head().target, "/a/../b%2Fc//?x=+%20&&=");
  EXPECT_THAT(
      reader.head().headers,
      ElementsAre(Header{"Host", "h"}, Header{"authorization", "OAuth a=\"b%2Bc\", d=\"+\""},
                  Header{"X", ""}, Header{"x", "2"}));
  EXPECT_THAT(reader.body(), IsEmpty());
}

TEST(RequestReader, TakesAnyMethodThatIsAToken) {
  EXPECT_EQ(read("M-SEARCH / HTTP/1.0\r\n\r\n").head().method, "M-SEARCH");
  EXPECT_EQ(read("get / HTTP/1.1\r\n\r\n").head().method, "get");
}

TEST(RequestReader, WaitsForTheRest) {
  EXPECT_FALSE(RequestReader(limit).begun());
  EXPECT_EQ(read("").state(), State::head);
  EXPECT_EQ(read("GET / HTTP/1.1\r\n").state(), State::head);
  EXPECT_EQ(read("GET / HTTP/1.1\r\n\r").state(), State::head);
  EXPECT_TRUE(read("G").begun());
  EXPECT_EQ(read(with_fields("Content-Length: 4\r\n") + "abc").state(), State::body);
}

TEST(RequestReader, TakesABodyOfTheLengthSaid) {
  EXPECT_EQ(body_of(with_fields("Content-Length: 3\r\n") + "a\nb"), "a\nb");
  EXPECT_EQ(body_of(with_fields("Content-Length: 0\r\n")), "");
  EXPECT_EQ(body_of(with_fields("Content-Length: 3\r\n") + "abcGET / HTTP/1.1\r\n"), "abc");
  EXPECT_EQ(body_of("GET / HTTP/1.1\r\nContent-Length: 2\r\n\r\nok"), "ok");
  const std::string longest(limit, 'x');
  EXPECT_EQ(body_of(with_fields("Content-Length: 1000\r\n") + longest), longest);
}

TEST(RequestReader, JoinsChunks) {
  const auto chunked = with_fields("Transfer-Encoding: Chunked\r\n");
  EXPECT_EQ(body_of(chunked + "3\r\nabc\r\nA;x=\"y\"\r\n0123456789\r\n0\r\n\r\n"), "abc0123456789");
  EXPECT_EQ(body_of(chunked + "0\r\n\r\n"), "");
  EXPECT_EQ(body_of(chunked + "1 \r\n\r\r\n00\r\nTrailer: dropped\r\n\r\n"), "\r");
  EXPECT_EQ(read(chunked + "3\r\nabc\r\n0\r\n").state(), State::body);
}

TEST(RequestReader, RefusesBadChunks) {
  const auto chunked = with_fields("Transfer-Encoding: chunked\r\n");
  EXPECT_EQ(refusal(chunked + "\r\n"), 400);
  EXPECT_EQ(refusal(chunked + "x\r\n"), 400);
  EXPECT_EQ(refusal(chunked + "-1\r\n"), 400);
  EXPECT_EQ(refusal(chunked + "0x1\r\n"), 400);
  EXPECT_EQ(refusal(chunked + "11111111111111111\r\n"), 400);
  EXPECT_EQ(refusal(chunked + "3\nabc"), 400);
  EXPECT_EQ(refusal(chunked + "3\r\nabcd\r\n"), 400);
  EXPECT_EQ(refusal(chunked + "3\r\nabc\n"), 400);
  EXPECT_EQ(refusal(chunked + std::string(300, '0')), 400);
  EXPECT_EQ(refusal(chunked + "3e9\r\n"), 413);
  EXPECT_EQ(refusal(chunked + "3e8\r\n" + std::string(1000, 'x') + "\r\n1\r\n"), 413);
  EXPECT_EQ(refusal(chunked + "ffffffffffffffff\r\n"), 413);
  std::string trailers;
  for (int i = 0; i < 50; ++i) trailers += "X: " + std::string(200, 'x') + "\r\n";
  EXPECT_EQ(refusal(chunked + "0\r\n" + trailers), 431);
}

TEST(RequestReader, RefusesAmbiguousFraming) {
  for (const auto* fields :
       {"Content-Length: 1\r\nContent-Length: 1\r\n",
        "Content-Length: 1\r\nTransfer-Encoding: chunked\r\n",
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n", "Content-Length: 1, 1\r\n",
        "Content-Length: +1\r\n", "Content-Length: -1\r\n", "Content-Length: 0x1\r\n",
        "Content-Length:\r\n", "Content-Length: 99999999999999999999999\r\n"}) {
    EXPECT_EQ(refusal(with_fields(fields)), 400) << fields;
  }
  EXPECT_EQ(refusal(with_fields("Transfer-Encoding: gzip, chunked\r\n")), 501);
  EXPECT_EQ(refusal(with_fields("Transfer-Encoding: identity\r\n")), 501);
}

TEST(RequestReader, RefusesABadRequestLine) {
  for (const auto* line :
       {"", "GET", "GET /", "GET  HTTP/1.1", " / HTTP/1.1", "G@T / HTTP/1.1", "GET / HTTQ/1.1",
        "GET /a b HTTP/1.1", "GET /\x80 HTTP/1.1", "GET /#x HTTP/1.1", "GET * HTTP/1.1",
        "GET http://h/ HTTP/1.1", "CONNECT h:443 HTTP/1.1", "GET @h/ HTTP/1.1", "GET /\t HTTP/1.1",
        "GET / HTTP/1.1 ", "GET /\rx HTTP/1.1", "\x16\x03\x01"}) {
    EXPECT_EQ(refusal(std::string(line) + "\r\nHost: h\r\n\r\n"), 400) << line;
  }
  EXPECT_EQ(refusal("GET / HTTP/2.0\r\n\r\n"), 505);
}

TEST(RequestReader, RefusesBadFields) {
  for (const auto* field : {"no colon", "a : b", ": b", " folded", "a: b\rc", "a: \x01", "\xc3: a",
                            "a: b\n folded", "a: b\n\nGET /"}) {
    EXPECT_EQ(refusal(with_fields(std::string(field) + "\r\n")), 400) << field;
  }
  EXPECT_EQ(refusal(with_fields(std::string("a: b\0c\r\n", 8))), 400);
  EXPECT_EQ(refusal("GET / HTTP/1.1\nHost: h\n\n"), 400);
}

TEST(RequestReader, RefusesAHeadWithoutEnd) {
  std::string fields;
  for (int i = 0; i < 101; ++i) fields += "a: b\r\n";
  EXPECT_EQ(refusal(with_fields(fields)), 431);
  EXPECT_EQ(refusal("GET /" + std::string(70000, 'a')), 431);
  EXPECT_EQ(read("GET /" + std::string(60000, 'a') + " HTTP/1.1\r\n\r\n").state(), State::done);
}

TEST(RequestReader, RefusesALongBodyBeforeReadingIt) {
  EXPECT_EQ(refusal(with_fields("Content-Length: 1001\r\n")), 413);
  EXPECT_EQ(refusal(with_fields("Content-Length: 18446744073709551615\r\n")), 413);
}

TEST(RequestReader, KnowsWhoWaitsToBeToldToGoOn) {
  const auto waits = read(with_fields("Content-Length: 1\r\nExpect: 100-Continue\r\n"));
  EXPECT_EQ(waits.state(), State::body);
  EXPECT_TRUE(waits.head().expects_continue);
  EXPECT_FALSE(read(with_fields("Expect: 100-continue\r\n")).head().expects_continue);
  EXPECT_EQ(refusal(with_fields("Expect: miracles\r\n")), 417);
}

}  // namespace
}  // namespace applink::http

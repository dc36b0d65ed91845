#include "applink/calls/captured_message.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "oauth1/requests.h"

namespace applink::calls {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

const CapturedOrigin by_https{"https", std::nullopt};

CapturedRequest message_in(std::string_view text, const CapturedOrigin& origin = by_https) {
  auto captured = captured_message(text, origin);
  EXPECT_TRUE(captured) << captured.error().message << "\n" << text;
  return captured ? *std::move(captured) : CapturedRequest{test::request("X", "http://h/"), {}};
}

Error refused_message(std::string_view text) {
  const auto captured = captured_message(text, by_https);
  EXPECT_FALSE(captured) << text;
  return captured ? Error{} : captured.error();
}

TEST(CapturedMessage, IsReadByteForByte) {
  const auto [request, notes] = message_in(
      "PUT /jira/rest/x?a=%2f&b=+ HTTP/1.1\r\nHost: Jira.example.com:8443\r\nX-A:  b \r\n"
      "Content-Type: application/json\r\nContent-Length: 9\r\n\r\n{\"a\":\r\n1}");
  EXPECT_EQ(request.method, "PUT");
  EXPECT_EQ(request.url.text(), "https://Jira.example.com:8443/jira/rest/x?a=%2f&b=+");
  EXPECT_EQ(request.headers.find("x-a"), "b");
  EXPECT_EQ(request.body, "{\"a\":\r\n1}");
  EXPECT_THAT(notes, IsEmpty());
}

// RFC 5849 section 3.4.1.1, as it is printed there: indented, with folded fields and bare LF.
TEST(CapturedMessage, MayBePrintedInADocument) {
  const auto [request, notes] = message_in(R"(
     POST /request?b5=%3D%253D&a3=a&c%40=&a2=r%20b HTTP/1.1
     Host: example.com
     Content-Type: application/x-www-form-urlencoded
     Authorization: OAuth realm="Example",
                    oauth_consumer_key="9djdj82h48djs9d2",
                    oauth_nonce="7d8f3e4a"

     c2&a3=2+q
)",
                                           {"http", std::nullopt});
  EXPECT_EQ(request.url.text(), "http://example.com/request?b5=%3D%253D&a3=a&c%40=&a2=r%20b");
  EXPECT_EQ(
      request.headers.find("Authorization"),
      R"(OAuth realm="Example", oauth_consumer_key="9djdj82h48djs9d2", oauth_nonce="7d8f3e4a")");
  EXPECT_EQ(request.body, "c2&a3=2+q");
  EXPECT_THAT(notes, IsEmpty());
}

TEST(CapturedMessage, MayNameItsWholeUrl) {
  const std::string text = "GET http://h:81/a?b HTTP/1.0\nHost: other\n\n";
  EXPECT_EQ(message_in(text, {}).request.url.text(), "http://h:81/a?b");
  EXPECT_THAT(message_in(text, {}).notes, IsEmpty());
  EXPECT_EQ(message_in(text).request.url.text(), "https://h:81/a?b");
  EXPECT_EQ(message_in(text, {{}, test::url("https://jira.example.com/jira")}).request.url.text(),
            "https://jira.example.com/a?b");
}

TEST(CapturedMessage, SaysWhatHasToBeSupposed) {
  const std::string text = "GET /a HTTP/1.1\nHost: h\n\n";
  const auto supposed = message_in(text, {});
  EXPECT_EQ(supposed.request.url.text(), "https://h/a");
  EXPECT_THAT(supposed.notes, ElementsAre(HasSubstr("taken for https (--scheme http)")));
  const CapturedOrigin base{{}, test::url("http://jira.example.com:8080/jira")};
  EXPECT_EQ(message_in(text, base).request.url.text(), "http://jira.example.com:8080/a");
  EXPECT_THAT(message_in("GET /a HTTP/1.1\n\n", base).notes, IsEmpty());
  const auto likely = message_in(text, {.likely_scheme = "http"});
  EXPECT_EQ(likely.request.url.text(), "http://h/a");
  EXPECT_THAT(likely.notes, IsEmpty());
}

// What curl 7.88.1 of Debian 12 prints, certificates and most fields left out.
TEST(CapturedMessage, MayBeTheOutputOfCurl) {
  const auto secure = message_in(
      "*   Trying 127.0.0.1:443...\n* Connected to h (127.0.0.1) port 443 (#0)\n"
      "* ALPN: offers h2,http/1.1\n} [5 bytes data]\n"
      "* SSL connection using TLSv1.3 / TLS_AES_256_GCM_SHA384\n* using HTTP/2\n"
      "> POST /a?b=c HTTP/2\n> Host: h\n> authorization: OAuth a=\"b\"\n> content-length: 3\n> \n"
      "{ [5 bytes data]\n< HTTP/2 401 \n< www-authenticate: OAuth realm=\"x\"\n< \nbody\n"
      "> GET /second HTTP/1.1\n> Host: h\n>\n",
      {});
  EXPECT_EQ(secure.request.url.text(), "https://h/a?b=c");
  EXPECT_EQ(secure.request.headers.find("Authorization"), "OAuth a=\"b\"");
  EXPECT_EQ(secure.request.body, "");
  EXPECT_THAT(secure.notes, ElementsAre(HasSubstr("a body of 3 bytes was sent")));

  const auto plain = message_in(
      "*   Trying 127.0.0.1:80...\r\n* Connected to h (127.0.0.1) port 80 (#0)\r\n"
      "> GET / HTTP/1.1\r\n> Host: h\r\n> \r\n< HTTP/1.1 200 OK\r\n",
      {});
  EXPECT_EQ(plain.request.url.text(), "http://h/");
  EXPECT_THAT(plain.notes, IsEmpty());
  EXPECT_THAT(message_in("> GET / HTTP/1.1\n> Host: h\n>", {}).notes,
              ElementsAre(HasSubstr("--scheme")));
}

TEST(CapturedMessage, HasTheBodyThatItStates) {
  const std::string head = "POST / HTTP/1.1\nHost: h\n";
  const std::string form = "Content-Type: application/x-www-form-urlencoded\n";
  EXPECT_EQ(message_in(head + "Content-Length: 3\n\nabc\n").request.body, "abc");
  EXPECT_EQ(message_in(head + "\nabc\n").request.body, "abc\n") << "nothing says that it is a form";
  EXPECT_EQ(message_in(head + form + "\na=b\r\n").request.body, "a=b");
  const auto cut_off = message_in(head + "Content-Length: 9\n\nabc");
  EXPECT_EQ(cut_off.request.body, "abc");
  EXPECT_THAT(cut_off.notes, ElementsAre(HasSubstr("has 3 of the 9 bytes")));
  EXPECT_THAT(message_in(head + "Content-Length: 9\n\n").notes,
              ElementsAre(HasSubstr("give it with -d")));
  EXPECT_EQ(message_in(head + "Transfer-Encoding: chunked\n\n3\r\nabc\r\n2;x\r\nde\r\n0\r\n\r\n")
                .request.body,
            "abcde");
}

TEST(CapturedMessage, IsRefusedWithWords) {
  const std::vector<std::pair<std::string, std::string>> cases{
      {"", "there is no request in it"},
      {"* Connected to h\n", "there is no request in it"},
      {"hello", "the first line is not METHOD TARGET HTTP/1.1"},
      {"GET / HTTP/9.9\nHost: h\n\n", "the first line is not METHOD TARGET HTTP/1.1"},
      {"G@T / HTTP/1.1\nHost: h\n\n", "no HTTP method"},
      {"GET * HTTP/1.1\nHost: h\n\n", "neither a path nor a URL"},
      {"GET /a b HTTP/1.1\nHost: h\n\n", "which no URL may contain"},
      {"GET / HTTP/1.1\n\n", "has no Host field"},
      {"GET / HTTP/1.1\nHost: a\nhost: b\n\n", "more than one Host field"},
      {"GET / HTTP/1.1\nHost:\n\n", "an empty one"},
      {"GET / HTTP/1.1\nHost: user@h\n\n", "user name or a password"},
      {"GET / HTTP/1.1\nHost : h\n\n", "no header field: Host : h"},
      {"GET / HTTP/1.1\nHost: h\nX: \x1b[1m\n\n", "X has a control character"},
      {"GET / HTTP/1.1\nHost: h\nContent-Length: x\n\n", "is no number"},
      {"POST / HTTP/1.1\nHost: h\nTransfer-Encoding: chunked\n\n9\r\nabc", "do not fit together"},
      {"POST / HTTP/1.1\nHost: h\nTransfer-Encoding: chunked\n\n", "do not fit together"},
  };
  for (const auto& [text, words] : cases) {
    const Error error = refused_message(text);
    EXPECT_EQ(error.code, ErrorCode::usage) << text;
    EXPECT_THAT(error.message, HasSubstr(words)) << text;
    EXPECT_FALSE(error.hint.empty()) << text;
  }
  std::string many = "GET / HTTP/1.1\n";
  for (int i = 0; i < 201; ++i) many += "X: y\n";
  EXPECT_THAT(refused_message(many).message, HasSubstr("more than 200 fields"));
}

}  // namespace
}  // namespace applink::calls

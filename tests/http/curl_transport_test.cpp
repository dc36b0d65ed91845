// The client over libcurl against real peers on loopback: what is on the wire, what comes back, and
// what is refused.
#include "applink/http/curl_transport.h"

#include <thread>
#include <vector>

#include <fmt/format.h>
#include <gmock/gmock.h>

#include "http/server.h"
#include "support/loopback.h"
#include "support/scoped_variable.h"

namespace applink::http {
namespace {

using test::bind_free_port;
using test::RawPeer;
using test::ScopedVariable;
using ::testing::AllOf;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

constexpr std::string_view empty_ok = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";

Request request(std::string method, const std::string& url, Headers headers = {},
                std::string body = {}) {
  return {std::move(method), Url::parse(url).value(), std::move(headers), std::move(body)};
}

Result<Response> send(const Request& what, TransportOptions options = {}) {
  return make_curl_transport(std::move(options))->send(what);
}

/// The bytes on the wire.
std::string sent(std::string method, std::string_view target, Headers headers = {},
                 std::string body = {}) {
  RawPeer peer{std::string(empty_ok)};
  const auto response =
      send(request(std::move(method), peer.url(target), std::move(headers), std::move(body)));
  EXPECT_TRUE(response.has_value()) << response.error().message;
  return peer.request();
}

Error failure(const Request& what, TransportOptions options = {}) {
  const auto response = send(what, std::move(options));
  EXPECT_FALSE(response.has_value());
  return response ? Error{} : response.error();
}

TEST(CurlTransport, SaysThatAHeadIsTooLarge) {
  RawPeer peer("HTTP/1.1 200 OK\r\nX-Long: " + std::string(200000, 'x') + "\r\n\r\n");
  const auto error = failure(request("GET", peer.url("/")));
  EXPECT_EQ(error.code, ErrorCode::failed);
  EXPECT_THAT(error.message, HasSubstr("is too large"));
}

TEST(CurlTransport, SendsTheTargetAsItIs) {
  for (const std::string_view target :
       {"/a/../b/./c", "/%2F%2f%7e", "//a//", "/;m=1", "/?x=+%20&&=", "/?", "/p?a=/../b?c", "/"}) {
    EXPECT_THAT(sent("GET", target), StartsWith(fmt::format("GET {} HTTP/1.1\r\n", target)));
  }
}

TEST(CurlTransport, SendsASlashForNoPathAndNoFragment) {
  EXPECT_THAT(sent("GET", ""), StartsWith("GET / HTTP/1.1\r\n"));
  EXPECT_THAT(sent("GET", "?q"), StartsWith("GET /?q HTTP/1.1\r\n"));
  EXPECT_THAT(sent("GET", "/p#secret"), StartsWith("GET /p HTTP/1.1\r\n"));
}

TEST(CurlTransport, SendsNothingUnasked) {
  RawPeer peer{std::string(empty_ok)};
  ASSERT_TRUE(send(request("GET", peer.url("/")), {.user_agent = "applink/1"}));
  const auto host = fmt::format("127.0.0.1:{}", peer.port());
  EXPECT_EQ(peer.request(), "GET / HTTP/1.1\r\nHost: " + host +
                                "\r\nUser-Agent: applink/1\r\nAccept: */*\r\n"
                                "Accept-Encoding: identity\r\n\r\n");
}

TEST(CurlTransport, SendsHeadersInOrderWithRepeatsAndEmptyOnes) {
  EXPECT_THAT(sent("GET", "/", {{"B", "1"}, {"a", "%2B +"}, {"B", "2"}, {"C", ""}}),
              HasSubstr("\r\nB: 1\r\na: %2B +\r\nB: 2\r\nC:\r\n"));
}

TEST(CurlTransport, LetsTheRequestsOwnHeadersWin) {
  const auto bytes = sent("GET", "/", {{"user-agent", "mine"}, {"Accept", "application/json"}});
  EXPECT_THAT(bytes, AllOf(HasSubstr("user-agent: mine\r\n"), HasSubstr("application/json\r\n"),
                           Not(HasSubstr("applink")), Not(HasSubstr("*/*"))));
}

TEST(CurlTransport, SendsABodyWithAnyMethod) {
  const std::string body("a\0b\r\n", 5);
  for (const auto* method : {"GET", "POST", "PUT", "PATCH", "DELETE", "PROPFIND", "get"}) {
    EXPECT_THAT(sent(method, "/", {}, body),
                AllOf(StartsWith(fmt::format("{} / HTTP/1.1\r\n", method)),
                      HasSubstr("\r\nContent-Length: 5\r\n"), EndsWith("\r\n\r\n" + body),
                      Not(HasSubstr("Content-Type")), Not(HasSubstr("Transfer-Encoding"))));
  }
}

TEST(CurlTransport, SaysThatABodyIsEmptyWhereOneIsExpected) {
  for (const auto* method : {"POST", "PUT", "PATCH"}) {
    EXPECT_THAT(sent(method, "/"), HasSubstr("\r\nContent-Length: 0\r\n"));
  }
  for (const auto* method : {"GET", "DELETE", "OPTIONS"}) {
    EXPECT_THAT(sent(method, "/"), Not(HasSubstr("Content-Length")));
  }
}

TEST(CurlTransport, NeverWaitsToBeToldToGoOn) {
  const auto bytes = sent("PUT", "/", {}, std::string(2 << 20, 'x'));
  EXPECT_THAT(bytes, Not(HasSubstr("Expect")));
  EXPECT_GT(bytes.size(), std::size_t{2} << 20);
}

TEST(CurlTransport, ReadsStatusHeadersAndBody) {
  RawPeer peer("HTTP/1.1 401 Unauthorized\r\nX-A: 1\r\nx-a:  2\r\nContent-Length: 3\r\n\r\na\nb");
  const auto response = send(request("GET", peer.url("/")));
  ASSERT_TRUE(response.has_value()) << response.error().message;
  EXPECT_EQ(response->status, 401);
  EXPECT_EQ(response->body, "a\nb");
  EXPECT_EQ(response->headers, (Headers{{"X-A", "1"}, {"x-a", "2"}, {"Content-Length", "3"}}));
}

TEST(CurlTransport, JoinsChunksAndDropsTrailers) {
  RawPeer peer(
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\nLate: x\r\n\r\n");
  const auto response = send(request("GET", peer.url("/")));
  ASSERT_TRUE(response.has_value()) << response.error().message;
  EXPECT_EQ(response->body, "abc");
  EXPECT_EQ(response->headers.find("Late"), std::nullopt);
}

TEST(CurlTransport, HeadHasNoBody) {
  RawPeer peer("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n");
  const auto response = send(request("HEAD", peer.url("/")));
  ASSERT_TRUE(response.has_value()) << response.error().message;
  EXPECT_EQ(response->body, "");
  EXPECT_EQ(response->headers.find("content-length"), "10");
  EXPECT_THAT(peer.request(), StartsWith("HEAD / HTTP/1.1\r\n"));
}

TEST(CurlTransport, FollowsNoRedirect) {
  RawPeer peer("HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n");
  const auto response = send(request("GET", peer.url("/"), {{"Authorization", "OAuth x"}}));
  ASSERT_TRUE(response.has_value()) << response.error().message;
  EXPECT_EQ(response->status, 302);
  EXPECT_EQ(response->headers.find("Location"), "http://127.0.0.1:1/");
}

TEST(CurlTransport, ReachesAnIpv6Address) {
  const auto server = Server::start([](const Request& r) {
                        return Response{200, {}, r.url.text()};
                      }).value();
  const int socket = test::connect_to_ipv6(server->port());
  if (socket < 0) GTEST_SKIP() << "this machine has no ::1";
  ::close(socket);
  const auto url = fmt::format("http://[::1]:{}/six", server->port());
  const auto response = send(request("GET", url));
  ASSERT_TRUE(response.has_value()) << response.error().message;
  EXPECT_EQ(response->body, url);
}

TEST(CurlTransport, KeepsNoCookie) {
  const auto server =
      Server::start([](const Request& r) {
        return Response{
            200, {{"Set-Cookie", "a=b"}}, std::string(r.headers.find("Cookie").value_or("none"))};
      }).value();
  const auto transport = make_curl_transport({});
  for (int i = 0; i < 2; ++i) {
    const auto response = transport->send(request("GET", server->origin() + "/"));
    ASSERT_TRUE(response.has_value()) << response.error().message;
    EXPECT_EQ(response->body, "none");
  }
}

TEST(CurlTransport, LeavesNothingOfOneRequestInTheNext) {
  const auto server =
      Server::start([](const Request& r) {
        return Response{
            200, {}, r.method + r.body + std::string(r.headers.find("Authorization").value_or(""))};
      }).value();
  const auto transport = make_curl_transport({});
  const auto url = server->origin() + "/";
  EXPECT_EQ(transport->send(request("PUT", url, {{"Authorization", "A"}}, "body"))->body,
            "PUTbodyA");
  EXPECT_EQ(transport->send(request("HEAD", url))->body, "");
  EXPECT_EQ(transport->send(request("GET", url))->body, "GET");
}

TEST(CurlTransport, ServesSeveralThreadsAtOnce) {
  const auto server = Server::start([](const Request& r) {
                        return Response{200, {}, std::string(r.url.path())};
                      }).value();
  const auto transport = make_curl_transport({});
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&, t] {
      for (int i = 0; i < 20; ++i) {
        const auto path = fmt::format("/{}/{}", t, i);
        const auto response = transport->send(request("GET", server->origin() + path));
        EXPECT_TRUE(response.has_value() && response->body == path);
      }
    });
  }
  for (auto& thread : threads) thread.join();
}

TEST(CurlTransport, RefusesABodyOverTheLimit) {
  const std::string body(1001, 'x');
  const auto chunk = "HTTP/1.1 200 OK\r\n\r\n" + body;
  for (const auto& answer : {"HTTP/1.1 200 OK\r\nContent-Length: 1001\r\n\r\n" + body, chunk}) {
    RawPeer peer(answer);
    const auto error = failure(request("GET", peer.url("/")), {.max_body = 1000});
    EXPECT_EQ(error.code, ErrorCode::failed);
    EXPECT_EQ(error.message, "the answer of 127.0.0.1 is longer than 1000 bytes");
  }
  RawPeer peer("HTTP/1.1 200 OK\r\n\r\n" + body);
  EXPECT_TRUE(send(request("GET", peer.url("/")), {.max_body = 1001}));
}

TEST(CurlTransport, RefusesABodyThatIsCutShort) {
  for (const auto* answer :
       {"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabc",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n", ""}) {
    RawPeer peer(answer);
    const auto error = failure(request("GET", peer.url("/")));
    EXPECT_EQ(error.code, ErrorCode::unreachable) << answer;
    EXPECT_THAT(error.message,
                StartsWith(fmt::format("127.0.0.1:{} broke off its answer: ", peer.port())));
  }
}

TEST(CurlTransport, RefusesWhatIsNoHttp) {
  RawPeer peer("220 mail.example.com ESMTP\r\n");
  const auto error = failure(request("GET", peer.url("/")));
  EXPECT_EQ(error.code, ErrorCode::unreachable);
  EXPECT_THAT(error.message, StartsWith(fmt::format("no answer from 127.0.0.1:{}", peer.port())));
}

TEST(CurlTransport, SaysThatNobodyListens) {
  const auto [socket, port] = bind_free_port();
  const auto error = failure(request("GET", fmt::format("http://127.0.0.1:{}/", port)));
  EXPECT_EQ(error.code, ErrorCode::unreachable);
  EXPECT_THAT(error.message, AllOf(StartsWith(fmt::format("cannot connect to 127.0.0.1:{}", port)),
                                   HasSubstr("Connection refused")));
  ::close(socket);
}

TEST(CurlTransport, SaysThatTheHostIsUnknown) {
  // A label of 64 letters is in no name service: nothing is asked over the network.
  const auto host = std::string(64, 'x') + ".example";
  const ScopedVariable no_proxy("no_proxy", "*");
  const auto error = failure(request("GET", "http://" + host + "/"));
  EXPECT_EQ(error.code, ErrorCode::unreachable);
  EXPECT_EQ(error.message, "no address is known for the host " + host);
}

TEST(CurlTransport, RefusesAHeaderThatBreaksOut) {
  for (const auto& headers :
       {Headers{{"A", "b\r\nC: d"}}, Headers{{"A", "b\nC: d"}}, Headers{{"A", "b\r"}},
        Headers{{"A", std::string("b\0c", 3)}}, Headers{{"A", " b"}}, Headers{{"A\r\nB", "c"}},
        Headers{{"A:", "b"}}, Headers{{"", "b"}}, Headers{{"A B", "c"}}}) {
    const auto error = failure(request("GET", "http://127.0.0.1:1/", headers));
    EXPECT_EQ(error.code, ErrorCode::usage);
    EXPECT_THAT(error.message, AllOf(Not(HasSubstr("\n")), Not(HasSubstr("\r"))));
  }
}

TEST(CurlTransport, RefusesAHeaderThatItSetsItself) {
  for (const auto* name : {"host", "Content-Length", "transfer-encoding", "Connection"}) {
    const auto error = failure(request("GET", "http://127.0.0.1:1/", {{name, "1"}}));
    EXPECT_EQ(error.code, ErrorCode::usage);
    EXPECT_THAT(error.message, EndsWith("is set by the connection"));
  }
}

TEST(CurlTransport, RefusesAMethodThatIsNone) {
  for (const auto* method : {"", "GET /x HTTP/1.1\r\nA: b\r\n\r\n", "G T", "(x)"}) {
    EXPECT_EQ(failure(request(method, "http://127.0.0.1:1/")).code, ErrorCode::usage);
  }
  EXPECT_EQ(failure(request("HEAD", "http://127.0.0.1:1/", {}, "x")).message,
            "a HEAD request has no body");
}

TEST(CurlTransport, GoesThroughTheProxyItIsGiven) {
  const ScopedVariable no_proxy("no_proxy", "*");
  RawPeer proxy{std::string(empty_ok)};
  EXPECT_TRUE(send(request("GET", "http://jira.example.com/a/../%2f?x"),
                   {.proxy = fmt::format("http://127.0.0.1:{}", proxy.port())}));
  EXPECT_THAT(proxy.request(),
              AllOf(StartsWith("GET http://jira.example.com/a/../%2f?x HTTP/1.1\r\n"),
                    HasSubstr("Host: jira.example.com\r\n")));
}

TEST(CurlTransport, GoesThroughTheEnvironmentsProxyButNotToLoopback) {
  RawPeer proxy{std::string(empty_ok)};
  const ScopedVariable http_proxy("http_proxy", fmt::format("http://127.0.0.1:{}", proxy.port()));
  const ScopedVariable no_proxy("no_proxy", "other.example.com");
  EXPECT_THAT(sent("GET", "/here"), StartsWith("GET /here HTTP/1.1\r\n"));
  EXPECT_TRUE(send(request("GET", "http://jira.example.com/")));
  EXPECT_THAT(proxy.request(), StartsWith("GET http://jira.example.com/ HTTP/1.1\r\n"));
}

TEST(CurlTransport, TellsAProxyNothingOfASecureRequest) {
  RawPeer proxy("HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n");
  const auto error =
      failure(request("GET", "https://jira.example.com/secret", {{"Authorization", "OAuth token"}}),
              {.proxy = fmt::format("http://127.0.0.1:{}", proxy.port())});
  EXPECT_EQ(error.code, ErrorCode::unreachable);
  EXPECT_EQ(error.message, "the proxy does not lead to jira.example.com: it answered 407");
  EXPECT_THAT(proxy.request(), AllOf(StartsWith("CONNECT jira.example.com:443 HTTP/1.1\r\n"),
                                     Not(HasSubstr("secret")), Not(HasSubstr("OAuth"))));
}

TEST(CurlTransport, RepeatsNoProxyPassword) {
  for (const auto* proxy : {"odd://alice:sesame@h:1", "http://alice:sesame@[bad", "http://a b"}) {
    const auto error = failure(request("GET", "http://jira.example.com/"), {.proxy = proxy});
    EXPECT_THAT(error.message, AllOf(StartsWith("the proxy does not lead to jira.example.com"),
                                     Not(HasSubstr("sesame"))));
  }
}

// libcurl takes such a URL, and sends to the server itself.
TEST(CurlTransport, SendsNothingPastAProxyWhoseLoginIsNone) {
  for (const auto* proxy : {"http://alice:sesame%00@127.0.0.1:1", "http://%0A:sesame@127.0.0.1:1",
                            "socks5h://alice:sesame%0d%0aX@127.0.0.1:1"}) {
    const auto here = failure(request("GET", "http://127.0.0.1:1/"), {.proxy = proxy});
    EXPECT_EQ(here.code, ErrorCode::unreachable);
    EXPECT_EQ(here.message,
              "the proxy does not lead to 127.0.0.1:1: the login in its URL has a control "
              "character");
    for (const auto* name : {"https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"}) {
      const ScopedVariable variable(name, proxy);
      EXPECT_EQ(failure(request("GET", "https://jira.example.invalid/")).message,
                "the proxy does not lead to jira.example.invalid: the login in its URL has a "
                "control character")
          << name;
    }
  }
  const ScopedVariable variable("http_proxy", "http://alice:%00@127.0.0.1:1");
  RawPeer peer{std::string(empty_ok)};
  EXPECT_TRUE(send(request("GET", peer.url("/")))) << "this machine needs no proxy";
}

// libcurl takes no text of more than 8 MB: without this the request would go past the proxy.
TEST(CurlTransport, SendsNothingWhereASettingIsNotTaken) {
  RawPeer peer{std::string(empty_ok)};
  const auto what = request("GET", fmt::format("http://127.0.0.1:{}/", peer.port()));
  TransportOptions options;
  options.proxy = std::string(std::size_t{9} << 20, 'x');
  const auto refused = send(what, options);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::failed);
  EXPECT_THAT(refused.error().message, StartsWith("libcurl does not take a setting: "));
  EXPECT_FALSE(refused.error().hint.empty());
  EXPECT_TRUE(send(what)) << "the next one is not affected";
}

}  // namespace
}  // namespace applink::http

// The loopback server over real sockets: who is served, what is refused, and how it ends.
#include "http/server.h"

#include <array>
#include <atomic>
#include <cerrno>
#include <chrono>
#include <deque>
#include <future>
#include <stdexcept>

#include <fmt/format.h>
#include <gmock/gmock.h>

#include "support/loopback.h"

namespace applink::http {
namespace {

using test::connect_to;
using test::connect_to_ipv6;
using test::loopback_at;
using test::RawConnection;
using ::testing::AllOf;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;

/// Says back what reached the handler.
Response echo(const Request& request) {
  return {200,
          {{"Content-Type", "text/plain"}},
          fmt::format("{} {} auth={} body={}", request.method, request.url.text(),
                      request.headers.find("Authorization").value_or("none"), request.body)};
}

std::unique_ptr<Server> serve(Handler handler, ServerOptions options = {}) {
  auto server = Server::start(std::move(handler), options);
  EXPECT_TRUE(server.has_value()) << server.error().message;
  return std::move(server).value();
}

std::string ask(const Server& server, std::string_view bytes) {
  const RawConnection connection(connect_to(server.port()));
  connection.send(bytes);
  return connection.receive_all();
}

/// A request with the right Host.
std::string request_to(const Server& server, std::string_view line, std::string_view fields = {},
                       std::string_view body = {}) {
  return fmt::format("{} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\n{}\r\n{}", line, server.port(), fields,
                     body);
}

TEST(Server, HandsTargetFieldsAndBodyToTheHandlerAsTheyCame) {
  const auto server = serve(echo);
  const auto answer = ask(*server, request_to(*server, "PUT /a/../b%2Fc//;d?x=+%2b&&=",
                                              "Authorization: OAuth oauth_signature=\"a%2Bb+c\"\r\n"
                                              "Content-Length: 5\r\n",
                                              "%41+&"));
  EXPECT_THAT(answer, StartsWith("HTTP/1.1 200 OK\r\n"));
  EXPECT_THAT(answer, EndsWith(fmt::format("PUT {}/a/../b%2Fc//;d?x=+%2b&&= "
                                           "auth=OAuth oauth_signature=\"a%2Bb+c\" body=%41+&",
                                           server->origin())));
}

TEST(Server, TakesABodyWithEveryMethod) {
  const auto server = serve(echo);
  for (const auto* method : {"GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "PROPFIND"}) {
    const auto answer = ask(
        *server, request_to(*server, fmt::format("{} /", method), "Content-Length: 2\r\n", "ok"));
    EXPECT_THAT(answer, AllOf(HasSubstr(fmt::format("{} http://", method)), EndsWith("body=ok")));
  }
}

TEST(Server, TakesAFormOfManyKilobytes) {
  const auto server = serve(echo);
  const std::string form = "a=" + std::string(100000, 'x');
  const auto answer =
      ask(*server, request_to(*server, "POST /",
                              fmt::format("Content-Type: application/x-www-form-urlencoded\r\n"
                                          "Content-Length: {}\r\n",
                                          form.size()),
                              form));
  EXPECT_THAT(answer, AllOf(StartsWith("HTTP/1.1 200 "), EndsWith("body=" + form)));
}

TEST(Server, AnswersHeadWithoutABody) {
  const auto server = serve([](const Request&) { return Response{200, {}, "hello"}; });
  const auto answer = ask(*server, request_to(*server, "HEAD /"));
  EXPECT_THAT(answer, AllOf(HasSubstr("Content-Length: 5\r\n"), EndsWith("\r\n\r\n")));
}

TEST(Server, TellsAWaitingClientToGoOn) {
  const auto server = serve(echo);
  const RawConnection connection(connect_to(server->port()));
  connection.send(request_to(*server, "POST /", "Content-Length: 2\r\nExpect: 100-continue\r\n"));
  EXPECT_EQ(connection.receive_until("\r\n\r\n"), "HTTP/1.1 100 Continue\r\n\r\n");
  connection.send("ok");
  EXPECT_THAT(connection.receive_all(), EndsWith("body=ok"));
}

TEST(Server, ListensOnBothLoopbackAddresses) {
  const auto server = serve(echo);
  EXPECT_EQ(server->origin(), fmt::format("http://127.0.0.1:{}", server->port()));
  const int socket = connect_to_ipv6(server->port());
  if (socket < 0) GTEST_SKIP() << "this machine has no ::1";
  const RawConnection connection(socket);
  const auto host = fmt::format("[::1]:{}", server->port());
  connection.send(fmt::format("GET /six HTTP/1.1\r\nHost: {}\r\n\r\n", host));
  EXPECT_THAT(connection.receive_all(), HasSubstr(fmt::format("GET http://{}/six ", host)));
}

TEST(Server, AnswersToItsOwnNamesOnly) {
  const auto server = serve(echo);
  const auto port = server->port();
  for (const auto* name : {"127.0.0.1", "[::1]", "localhost", "LOCALHOST"}) {
    EXPECT_THAT(ask(*server, fmt::format("GET / HTTP/1.1\r\nHost: {}:{}\r\n\r\n", name, port)),
                StartsWith("HTTP/1.1 200 "));
  }
  for (const auto& host :
       {fmt::format("evil.example:{}", port), fmt::format("127.0.0.2:{}", port),
        fmt::format("127.0.0.1:{}", port ^ 1), std::string("127.0.0.1"), std::string("localhost"),
        fmt::format("127.0.0.1.evil.example:{}", port), fmt::format("a@127.0.0.1:{}", port),
        fmt::format("[::1]:{}0", port), fmt::format("0.0.0.0:{}", port), std::string()}) {
    EXPECT_THAT(ask(*server, fmt::format("GET / HTTP/1.1\r\nHost: {}\r\n\r\n", host)),
                StartsWith("HTTP/1.1 421 Misdirected Request\r\n"))
        << host;
  }
}

TEST(Server, RefusesARequestWithoutOneHost) {
  const auto server = serve(echo);
  EXPECT_THAT(ask(*server, "GET / HTTP/1.1\r\n\r\n"), StartsWith("HTTP/1.1 400 "));
  const auto host = fmt::format("Host: 127.0.0.1:{}\r\n", server->port());
  EXPECT_THAT(ask(*server, "GET / HTTP/1.1\r\n" + host + host + "\r\n"),
              StartsWith("HTTP/1.1 400 "));
}

TEST(Server, RefusesWhatIsNoRequest) {
  std::atomic<int> handled = 0;
  const auto server = serve([&handled](const Request&) {
    ++handled;
    return Response{200, {}, ""};
  });
  EXPECT_THAT(ask(*server, "nonsense\r\n\r\n"), StartsWith("HTTP/1.1 400 Bad Request\r\n"));
  EXPECT_THAT(ask(*server, "\x16\x03\x01\n"), StartsWith("HTTP/1.1 400 "));
  EXPECT_THAT(ask(*server, request_to(*server, "GET /[a]")), StartsWith("HTTP/1.1 400 "));
  EXPECT_THAT(ask(*server, request_to(*server, "GET /%zz")), StartsWith("HTTP/1.1 400 "));
  EXPECT_THAT(ask(*server, request_to(*server, "GET http://h/")), StartsWith("HTTP/1.1 400 "));
  EXPECT_THAT(ask(*server, request_to(*server, "GET /", "a : b\r\n")), StartsWith("HTTP/1.1 400 "));
  EXPECT_EQ(handled, 0);
}

TEST(Server, RefusesWhatIsTooLongAndTheClientHearsIt) {
  const auto server = serve(echo, {.max_body = 100000});
  EXPECT_THAT(ask(*server, "GET /" + std::string(1 << 20, 'a')), StartsWith("HTTP/1.1 431 "));
  const std::string body(1 << 20, 'x');
  EXPECT_THAT(ask(*server, request_to(*server, "POST /", "Content-Length: 1048576\r\n", body)),
              StartsWith("HTTP/1.1 413 Content Too Large\r\n"));
  EXPECT_THAT(ask(*server, request_to(*server, "POST /", "Transfer-Encoding: chunked\r\n",
                                      "100000\r\n" + body + "\r\n0\r\n\r\n")),
              StartsWith("HTTP/1.1 413 "));
}

TEST(Server, ServesOneRequestAConnection) {
  std::atomic<int> handled = 0;
  const auto server = serve([&handled](const Request&) {
    ++handled;
    return Response{200, {}, "once"};
  });
  const auto one = request_to(*server, "GET /");
  EXPECT_THAT(ask(*server, one + one), EndsWith("Connection: close\r\n\r\nonce"));
  EXPECT_EQ(handled, 1);
}

TEST(Server, GivesUpOnASlowClient) {
  const auto server = serve(echo, {.patience = std::chrono::milliseconds(30), .workers = 1});
  const RawConnection silent(connect_to(server->port()));
  EXPECT_THAT(silent.receive_all(), IsEmpty());
  const RawConnection slow(connect_to(server->port()));
  slow.send("GET / HTTP/1.1\r\nHost:");
  EXPECT_THAT(slow.receive_all(), StartsWith("HTTP/1.1 408 Request Timeout\r\n"));
  const RawConnection short_body(connect_to(server->port()));
  short_body.send(request_to(*server, "POST /", "Content-Length: 10\r\n", "abc"));
  EXPECT_THAT(short_body.receive_all(), StartsWith("HTTP/1.1 408 "));
  EXPECT_THAT(ask(*server, request_to(*server, "GET /")), StartsWith("HTTP/1.1 200 "));
}

TEST(Server, ManySilentConnectionsDoNotHoldUpARealOne) {
  const auto server = serve(echo, {.patience = std::chrono::hours(1),
                                   .first_byte = std::chrono::milliseconds(20),
                                   .workers = 1});
  std::deque<RawConnection> silent;
  for (int i = 0; i < 31; ++i) silent.emplace_back(connect_to(server->port()));
  EXPECT_THAT(ask(*server, request_to(*server, "GET /")), StartsWith("HTTP/1.1 200 "));
  for (const auto& connection : silent) EXPECT_THAT(connection.receive_all(), IsEmpty());
}

TEST(Server, WaitsForTheRestOfARequestThatHasBegun) {
  const auto server = serve(echo, {.patience = std::chrono::hours(1)});
  const RawConnection begun(connect_to(server->port()));
  begun.send("GET / HTTP/1.1\r\n");
  const RawConnection silent(connect_to(server->port()));
  EXPECT_THAT(silent.receive_all(), IsEmpty());
  begun.send(fmt::format("Host: 127.0.0.1:{}\r\n\r\n", server->port()));
  EXPECT_THAT(begun.receive_all(), StartsWith("HTTP/1.1 200 "));
}

TEST(Server, SurvivesAClientThatGoesAway) {
  const auto server = serve(
      [](const Request&) {
        return Response{200, {}, std::string(8 << 20, 'x')};
      },
      {.workers = 1});
  for (int i = 0; i < 3; ++i) {
    const RawConnection connection(connect_to(server->port()));
    connection.send(request_to(*server, "GET /"));
  }
  EXPECT_THAT(ask(*server, request_to(*server, "HEAD /")), StartsWith("HTTP/1.1 200 "));
}

TEST(Server, AnswersForAHandlerThatThrows) {
  const auto server = serve([](const Request& request) -> Response {
    if (request.method == "GET") throw std::runtime_error("secret detail");
    throw 7;
  });
  const auto answer = ask(*server, request_to(*server, "GET /"));
  EXPECT_THAT(answer, StartsWith("HTTP/1.1 500 Internal Server Error\r\n"));
  EXPECT_THAT(answer, ::testing::Not(HasSubstr("secret detail")));
  EXPECT_THAT(ask(*server, request_to(*server, "POST /")), StartsWith("HTTP/1.1 500 "));
}

TEST(Server, ProtectsEveryAnswer) {
  const auto server = serve(echo);
  for (const auto& bytes : {request_to(*server, "GET /"), std::string("nonsense\r\n\r\n")}) {
    EXPECT_THAT(
        ask(*server, bytes),
        AllOf(HasSubstr("Referrer-Policy: no-referrer\r\n"), HasSubstr("nosniff\r\n"),
              HasSubstr("Cache-Control: no-store\r\n"), HasSubstr("frame-ancestors 'none'")));
  }
}

/// Bytes and pauses, as the test has them.
std::unique_ptr<Server> serve_raw(RawAnswer answer, ServerOptions options = {}) {
  return serve([answer = std::move(answer)](const Request&) { return answer; }, std::move(options));
}

TEST(Server, SendsARawAnswerAsItIs) {
  using namespace std::chrono_literals;
  const auto server =
      serve_raw({{{"NOT/HTTP \r\n", 1ms}, {"x\xff", 1ms, 3}, {std::string("\0end", 4)}}});
  EXPECT_EQ(ask(*server, request_to(*server, "GET /")),
            std::string("NOT/HTTP \r\nx\xffx\xffx\xff\0end", 21));
}

TEST(Server, EndsARawAnswerWithAReset) {
  RawAnswer answer{{{"HTTP/1.1 200 OK\r\n"}}};
  answer.end = RawAnswer::End::reset;
  const auto server = serve_raw(answer);
  const int socket = connect_to(server->port());
  const RawConnection connection(socket);
  connection.send(request_to(*server, "GET /"));
  // Whether the bytes before are still heard is the kernel's choice; the end is an error.
  std::array<char, 64> buffer{};
  ssize_t size = 1;
  while (size > 0) size = ::recv(socket, buffer.data(), buffer.size(), 0);
  EXPECT_EQ(size, -1);
  EXPECT_EQ(errno, ECONNRESET);
}

TEST(Server, APauseEndsWhenThePeerLeaves) {
  const auto server = serve_raw({{{"begun", std::chrono::hours(1)}}}, {.workers = 1});
  for (int i = 0; i < 3; ++i) {
    const RawConnection connection(connect_to(server->port()));
    connection.send(request_to(*server, "GET /"));
    EXPECT_EQ(connection.receive_until("begun"), "begun");
  }
}

TEST(Server, APauseEndsWhenTheServerStops) {
  const auto server = serve_raw({{{"begun", std::chrono::hours(1)}, {"never"}}});
  const RawConnection connection(connect_to(server->port()));
  connection.send(request_to(*server, "GET /"));
  EXPECT_EQ(connection.receive_until("begun"), "begun");
  server->stop();
  EXPECT_THAT(connection.receive_all(), IsEmpty());
}

TEST(Server, AnEndlessAnswerEndsWhenNobodyReadsItAndTheServerStops) {
  const auto server = serve_raw({{{std::string(1 << 16, 'x'), {}, SIZE_MAX}}});
  const RawConnection connection(connect_to(server->port()));
  connection.send(request_to(*server, "GET /"));
  EXPECT_THAT(connection.receive_until("x"), StartsWith("x"));
  server->stop();
}

TEST(Server, ARawAnswerHasALongestTime) {
  const auto server = serve_raw({{{"x", std::chrono::milliseconds(1), SIZE_MAX}}},
                                {.longest_raw_answer = std::chrono::milliseconds(30)});
  const auto answer = ask(*server, request_to(*server, "GET /"));
  EXPECT_THAT(answer, StartsWith("x"));
  EXPECT_LE(answer.size(), 31U);
}

TEST(Server, AnswersToFurtherHostsItIsToldOf) {
  const auto server =
      serve(echo, {.other_hosts = {"jira.example.com:*", "hub.example.com:8443", "[::1]:*"}});
  for (const auto* host :
       {"jira.example.com", "Jira.Example.com:8443", "[::1]:1", "[::1]", "hub.example.com:8443"}) {
    EXPECT_THAT(
        ask(*server, fmt::format("GET / HTTP/1.1\r\nHost: {}\r\n\r\n", host)),
        AllOf(StartsWith("HTTP/1.1 200 "), HasSubstr(fmt::format("GET http://{}/ ", host))));
  }
  for (const auto* host :
       {"evil.example.com", "jira.example.com.evil.example", "127.0.0.1:1", "evil.example:1",
        "xjira.example.com:8443", ":8443", "hub.example.com", "hub.example.com:1"}) {
    EXPECT_THAT(ask(*server, fmt::format("GET / HTTP/1.1\r\nHost: {}\r\n\r\n", host)),
                StartsWith("HTTP/1.1 421 "))
        << host;
  }
}

TEST(Server, ServesAtTheSameTime) {
  // Each handler waits for the other: one after the other, neither would end.
  std::promise<void> first;
  std::promise<void> second;
  const auto server = serve([&](const Request& request) {
    auto& mine = request.url.path() == "/1" ? first : second;
    auto& other = request.url.path() == "/1" ? second : first;
    mine.set_value();
    other.get_future().wait();
    return Response{200, {}, "met"};
  });
  const RawConnection one(connect_to(server->port()));
  const RawConnection two(connect_to(server->port()));
  one.send(request_to(*server, "GET /1"));
  two.send(request_to(*server, "GET /2"));
  EXPECT_THAT(one.receive_all(), EndsWith("met"));
  EXPECT_THAT(two.receive_all(), EndsWith("met"));
}

TEST(Server, TwoRunSideBySide) {
  const auto one = serve([](const Request&) { return Response{200, {}, "one"}; });
  const auto two = serve([](const Request&) { return Response{200, {}, "two"}; });
  EXPECT_NE(one->port(), two->port());
  EXPECT_THAT(ask(*one, request_to(*one, "GET /")), EndsWith("one"));
  EXPECT_THAT(ask(*two, request_to(*two, "GET /")), EndsWith("two"));
  EXPECT_THAT(ask(*one, request_to(*two, "GET /")), StartsWith("HTTP/1.1 421 "));
}

TEST(Server, SaysThatAPortIsTaken) {
  const auto server = serve(echo);
  const auto second = Server::start(echo, {.port = server->port()});
  ASSERT_FALSE(second.has_value());
  EXPECT_EQ(second.error().code, ErrorCode::failed);
  EXPECT_EQ(
      second.error().message,
      fmt::format("cannot listen on loopback at port {}: Address already in use", server->port()));
  EXPECT_EQ(second.error().hint, "choose another port, or 0 for any that is free");
}

TEST(Server, TakesItsPortAgainAtOnce) {
  auto server = serve(echo);
  const auto port = server->port();
  EXPECT_THAT(ask(*server, request_to(*server, "GET /")), StartsWith("HTTP/1.1 200 "));
  server.reset();
  const auto again = serve(echo, {.port = port});
  EXPECT_EQ(again->port(), port);
}

TEST(Server, StopsAtOnceWhileConnectionsAreOpen) {
  const auto server = serve(echo, {.patience = std::chrono::hours(1)});
  const RawConnection idle(connect_to(server->port()));
  const RawConnection half(connect_to(server->port()));
  half.send("GET / HTTP/1.1\r\n");
  server->stop();
  EXPECT_THAT(idle.receive_all(), IsEmpty());
  EXPECT_THAT(half.receive_all(), IsEmpty());
  server->stop();
}

TEST(Server, FinishesTheAnswerItHasBegunBeforeItStops) {
  std::promise<void> entered;
  std::promise<void> go_on;
  const auto server = serve([&](const Request&) {
    entered.set_value();
    go_on.get_future().wait();
    return Response{200, {}, "finished"};
  });
  const RawConnection connection(connect_to(server->port()));
  connection.send(request_to(*server, "GET /"));
  entered.get_future().wait();
  auto stopped = std::async(std::launch::async, [&server] { server->stop(); });
  go_on.set_value();
  EXPECT_THAT(connection.receive_all(), EndsWith("finished"));
  stopped.wait();
}

TEST(Server, RefusesConnectionsOnceStopped) {
  const auto server = serve(echo);
  server->stop();
  const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const auto address = loopback_at(server->port());
  EXPECT_NE(::connect(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
  ::close(socket);
}

}  // namespace
}  // namespace applink::http

// The client on a wire that misbehaves: time limits, garbled answers, proxies, versions of HTTP.
#include <chrono>
#include <vector>

#include <fmt/format.h>
#include <gmock/gmock.h>

#include "applink/base/files.h"
#include "applink/crypto/certificate.h"
#include "applink/crypto/key_formats.h"
#include "applink/http/curl_transport.h"
#include "crypto/loopback_identity.h"
#include "crypto/tls_server.h"
#include "http/server.h"
#include "support/http2_peer.h"
#include "support/keys.h"
#include "support/loopback.h"
#include "support/scoped_variable.h"
#include "support/scripted_peer.h"
#include "support/temp_dir.h"
#include "support/this_second.h"

namespace applink::http {
namespace {

using test::this_second;
using namespace std::chrono_literals;
using test::bind_free_port;
using test::connect_to;
using test::Http2Peer;
using test::RawConnection;
using test::RawPeer;
using test::ScopedVariable;
using test::ScriptedPeer;
using test::TempDir;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::StartsWith;

class WireTest : public ::testing::Test {
 protected:
  WireTest() { options_.ca_file = file("ca.pem", identity_.authority_pem); }

  std::filesystem::path file(std::string_view name, std::string_view text) {
    auto path = directory_ / name;
    EXPECT_TRUE(write_new_file(path, text, FileMode::private_file));
    return path;
  }

  [[nodiscard]] Result<Response> get(const std::string& url, Headers headers = {}) const {
    return make_curl_transport(options_)->send(
        {"GET", Url::parse(url).value(), std::move(headers), ""});
  }
  [[nodiscard]] Error failure(const std::string& url, Headers headers = {}) const {
    const auto response = get(url, std::move(headers));
    EXPECT_FALSE(response.has_value()) << url;
    if (response) return {};
    EXPECT_FALSE(response.error().hint.empty()) << response.error().message;
    return response.error();
  }
  [[nodiscard]] std::string unreachable(const std::string& url) const {
    const auto error = failure(url);
    EXPECT_EQ(error.code, ErrorCode::unreachable) << error.message;
    return error.message;
  }

  TempDir directory_;
  crypto::LoopbackIdentity identity_ = crypto::make_loopback_identity(this_second());
  TransportOptions options_;
};

class TimeLimits : public WireTest {};

TEST_F(TimeLimits, ToConnect) {
  // A queue of one that is full: the next one's SYN is dropped, as by a firewall.
  const auto [listener, port] = bind_free_port();
  ASSERT_EQ(::listen(listener, 0), 0);
  const RawConnection waiting(connect_to(port));
  options_.connect_timeout = 50ms;
  EXPECT_EQ(unreachable(fmt::format("http://127.0.0.1:{}/", port)),
            fmt::format("no connection to 127.0.0.1:{} within 0.05 s", port));
  ::close(listener);
}

TEST_F(TimeLimits, ToBeginTls) {
  const ScriptedPeer silent([](const RawConnection& peer) { (void)peer.receive_all(); });
  options_.connect_timeout = 50ms;
  EXPECT_EQ(unreachable(fmt::format("https://127.0.0.1:{}/", silent.port())),
            fmt::format("no TLS connection to 127.0.0.1:{} within 0.05 s", silent.port()));
}

TEST_F(TimeLimits, ToAnswer) {
  const ScriptedPeer silent([](const RawConnection& peer) { (void)peer.receive_all(); });
  options_.timeout = 50ms;
  EXPECT_EQ(unreachable(fmt::format("http://127.0.0.1:{}/", silent.port())),
            fmt::format("127.0.0.1:{} did not answer within 0.05 s", silent.port()));
}

TEST_F(TimeLimits, ToFinishTheAnswerHoweverLivelyItIs) {
  for (const auto* head : {"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n", "HTTP/1.1 20"}) {
    const auto server = Server::start([head](const Request&) {
      return RawAnswer{{{head}, {"x", 5ms, 100000}}};
    });
    options_.timeout = 80ms;
    const auto message = unreachable(server.value()->origin() + "/");
    EXPECT_THAT(message, HasSubstr(" within 0.08 s")) << head;
  }
}

class GarbledAnswer : public WireTest {
 protected:
  [[nodiscard]] Error failure_of(std::string answer, Headers headers = {}) const {
    RawPeer peer(std::move(answer));
    return failure(peer.url("/"), std::move(headers));
  }
};

TEST_F(GarbledAnswer, IsReadToTheLimitAndNoFurther) {
  const auto server = Server::start([](const Request&) {
    return RawAnswer{{{"HTTP/1.1 200 OK\r\n\r\n"}, {std::string(65536, 'x'), 0ms, SIZE_MAX}}};
  });
  options_.max_body = 200000;
  const auto error = failure(server.value()->origin() + "/");
  EXPECT_EQ(error.code, ErrorCode::failed);
  EXPECT_EQ(error.message, "the answer of 127.0.0.1 is longer than 200000 bytes");
}

TEST_F(GarbledAnswer, IsRefusedWhereItHasTwoLengths) {
  const auto error =
      failure_of("HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Length: 5\r\n\r\nabcde");
  EXPECT_EQ(error.code, ErrorCode::failed);
  EXPECT_EQ(error.message, "the answer of 127.0.0.1 has more than one Content-Length");
}

TEST_F(GarbledAnswer, IsRefusedWhereItsLengthIsNoNumber) {
  for (const std::string length : {"99999999999999999999999", "5x", "0x5"}) {
    const auto error = failure_of("HTTP/1.1 200 OK\r\nContent-Length: " + length + "\r\n\r\nhello");
    EXPECT_EQ(error.code, ErrorCode::failed) << length;
  }
}

TEST_F(GarbledAnswer, IsRefusedWhereItsHeadHasNoEnd) {
  for (const auto* head : {"HTTP/1.1 204 No Content\r\nConnection: close\r\n",
                           "HTTP/1.1 204 No Content\r\nConn", "HTTP/1.1 200 OK\r\n"}) {
    const auto error = failure_of(head);
    EXPECT_EQ(error.code, ErrorCode::unreachable) << head;
    EXPECT_THAT(error.message, HasSubstr("broke off its answer: ")) << head;
  }
}

TEST_F(GarbledAnswer, MayRepeatOneLength) {
  RawPeer peer("HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Length: 3\r\n\r\nabc");
  const auto response = get(peer.url("/"));
  ASSERT_TRUE(response.has_value()) << response.error().message;
  EXPECT_EQ(response->body, "abc");
}

TEST_F(GarbledAnswer, IsRefusedInACodingThatNobodyAskedFor) {
  const std::string coded =
      "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\n\x1f\x8bxy";
  const auto error = failure_of(coded);
  EXPECT_EQ(error.code, ErrorCode::failed);
  EXPECT_EQ(error.message, "127.0.0.1 answered 200 in the coding \"gzip\", which nobody asked for");
  RawPeer peer(coded);
  const auto asked = get(peer.url("/"), {{"Accept-Encoding", "gzip"}});
  ASSERT_TRUE(asked.has_value()) << asked.error().message;
  EXPECT_EQ(asked->body, "\x1f\x8bxy");
  RawPeer plain("HTTP/1.1 200 OK\r\nContent-Encoding: identity\r\nContent-Length: 0\r\n\r\n");
  EXPECT_TRUE(get(plain.url("/")).has_value());
}

TEST_F(GarbledAnswer, IsRefusedInBrokenChunks) {
  for (const auto* chunks : {"zz\r\nabc\r\n0\r\n\r\n", "-1\r\nabc", "3\r\nabcdef\r\n0\r\n\r\n",
                             "fffffffffffffffff\r\nabc"}) {
    const auto error =
        failure_of(fmt::format("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n{}", chunks));
    EXPECT_EQ(error.code, ErrorCode::unreachable) << chunks;
    EXPECT_THAT(error.message, HasSubstr("broke off its answer: ")) << chunks;
  }
}

TEST_F(GarbledAnswer, IsRefusedWhereTheConnectionIsReset) {
  const auto server = Server::start([](const Request&) {
    return RawAnswer{{{"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc", 1ms}},
                     RawAnswer::End::reset};
  });
  EXPECT_THAT(unreachable(server.value()->origin() + "/"), HasSubstr("broke off its answer: "));
}

TEST_F(GarbledAnswer, MayHaveBytesThatAreNoText) {
  RawPeer peer("HTTP/1.1 200 OK\r\nX-Odd: \xff\xfe\r\nContent-Length: 2\r\n\r\n\xc3\x28");
  const auto response = get(peer.url("/"));
  ASSERT_TRUE(response.has_value()) << response.error().message;
  EXPECT_EQ(response->body, "\xc3\x28");
  EXPECT_EQ(response->headers.find("X-Odd"), "\xff\xfe");
}

class ClientCertificate : public WireTest {
 protected:
  ClientCertificate() {
    const auto key = test::key_file("pkcs1.pem");
    const auto certificate = crypto::self_signed_certificate(
        key, "client", this_second() - std::chrono::days(1), std::chrono::days(2));
    certificate_ = certificate.value().to_pem();
    key_ = std::string(crypto::to_pkcs8_pem(key).reveal());
    server_ = serve(certificate_);
  }

  [[nodiscard]] std::unique_ptr<Server> serve(std::string client_ca) const {
    ServerOptions options;
    options.tls =
        crypto::TlsServer::create(
            {identity_.certificate_pem, identity_.private_key_pem.copy(), std::move(client_ca)})
            .value();
    return Server::start(
               [](const Request&) {
                 return Response{200, {}, "welcome"};
               },
               std::move(options))
        .value();
  }

  std::string certificate_;
  std::string key_;
  std::unique_ptr<Server> server_;
};

TEST_F(ClientCertificate, IsShownFromTwoFilesOrOne) {
  options_.client_certificate = file("client.pem", certificate_);
  options_.client_key = file("client.key", key_);
  const auto from_two = get(server_->origin() + "/");
  ASSERT_TRUE(from_two.has_value()) << from_two.error().message;
  EXPECT_EQ(from_two->body, "welcome");
  options_.client_certificate = file("both.pem", certificate_ + key_);
  options_.client_key.clear();
  const auto from_one = get(server_->origin() + "/");
  ASSERT_TRUE(from_one.has_value()) << from_one.error().message;
}

TEST_F(ClientCertificate, IsMissed) {
  const auto error = failure(server_->origin() + "/");
  EXPECT_EQ(error.code, ErrorCode::unreachable);
  EXPECT_EQ(error.message,
            fmt::format("127.0.0.1:{} demands a client certificate", server_->port()));
  EXPECT_THAT(error.hint, HasSubstr("--client-certificate FILE"));
}

TEST_F(ClientCertificate, IsNotAccepted) {
  const auto strict = serve(crypto::make_loopback_identity(this_second()).authority_pem);
  options_.client_certificate = file("both.pem", certificate_ + key_);
  EXPECT_THAT(unreachable(strict->origin() + "/"),
              StartsWith(fmt::format("127.0.0.1:{} does not accept the client certificate in {}: ",
                                     strict->port(), options_.client_certificate.string())));
}

TEST_F(ClientCertificate, CannotBeUsed) {
  const auto cannot = [this] {
    const auto error = failure(server_->origin() + "/");
    EXPECT_EQ(error.code, ErrorCode::failed) << error.message;
    EXPECT_THAT(error.message, HasSubstr("cannot be used: "));
  };
  options_.client_certificate = directory_ / "missing.pem";
  cannot();
  options_.client_certificate = file("client.pem", certificate_);
  cannot();  // there is no key in it
  options_.client_key = file("other.key", identity_.private_key_pem.reveal());
  cannot();  // it is another's
  options_.client_key = std::filesystem::path(APPLINK_TESTS) / "data/keys/encrypted_pkcs8.pem";
  cannot();  // and nobody is asked for its passphrase
}

class Http2 : public WireTest {
 protected:
  [[nodiscard]] std::unique_ptr<Http2Peer> peer(Http2Peer::Answer answer) const {
    return std::make_unique<Http2Peer>(identity_.certificate_pem,
                                       identity_.private_key_pem.reveal(), answer);
  }
  static std::string url_of(const Http2Peer& peer) {
    return fmt::format("https://127.0.0.1:{}/", peer.port());
  }
};

TEST_F(Http2, IsSpokenWhereBothSidesCan) {
  for (const auto version : {HttpVersion::automatic, HttpVersion::http_2}) {
    options_.http_version = version;
    const auto server = peer(Http2Peer::Answer::ok);
    const auto response = get(url_of(*server));
    ASSERT_TRUE(response.has_value()) << response.error().message;
    EXPECT_EQ(response->status, 204);
    EXPECT_EQ(server->requests_by_http2(), 1);
  }
}

TEST_F(Http2, IsNotSpokenWhereTheLinkSaysSo) {
  options_.http_version = HttpVersion::http_1_1;
  const auto server = peer(Http2Peer::Answer::ok);
  const auto response = get(url_of(*server));
  ASSERT_TRUE(response.has_value()) << response.error().message;
  EXPECT_EQ(response->status, 204);
  EXPECT_EQ(server->requests(), 1);
  EXPECT_EQ(server->requests_by_http2(), 0);
}

TEST_F(Http2, AloneReachesNoOlderServer) {
  std::atomic<int> handled = 0;
  ServerOptions options;
  options.patience = 200ms;
  options.tls =
      crypto::TlsServer::create({identity_.certificate_pem, identity_.private_key_pem.copy(), ""})
          .value();
  const auto server = Server::start(
      [&handled](const Request&) {
        ++handled;
        return Response{200, {}, ""};
      },
      std::move(options));
  options_.http_version = HttpVersion::http_2;
  EXPECT_THAT(unreachable(server.value()->origin() + "/"), HasSubstr("127.0.0.1"));
  EXPECT_EQ(handled, 0);
}

TEST_F(Http2, NeverCarriesOneSignatureTwice) {
  // By itself, libcurl would connect again at once.
  const auto refusing = peer(Http2Peer::Answer::refused_stream);
  EXPECT_EQ(unreachable(url_of(*refusing)),
            fmt::format("127.0.0.1:{} turned the request away unread", refusing->port()));
  EXPECT_EQ(refusing->requests(), 1);
  const auto leaving = peer(Http2Peer::Answer::going_away);
  EXPECT_THAT(unreachable(url_of(*leaving)), HasSubstr("broke off its answer: "));
  EXPECT_EQ(leaving->requests(), 1);
}

class IpVersions : public WireTest {};

TEST_F(IpVersions, AreChosen) {
  // At 127.0.0.1 alone.
  RawPeer peer("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
  const auto url = fmt::format("http://localhost:{}/", peer.port());
  options_.ip_version = IpVersion::v6;
  EXPECT_THAT(unreachable(url), HasSubstr("localhost"));
  options_.ip_version = IpVersion::v4;
  EXPECT_TRUE(get(url).has_value());
}

class Proxies : public WireTest {
 protected:
  static std::string at(std::string_view scheme, std::uint16_t port) {
    return fmt::format("{}://127.0.0.1:{}", scheme, port);
  }
};

TEST_F(Proxies, ThatNobodyRunsAreNamed) {
  const auto [socket, port] = bind_free_port();
  for (const auto* scheme : {"http", "https", "socks5h"}) {
    options_.proxy = at(scheme, port);
    EXPECT_THAT(unreachable("http://jira.example.com/"),
                AllOf(StartsWith("the proxy does not lead to jira.example.com: "),
                      HasSubstr("Connection refused")));
  }
  ::close(socket);
}

TEST_F(Proxies, ThatDoNotAnswerAreNamed) {
  const ScriptedPeer silent([](const RawConnection& peer) { (void)peer.receive_all(); });
  options_.proxy = at("http", silent.port());
  options_.timeout = 50ms;
  EXPECT_THAT(unreachable("https://jira.example.com/"),
              StartsWith("the proxy does not lead to jira.example.com: "));
}

TEST_F(Proxies, MayBeAskedByTls) {
  const auto server = Server::start(
      [](const Request&) {
        return Response{200, {}, "proxied"};
      },
      [&] {
        ServerOptions options;
        options.tls = crypto::TlsServer::create(
                          {identity_.certificate_pem, identity_.private_key_pem.copy(), ""})
                          .value();
        return options;
      }());
  options_.proxy = at("https", server.value()->port());
  // This one is no proxy, and answers 400 to an absolute target: it was asked, and by TLS.
  const auto response = get("http://jira.example.com/");
  ASSERT_TRUE(response.has_value()) << response.error().message;
  EXPECT_EQ(response->status, 400);
  const auto other = crypto::make_loopback_identity(this_second());
  options_.ca_file = file("other.pem", other.authority_pem);
  const auto error = failure("http://jira.example.com/");
  EXPECT_EQ(error.message,
            "the proxy does not lead to jira.example.com: its certificate is not trusted");
  EXPECT_THAT(error.hint, HasSubstr("--ca-file"));
}

TEST_F(Proxies, MayBeSocks) {
  std::string wanted;
  const ScriptedPeer proxy([&wanted](const RawConnection& peer) {
    using namespace std::string_view_literals;
    (void)peer.receive_until("\x05"sv);
    peer.send("\x05\x00"sv);                    // no login
    wanted = peer.receive_until("\x00\x50"sv);  // ends with port 80
    peer.send("\x05\x00\x00\x01\x7f\x00\x00\x01\x00\x50"sv);
    (void)peer.receive_until("\r\n\r\n");
    peer.send("HTTP/1.1 200 OK\r\nContent-Length: 5\r\nConnection: close\r\n\r\nsocks");
  });
  options_.proxy = at("socks5h", proxy.port());
  const auto response = get("http://jira.example.com/");
  ASSERT_TRUE(response.has_value()) << response.error().message;
  EXPECT_EQ(response->body, "socks");
  EXPECT_THAT(wanted, HasSubstr("jira.example.com"));
}

TEST_F(Proxies, ThatRefuseBySocksAreNamed) {
  const ScriptedPeer proxy([](const RawConnection& peer) {
    using namespace std::string_view_literals;
    (void)peer.receive_until("\x05"sv);
    peer.send("\x05\xff"sv);  // no method of yours
  });
  options_.proxy = at("socks5h", proxy.port());
  EXPECT_THAT(unreachable("http://jira.example.com/"),
              StartsWith("the proxy does not lead to jira.example.com: "));
}

TEST_F(Proxies, ThatWantALoginAreNamed) {
  for (const auto* url : {"http://jira.example.com/", "https://jira.example.com/"}) {
    RawPeer proxy("HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n");
    options_.proxy = at("http", proxy.port());
    EXPECT_EQ(unreachable(url), "the proxy does not lead to jira.example.com: it answered 407");
  }
}

TEST_F(Proxies, TakeALoginFromTheirUrl) {
  RawPeer proxy("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
  options_.proxy = fmt::format("http://alice:s%40d@127.0.0.1:{}", proxy.port());
  EXPECT_TRUE(get("http://jira.example.com/").has_value());
  // base64 of "alice:s@d"
  EXPECT_THAT(proxy.request(), HasSubstr("Proxy-Authorization: Basic YWxpY2U6c0Bk\r\n"));
}

TEST_F(Proxies, OfTheEnvironmentTakeALogin) {
  RawPeer proxy("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
  const ScopedVariable http_proxy("http_proxy",
                                  fmt::format("http://al%69ce:s%40d@127.0.0.1:{}", proxy.port()));
  const ScopedVariable no_proxy("no_proxy", "");
  EXPECT_TRUE(get("http://jira.example.com/").has_value());
  // base64 of "alice:s@d"
  EXPECT_THAT(proxy.request(), HasSubstr("Proxy-Authorization: Basic YWxpY2U6c0Bk\r\n"));
}

TEST_F(Proxies, OfTheEnvironmentArePassedBy) {
  RawPeer proxy("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
  const ScopedVariable http_proxy("http_proxy", at("http", proxy.port()));
  // The name is resolved nowhere: a label of 64 letters is in no name service.
  const auto host = std::string(64, 'x') + ".example.com";
  for (const auto* direct : {"example.com", ".example.com", "*"}) {
    const ScopedVariable no_proxy("no_proxy", direct);
    EXPECT_EQ(unreachable("http://" + host + "/"), "no address is known for the host " + host);
  }
  const ScopedVariable no_proxy("no_proxy", "ample.com,other.example.com");
  EXPECT_TRUE(get("http://" + host + "/").has_value());
  EXPECT_THAT(proxy.request(), StartsWith("GET http://" + host + "/ HTTP/1.1\r\n"));
}

}  // namespace
}  // namespace applink::http

// The loopback server in TLS, heard by libcurl: what it shows, what it demands, what it refuses.
#include <chrono>
#include <thread>
#include <vector>

#include <fmt/format.h>
#include <gmock/gmock.h>

#include "applink/base/files.h"
#include "applink/crypto/certificate.h"
#include "applink/http/curl_transport.h"
#include "crypto/loopback_identity.h"
#include "crypto/tls_server.h"
#include "http/server.h"
#include "support/loopback.h"
#include "support/temp_dir.h"
#include "support/this_second.h"

namespace applink::http {
namespace {

using test::connect_to;
using test::RawConnection;
using test::TempDir;
using test::this_second;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;

class ServerTls : public ::testing::Test {
 protected:
  std::unique_ptr<Server> serve(Handler handler, std::string client_ca = {},
                                ServerOptions options = {}) {
    options.tls =
        crypto::TlsServer::create(
            {identity_.certificate_pem, identity_.private_key_pem.copy(), std::move(client_ca)})
            .value();
    auto server = Server::start(std::move(handler), std::move(options));
    EXPECT_TRUE(server.has_value()) << server.error().message;
    return std::move(server).value();
  }

  std::filesystem::path file(std::string_view name, std::string_view text) {
    auto path = directory_ / name;
    EXPECT_TRUE(write_new_file(path, text, FileMode::private_file));
    return path;
  }

  Result<Response> ask(const std::string& url, const std::string& body = {}) {
    return make_curl_transport(options_)->send(
        {body.empty() ? "GET" : "POST", Url::parse(url).value(), {}, body});
  }

  TempDir directory_;
  crypto::LoopbackIdentity identity_ = crypto::make_loopback_identity(this_second());
  TransportOptions options_{.ca_file = file("ca.pem", identity_.authority_pem)};
};

Response say_back(const Request& request) {
  return {200, {}, fmt::format("{} {} {}", request.method, request.url.text(), request.body)};
}

TEST_F(ServerTls, IsWhoTheAuthoritySaysUnderEachOfItsNames) {
  const auto server = serve(say_back);
  EXPECT_EQ(server->origin(), fmt::format("https://127.0.0.1:{}", server->port()));
  for (const auto* name : {"127.0.0.1", "localhost", "[::1]"}) {
    const auto url = fmt::format("https://{}:{}/a?b", name, server->port());
    const auto response = ask(url);
    ASSERT_TRUE(response.has_value()) << name << ": " << response.error().message;
    EXPECT_EQ(response->body, fmt::format("GET {} ", url));
  }
}

TEST_F(ServerTls, CarriesLongBodiesBothWays) {
  const auto server = serve(say_back);
  const std::string body(700000, 'x');
  const auto response = ask(server->origin() + "/", body);
  ASSERT_TRUE(response.has_value()) << response.error().message;
  EXPECT_THAT(response->body, EndsWith(body));
}

TEST_F(ServerTls, ServesManyAtOnce) {
  const auto server = serve(say_back);
  constexpr int many = 8;
  std::vector<std::thread> clients;
  clients.reserve(many);
  for (int i = 0; i < many; ++i) {
    clients.emplace_back([&] {
      for (int j = 0; j < 3; ++j) {
        const auto response = ask(server->origin() + "/");
        EXPECT_TRUE(response.has_value()) << response.error().message;
      }
    });
  }
  for (auto& client : clients) client.join();
}

TEST_F(ServerTls, SaysNothingInClear) {
  const auto server = serve(say_back);
  const RawConnection connection(connect_to(server->port()));
  connection.send(fmt::format("GET / HTTP/1.1\r\nHost: 127.0.0.1:{}\r\n\r\n", server->port()));
  // At most an alert, which begins with the byte 21.
  const auto answer = connection.receive_all();
  EXPECT_THAT(answer, ::testing::Not(HasSubstr("HTTP/1.1")));
  EXPECT_THAT(answer, ::testing::AnyOf(IsEmpty(), StartsWith("\x15")));
}

TEST_F(ServerTls, DoesNotWaitForASilentClient) {
  const auto server =
      serve(say_back, {}, {.first_byte = std::chrono::milliseconds(20), .workers = 1});
  const RawConnection silent(connect_to(server->port()));
  const auto response = ask(server->origin() + "/");
  ASSERT_TRUE(response.has_value()) << response.error().message;
  EXPECT_THAT(silent.receive_all(), IsEmpty());
}

TEST_F(ServerTls, SendsARawAnswerAsItIs) {
  const auto server = serve([](const Request&) {
    return RawAnswer{{{"HTTP/1.1 200 OK\r\nContent-Le", std::chrono::milliseconds(1)},
                      {"ngth: 3\r\n\r\n"},
                      {"x", std::chrono::milliseconds(1), 3}}};
  });
  const auto response = ask(server->origin() + "/");
  ASSERT_TRUE(response.has_value()) << response.error().message;
  EXPECT_EQ(response->body, "xxx");
}

TEST_F(ServerTls, DemandsAClientCertificateOfTheGivenAuthority) {
  const auto clients = crypto::make_loopback_identity(this_second());
  const auto server = serve(say_back, clients.authority_pem);
  const auto nobody = ask(server->origin() + "/");
  ASSERT_FALSE(nobody.has_value());
  EXPECT_EQ(nobody.error().code, ErrorCode::unreachable);
}

TEST(TlsServer, RefusesWhatItCannotUse) {
  const auto one = crypto::make_loopback_identity(this_second());
  const auto other = crypto::make_loopback_identity(this_second());
  const auto refusal = [](crypto::TlsServerOptions options) {
    const auto made = crypto::TlsServer::create(options);
    if (made) return std::string("none");
    EXPECT_FALSE(made.error().hint.empty());
    return made.error().message;
  };
  EXPECT_EQ(refusal({one.certificate_pem, one.private_key_pem.copy(), ""}), "none");
  EXPECT_EQ(refusal({"", one.private_key_pem.copy(), ""}),
            "the server's certificate cannot be used");
  EXPECT_EQ(refusal({one.certificate_pem, other.private_key_pem.copy(), ""}),
            "the server's key cannot be used");
  EXPECT_EQ(refusal({one.certificate_pem, one.private_key_pem.copy(), "nonsense"}),
            "the clients' authority cannot be used");
  auto damaged = other.authority_pem;
  damaged[damaged.size() / 2] = '*';
  EXPECT_EQ(refusal({one.certificate_pem, one.private_key_pem.copy(),
                     one.authority_pem + other.authority_pem}),
            "none");
  EXPECT_EQ(refusal({one.certificate_pem, one.private_key_pem.copy(), one.authority_pem + damaged}),
            "the clients' authority cannot be used");
  EXPECT_EQ(refusal({one.certificate_pem + damaged, one.private_key_pem.copy(), ""}),
            "the server's certificate cannot be used");
}

TEST(LoopbackIdentity, IsValidForAYearFromAnHourAgo) {
  const auto at = this_second();
  const auto identity = crypto::make_loopback_identity(at);
  const auto certificate = crypto::Certificate::from_pem(identity.certificate_pem).value();
  EXPECT_EQ(certificate.not_before(), at - std::chrono::hours(1));
  EXPECT_EQ(certificate.not_after(), at + std::chrono::days(365));
  EXPECT_EQ(certificate.subject(), "CN=localhost");
}

}  // namespace
}  // namespace applink::http

// TLS: what is trusted, and in which words the rest is refused.
#include <chrono>

#include <fmt/format.h>
#include <gmock/gmock.h>

#include "applink/base/files.h"
#include "applink/crypto/certificate.h"
#include "applink/crypto/key_formats.h"
#include "applink/http/curl_transport.h"
#include "http/server.h"
#include "support/temp_dir.h"
#include "support/this_second.h"
#include "support/tls_peer.h"

namespace applink::http {
namespace {

using test::TempDir;
using test::TlsPeer;
using ::testing::HasSubstr;
using ::testing::StartsWith;

class CurlTransportTls : public ::testing::Test {
 protected:
  static TlsPeer::Identity identity(std::string_view name, Timestamp not_before,
                                    std::chrono::days days) {
    const auto certificate = crypto::self_signed_certificate(key(), name, not_before, days);
    return {certificate.value().to_pem(), std::string(crypto::to_pkcs8_pem(key()).reveal())};
  }
  static TlsPeer::Identity valid_identity(std::string_view name) {
    return identity(name, test::this_second() - std::chrono::days(1), std::chrono::days(2));
  }
  /// A file that trusts this identity alone.
  std::filesystem::path trust(const TlsPeer::Identity& identity) {
    const auto file = directory_ / "ca.pem";
    EXPECT_TRUE(write_new_file(file, identity.certificate_pem, FileMode::public_file));
    return file;
  }
  static Result<Response> get(std::uint16_t port, const std::filesystem::path& ca_file) {
    TransportOptions options;
    options.ca_file = ca_file;
    const auto url = Url::parse(fmt::format("https://localhost:{}/", port));
    return make_curl_transport(options)->send({"GET", url.value(), {}, ""});
  }
  static std::string refusal(std::uint16_t port, const std::filesystem::path& ca_file) {
    const auto response = get(port, ca_file);
    EXPECT_FALSE(response.has_value());
    if (response) return "";
    EXPECT_EQ(response.error().code, ErrorCode::unreachable);
    EXPECT_FALSE(response.error().hint.empty());
    return response.error().message;
  }

  /// Made once: it takes a second under the sanitizers.
  static const crypto::RsaPrivateKey& key() {
    static const auto made = crypto::RsaPrivateKey::generate(2048).value();
    return made;
  }

  TempDir directory_;
};

TEST_F(CurlTransportTls, AcceptsWhatTheGivenFileTrusts) {
  const auto mine = valid_identity("localhost");
  const TlsPeer peer(mine);
  const auto response = get(peer.port(), trust(mine));
  ASSERT_TRUE(response.has_value()) << response.error().message;
  EXPECT_EQ(response->body, "secret");
}

TEST_F(CurlTransportTls, RefusesAnUnknownAuthorityAndNamesTheFlag) {
  const TlsPeer peer(valid_identity("localhost"));
  const auto response = get(peer.port(), {});
  ASSERT_FALSE(response.has_value());
  EXPECT_EQ(response.error().code, ErrorCode::unreachable);
  EXPECT_EQ(response.error().message,
            fmt::format("the certificate of localhost:{} is signed by an authority unknown here",
                        peer.port()));
  EXPECT_THAT(response.error().hint, HasSubstr("--ca-file"));
}

TEST_F(CurlTransportTls, RefusesWhatTheGivenFileDoesNotTrust) {
  const auto other = crypto::RsaPrivateKey::generate(2048).value();
  const auto stranger = crypto::self_signed_certificate(
      other, "ca", test::this_second() - std::chrono::days(1), std::chrono::days(2));
  const auto ca_file = trust({stranger.value().to_pem(), ""});
  const TlsPeer peer(valid_identity("localhost"));
  EXPECT_EQ(refusal(peer.port(), ca_file),
            fmt::format("the certificate of localhost:{} is not signed by an authority in {}",
                        peer.port(), ca_file.string()));
}

TEST_F(CurlTransportTls, RefusesAnotherName) {
  const auto mine = valid_identity("jira.example.com");
  const TlsPeer peer(mine);
  EXPECT_THAT(refusal(peer.port(), trust(mine)),
              StartsWith(fmt::format("the certificate of localhost:{} is for another name: ",
                                     peer.port())));
}

TEST_F(CurlTransportTls, RefusesAnExpiredCertificate) {
  const auto mine =
      identity("localhost", test::this_second() - std::chrono::days(10), std::chrono::days(5));
  const TlsPeer peer(mine);
  EXPECT_EQ(refusal(peer.port(), trust(mine)),
            fmt::format("the certificate of localhost:{} has expired", peer.port()));
}

TEST_F(CurlTransportTls, RefusesACertificateOfTheFuture) {
  const auto mine =
      identity("localhost", test::this_second() + std::chrono::days(5), std::chrono::days(5));
  const TlsPeer peer(mine);
  EXPECT_EQ(refusal(peer.port(), trust(mine)),
            fmt::format("the certificate of localhost:{} is not valid yet", peer.port()));
}

TEST_F(CurlTransportTls, SpeaksTls12ButNothingOlder) {
  const auto mine = valid_identity("localhost");
  const auto ca_file = trust(mine);
  const TlsPeer older(mine, TLS1_2_VERSION);
  EXPECT_TRUE(get(older.port(), ca_file).has_value());
  const TlsPeer too_old(mine, TLS1_1_VERSION);
  EXPECT_THAT(refusal(too_old.port(), ca_file),
              StartsWith(fmt::format("no TLS connection to localhost:{}: ", too_old.port())));
}

TEST_F(CurlTransportTls, SaysThatAPortSpeaksNoTls) {
  ServerOptions options;
  options.patience = std::chrono::milliseconds(30);
  const auto plain = Server::start([](const Request&) { return Response{200, {}, ""}; }, options);
  const auto port = plain.value()->port();
  EXPECT_THAT(refusal(port, {}),
              StartsWith(fmt::format("no TLS connection to localhost:{}: ", port)));
}

TEST_F(CurlTransportTls, SaysThatTheCertificateFileCannotBeRead) {
  const TlsPeer peer(valid_identity("localhost"));
  const auto missing = directory_ / "missing.pem";
  const auto response = get(peer.port(), missing);
  ASSERT_FALSE(response.has_value());
  EXPECT_EQ(response.error().code, ErrorCode::failed);
  EXPECT_EQ(response.error().message, "cannot read certificates from " + missing.string());
}

}  // namespace
}  // namespace applink::http

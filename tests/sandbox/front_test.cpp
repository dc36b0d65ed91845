// TLS and the connector: what the sandbox shows, demands, and takes a request for.
#include "sandbox/front.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "applink/base/files.h"
#include "applink/http/curl_transport.h"
#include "crypto/loopback_identity.h"
#include "sandbox/sandbox.h"
#include "support/fixed_clock.h"
#include "support/temp_dir.h"

namespace applink::sandbox {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::MatchesRegex;

http::Request request_for(const std::string& url) {
  http::Request request{"GET", http::Url::parse(url).value(), {}, ""};
  request.headers.add("Host", "as it came");
  return request;
}

TEST(Connector, LeavesARequestAloneWhereNothingIsSet) {
  const auto request = request_for("http://127.0.0.1:8090/jira/rest?x=1");
  EXPECT_EQ(seen_through({}, request), request);
  EXPECT_EQ(origin_behind({}, "http://127.0.0.1:8090"), "http://127.0.0.1:8090");
  EXPECT_THAT(hosts_of({}), IsEmpty());
}

TEST(Connector, PutsItsAttributesInPlaceOfTheRequests) {
  const std::string asked = "http://127.0.0.1:8090/jira/a%20b?x=%2B&y";
  const auto url = [&](const Connector& connector) {
    return seen_through(connector, request_for(asked)).url.text();
  };
  EXPECT_EQ(url({"https", "jira.example.com", std::uint16_t{443}}),
            "https://jira.example.com/jira/a%20b?x=%2B&y");
  EXPECT_EQ(url({"https", "jira.example.com", std::uint16_t{8443}}),
            "https://jira.example.com:8443/jira/a%20b?x=%2B&y");
  EXPECT_EQ(url({"https", {}, {}}), "https://127.0.0.1:8090/jira/a%20b?x=%2B&y");
  EXPECT_EQ(url({{}, "[::1]", {}}), "http://[::1]:8090/jira/a%20b?x=%2B&y");
  EXPECT_EQ(url({{}, {}, std::uint16_t{80}}), "http://127.0.0.1/jira/a%20b?x=%2B&y");
}

TEST(Connector, PutsItsNameIntoHostToo) {
  const Connector connector{"https", "jira.example.com", std::uint16_t{8443}};
  const auto seen = seen_through(connector, request_for("http://127.0.0.1:8090/"));
  EXPECT_THAT(seen.headers.all("Host"), ElementsAre("jira.example.com:8443"));
}

TEST(Connector, IsWhatTheBaseUrlNames) {
  EXPECT_EQ(origin_behind({"https", "jira.example.com", std::uint16_t{443}}, "http://127.0.0.1:1"),
            "https://jira.example.com");
  EXPECT_EQ(origin_behind({{}, {}, std::uint16_t{8443}}, "http://127.0.0.1:1"),
            "http://127.0.0.1:8443");
}

TEST(Connector, NamesTheHostsThatAProxyMayPassOn) {
  EXPECT_THAT(hosts_of({"https", "Jira.Example.com", std::uint16_t{8443}}),
              ElementsAre("127.0.0.1:*", "[::1]:*", "localhost:*", "jira.example.com:*"));
  EXPECT_THAT(hosts_of({"https", {}, {}}), ElementsAre("127.0.0.1:*", "[::1]:*", "localhost:*"));
}

TEST(Connector, RefusesWhatNoConnectorHas) {
  const auto refused = [](const Connector& connector) {
    const auto checked = check_connector(connector);
    if (checked) return std::string("nothing");
    EXPECT_EQ(checked.error().code, ErrorCode::usage);
    EXPECT_THAT(checked.error().hint, HasSubstr("give --proxy-"));
    return checked.error().message;
  };
  EXPECT_EQ(refused({"https", "jira.example.com", std::uint16_t{1}}), "nothing");
  EXPECT_EQ(refused({"ftp", {}, {}}), "\"ftp\" is no scheme");
  EXPECT_EQ(refused({{}, "jira.example.com:80", {}}), "\"jira.example.com:80\" is no host");
  EXPECT_EQ(refused({{}, "a/b", {}}), "\"a/b\" is no host");
  EXPECT_EQ(refused({{}, {}, std::uint16_t{0}}), "0 is no port of a proxy");
}

class TlsSandbox : public testing::Test {
 protected:
  TlsSandbox() { options.tls = TlsFiles{dir / "ca.pem"}; }

  Result<http::Response> ask(const std::string& base_url) {
    http::TransportOptions transport;
    transport.ca_file = dir / "ca.pem";
    const auto url = http::Url::parse(base_url + "/rest/api/2/serverInfo");
    return http::make_curl_transport(transport)->send({"GET", url.value(), {}, ""});
  }

  test::TempDir dir;
  SystemClock clock;  // the other side asks the machine's
  Options options;
};

TEST_F(TlsSandbox, IsTrustedByTheFileThatItWrites) {
  const auto sandbox = start_sandbox(options, clock);
  ASSERT_TRUE(sandbox) << sandbox.error().message;
  EXPECT_THAT(sandbox->base_url(), MatchesRegex("https://127\\.0\\.0\\.1:[0-9]+/jira"));
  const auto response = ask(sandbox->base_url());
  ASSERT_TRUE(response) << response.error().message;
  EXPECT_THAT(response->body, HasSubstr("\"baseUrl\":\"" + sandbox->base_url()));
}

TEST_F(TlsSandbox, OverwritesNoFile) {
  ASSERT_TRUE(write_new_file(dir / "ca.pem", "mine", FileMode::private_file));
  const auto sandbox = start_sandbox(options, clock);
  ASSERT_FALSE(sandbox);
  EXPECT_EQ(sandbox.error().code, ErrorCode::conflict);
  EXPECT_EQ(read_file(dir / "ca.pem", 10).value(), "mine");
}

TEST_F(TlsSandbox, DemandsAClientCertificateWhereToldTo) {
  const auto clients = crypto::make_loopback_identity(clock.now());
  ASSERT_TRUE(write_new_file(dir / "clients.pem", clients.authority_pem, FileMode::public_file));
  options.tls->client_ca_file = dir / "clients.pem";
  const auto sandbox = start_sandbox(options, clock);
  ASSERT_TRUE(sandbox) << sandbox.error().message;
  const auto response = ask(sandbox->base_url());
  ASSERT_FALSE(response);
  EXPECT_EQ(response.error().code, ErrorCode::unreachable);
}

TEST_F(TlsSandbox, TakesAnEmptyFileForNoLackOfDemand) {
  ASSERT_TRUE(write_new_file(dir / "clients.pem", "", FileMode::public_file));
  options.tls->client_ca_file = dir / "clients.pem";
  const auto sandbox = start_sandbox(options, clock);
  ASSERT_FALSE(sandbox);
  EXPECT_EQ(sandbox.error().message, "the file of the clients' authority is empty");
}

TEST_F(TlsSandbox, RefusesAnAuthorityThatIsNone) {
  ASSERT_TRUE(write_new_file(dir / "clients.pem", "nonsense", FileMode::public_file));
  options.tls->client_ca_file = dir / "clients.pem";
  const auto sandbox = start_sandbox(options, clock);
  ASSERT_FALSE(sandbox);
  EXPECT_EQ(sandbox.error().message, "the clients' authority cannot be used");
  EXPECT_FALSE(std::filesystem::exists(dir / "ca.pem"));
}

}  // namespace
}  // namespace applink::sandbox

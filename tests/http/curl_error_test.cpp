// libcurl's failures in words: each names its host, its reason and its remedy.
#include "http/curl_error.h"

#include <curl/curl.h>
#include <gmock/gmock.h>

namespace applink::http {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

Error error_of(FailedTransfer failed, std::string_view url = "https://jira.example.com:8443/x?y") {
  const auto error = transfer_error(Url::parse(url).value(), failed);
  EXPECT_THAT(error.hint, Not(IsEmpty()));
  EXPECT_THAT(error.message, HasSubstr("jira.example.com"));
  return error;
}

TEST(TransferError, NamesAnUnknownHost) {
  const auto error = error_of({.code = CURLE_COULDNT_RESOLVE_HOST});
  EXPECT_EQ(error.code, ErrorCode::unreachable);
  EXPECT_EQ(error.message, "no address is known for the host jira.example.com");
}

TEST(TransferError, TellsTheTwoTimeLimitsApart) {
  FailedTransfer failed{.code = CURLE_OPERATION_TIMEDOUT,
                        .connect_limit = std::chrono::seconds(10),
                        .limit = std::chrono::milliseconds(60500)};
  EXPECT_EQ(error_of(failed).message, "no connection to jira.example.com:8443 within 10 s");
  failed.connected = true;
  EXPECT_EQ(error_of(failed).message, "jira.example.com:8443 did not answer within 60.5 s");
}

TEST(TransferError, TellsCertificatesApart) {
  const auto message = [](long result, std::string ca_file = {}) {
    return error_of({.code = CURLE_PEER_FAILED_VERIFICATION,
                     .words = "W",
                     .verify_result = result,
                     .ca_file = std::move(ca_file)},
                    "https://jira.example.com/")
        .message;
  };
  EXPECT_EQ(message(9), "the certificate of jira.example.com is not valid yet");
  EXPECT_EQ(message(10), "the certificate of jira.example.com has expired");
  for (const long result : {18L, 19L, 20L, 21L}) {
    EXPECT_EQ(message(result),
              "the certificate of jira.example.com is signed by an authority unknown here");
  }
  EXPECT_EQ(message(20, "/ca\n.pem"),
            "the certificate of jira.example.com is not signed by an authority in /ca\\n.pem");
  EXPECT_EQ(message(23), "the certificate of jira.example.com is not acceptable: W");
}

// The words of libcurl 7.88, with and without alternative names in the certificate.
TEST(TransferError, KnowsACertificateForAnotherName) {
  for (const std::string_view words :
       {"SSL: no alternative certificate subject name matches target host name 'a'",
        "SSL: certificate subject name 'b' does not match target host name 'a'"}) {
    EXPECT_EQ(
        error_of({.code = CURLE_PEER_FAILED_VERIFICATION, .words = words}).message,
        "the certificate of jira.example.com:8443 is for another name: " + std::string(words));
  }
}

TEST(TransferError, SaysThatAProxyRefused) {
  const auto error = error_of({.code = CURLE_RECV_ERROR, .proxy_status = 407});
  EXPECT_EQ(error.message, "the proxy does not lead to jira.example.com:8443: it answered 407");
  EXPECT_THAT(error.hint, HasSubstr("https_proxy, as http://USER:PASSWORD@"));
  const auto unknown = error_of({.code = CURLE_COULDNT_RESOLVE_PROXY, .words = "W"});
  EXPECT_THAT(unknown.message, HasSubstr("the proxy does not lead to"));
  EXPECT_THAT(unknown.hint, HasSubstr("check the link's proxy"));
}

TEST(TransferError, MakesForeignWordsHarmless) {
  EXPECT_THAT(error_of({.code = CURLE_SSL_CONNECT_ERROR, .words = "bad\x1b[2J"}).message,
              HasSubstr("bad\\x1b[2J"));
}

TEST(TransferError, UsesLibcurlsGeneralWordsWhereThereAreNone) {
  EXPECT_EQ(error_of({.code = CURLE_WEIRD_SERVER_REPLY}).message,
            "no answer from jira.example.com:8443: Weird server reply");
}

}  // namespace
}  // namespace applink::http

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

TEST(TransferError, TellsTimeLimitsApart) {
  const auto message = [](Stage stage) {
    return error_of({.code = CURLE_OPERATION_TIMEDOUT,
                     .stage = stage,
                     .connect_limit = std::chrono::seconds(10),
                     .limit = std::chrono::milliseconds(60500)})
        .message;
  };
  EXPECT_EQ(message(Stage::resolving),
            "no address was found for jira.example.com:8443 within 10 s");
  EXPECT_EQ(message(Stage::connecting), "no connection to jira.example.com:8443 within 10 s");
  EXPECT_EQ(message(Stage::securing), "no TLS connection to jira.example.com:8443 within 10 s");
  EXPECT_EQ(message(Stage::waiting), "jira.example.com:8443 did not answer within 60.5 s");
  EXPECT_EQ(message(Stage::reading),
            "jira.example.com:8443 did not finish its answer within 60.5 s");
}

TEST(TransferError, TellsFailuresOfTlsApart) {
  const auto about = [](std::string_view words, std::string certificate = {}) {
    const auto error = error_of({.code = CURLE_SSL_CONNECT_ERROR,
                                 .words = words,
                                 .client_certificate = std::move(certificate)});
    return error.message + "; " + error.hint;
  };
  EXPECT_THAT(about("error:0A00010B:SSL routines::wrong version number"),
              HasSubstr("whether it is http://"));
  EXPECT_THAT(about("error:0A000102:SSL routines::unsupported protocol"),
              HasSubstr("TLS 1.2 or later"));
  EXPECT_THAT(about("error:0A00045C:SSL routines::tlsv13 alert certificate required"),
              HasSubstr("demands a client certificate"));
  EXPECT_THAT(about("error:0A000410:SSL routines::sslv3 alert handshake failure"),
              HasSubstr("may demand a client certificate"));
  EXPECT_THAT(about("error:0A000418:SSL routines::tlsv1 alert unknown ca", "mine.pem"),
              HasSubstr("does not accept the client certificate in mine.pem: "));
  EXPECT_THAT(about("error:0A000410:SSL routines::sslv3 alert handshake failure", "mine.pem"),
              HasSubstr("no TLS connection to"));
}

TEST(TransferError, KnowsAProxyByTheHostThatLibcurlNames) {
  const auto message = [](std::string_view words, std::string_view url) {
    const FailedTransfer failed{.code = CURLE_COULDNT_CONNECT, .words = words};
    return transfer_error(Url::parse(url).value(), failed).message;
  };
  constexpr std::string_view direct =
      "Failed to connect to jira.example.com port 8443 after 1 ms: Couldn't connect to server";
  EXPECT_THAT(message(direct, "https://JIRA.example.com:8443/"), HasSubstr("cannot connect to"));
  EXPECT_THAT(message(direct, "https://jira.example.com/"), HasSubstr("the proxy does not lead"));
  EXPECT_THAT(message("Failed to connect to ::1 port 80 after 0 ms: Couldn't connect to server",
                      "http://[::1]/"),
              HasSubstr("cannot connect to"));
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
  EXPECT_THAT(error.hint, HasSubstr("--proxy-file FILE"));
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

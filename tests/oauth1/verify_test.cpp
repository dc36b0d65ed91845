#include "applink/oauth1/verify.h"

#include <functional>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "oauth1/verify_fixture.h"

namespace applink::oauth1 {
namespace {

using test::form_request;
using test::request;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

TEST_F(VerifyTest, AcceptsASignedRequest) {
  const auto verification = verify(signed_request(usual()), server_, {.now = now});
  EXPECT_TRUE(verification.accepted());
  EXPECT_THAT(verification.refusals, IsEmpty());
  EXPECT_EQ(find(verification.protocol_parameters, "oauth_token"), "T");
  EXPECT_THAT(verification.base_string, HasSubstr("GET&https%3A%2F%2Fjira.example.com%2Frest"));
}

TEST_F(VerifyTest, AcceptsAFormAQueryAndNoToken) {
  auto parameters = usual();
  parameters.token = std::nullopt;
  EXPECT_THAT(objections(signed_request(
                  form_request("POST", "http://h:8080/a%2Fb?x=1&x=%20", "y=+&z"), parameters)),
              IsEmpty());
  parameters.token = "";
  EXPECT_THAT(objections(signed_request(parameters)), IsEmpty());
  parameters.version = VersionParameter::omitted;
  EXPECT_THAT(objections(signed_request(parameters)), IsEmpty());
}

TEST_F(VerifyTest, FindsParametersInQueryAndBody) {
  const auto in_query =
      request("GET",
              "http://h/?oauth_consumer_key=hub&oauth_signature_method=RSA-SHA1&oauth_signature=x&"
              "oauth_timestamp=1196666512&oauth_nonce=n");
  EXPECT_THAT(objections(in_query), ElementsAre(Objection::bad_signature));
  const auto in_body =
      form_request("POST", "http://h/",
                   "oauth_consumer_key=hub&oauth_signature_method=RSA-SHA1&oauth_signature=x&"
                   "oauth_timestamp=1196666512&oauth_nonce=n");
  EXPECT_THAT(objections(in_body), ElementsAre(Objection::bad_signature));
}

TEST_F(VerifyTest, ObjectsToAMalformedRequest) {
  auto bad_header = request("GET", "http://h/");
  bad_header.headers.add("Authorization", "OAuth oauth_nonce=1");
  const auto verification = verify(bad_header, server_, {.now = now});
  ASSERT_EQ(verification.refusals.size(), 1U);
  EXPECT_EQ(verification.refusals[0].objection, Objection::malformed_request);
  EXPECT_THAT(verification.refusals[0].detail, HasSubstr("double quotes"));
  EXPECT_EQ(verification.base_string, "");

  EXPECT_THAT(objections(request("GET", "http://h/?=v")),
              ElementsAre(Objection::malformed_request));
  EXPECT_THAT(objections(form_request("POST", "http://h/", "a=%")),
              ElementsAre(Objection::malformed_request));
  EXPECT_THAT(objections(request("G T", "http://h/")), ElementsAre(Objection::malformed_request));
}

//= rfc5849#3.1
//# The client assigns value to each of these REQUIRED (unless specified otherwise) protocol
//# parameters
TEST_F(VerifyTest, ObjectsToEachMissingParameter) {
  for (const std::string_view name : {"oauth_consumer_key", "oauth_signature_method",
                                      "oauth_signature", "oauth_timestamp", "oauth_nonce"}) {
    Parameters parameters = complete();
    std::erase_if(parameters, [name](const Parameter& p) { return p.name == name; });
    const auto verification = verify(with_header(parameters), server_, {.now = now});
    ASSERT_EQ(verification.refusals.size(), 1U) << name;
    EXPECT_EQ(verification.refusals[0].objection, Objection::missing_parameter);
    EXPECT_EQ(verification.refusals[0].detail, name);
  }
  auto other_scheme = request("GET", "http://h/");
  other_scheme.headers.add("Authorization", "Basic eDp5");
  EXPECT_EQ(objections(other_scheme), std::vector(5, Objection::missing_parameter));
}

//= rfc5849#3.1
//# Each parameter MUST NOT appear more than once per request.
TEST_F(VerifyTest, ObjectsToEachRepeatedParameter) {
  for (const Parameter& parameter : complete()) {
    Parameters parameters = complete();
    parameters.push_back(parameter);
    parameters.push_back(parameter);
    const auto verification = verify(with_header(parameters), server_, {.now = now});
    ASSERT_EQ(verification.refusals.size(), 1U) << parameter.name;
    EXPECT_EQ(verification.refusals[0].objection, Objection::repeated_parameter);
    EXPECT_EQ(verification.refusals[0].detail, parameter.name);
  }
}

TEST_F(VerifyTest, ObjectsToAParameterInHeaderAndQuery) {
  auto twice = signed_request(usual());
  twice.url = test::url("https://jira.example.com/rest/api/2/myself?oauth_token=T");
  EXPECT_THAT(objections(twice), ElementsAre(Objection::repeated_parameter));
  auto two_headers = signed_request(usual());
  two_headers.headers.add("Authorization", "OAuth oauth_token=\"T\"");
  EXPECT_THAT(objections(two_headers), ElementsAre(Objection::repeated_parameter));
}

TEST_F(VerifyTest, ObjectsToAnotherSignatureMethod) {
  for (const std::string_view method : {"RSA-SHA512", "rsa-sha1", "plaintext", "RSA-MD5", ""}) {
    EXPECT_THAT(objections(with_header(complete_with("oauth_signature_method", method))),
                ElementsAre(Objection::unsupported_signature_method));
  }
}

//= rfc5849#3.2
//# If the "oauth_version" parameter is present, ensuring its value is "1.0".
TEST_F(VerifyTest, ObjectsToAnotherVersion) {
  for (const std::string_view version : {"1", "2.0", "1.0a", ""}) {
    EXPECT_THAT(objections(with_header(complete_with("oauth_version", version))),
                ElementsAre(Objection::unsupported_version, Objection::bad_signature));
  }
}

//= rfc5849#3.3
//# The timestamp value MUST be a positive integer.
TEST_F(VerifyTest, ObjectsToATimestampThatIsNoPositiveInteger) {
  for (const std::string_view timestamp :
       {"", "0", "-1196666512", "+1196666512", "1196666512.0", " 1196666512", "0x4753f2d0", "now",
        "99999999999999999999"}) {
    EXPECT_THAT(objections(with_header(complete_with("oauth_timestamp", timestamp))),
                ElementsAre(Objection::bad_timestamp, Objection::bad_signature))
        << timestamp;
  }
}

TEST_F(VerifyTest, ObjectsToAStaleTimestampAndOneOfTheFuture) {
  for (const int seconds : {-301, 301, 157680000, -157680000}) {
    auto parameters = usual();
    parameters.timestamp = now + std::chrono::seconds(seconds);
    EXPECT_THAT(objections(signed_request(parameters)), ElementsAre(Objection::stale_timestamp))
        << seconds;
  }
  for (const int seconds : {-300, 300}) {
    auto parameters = usual();
    parameters.timestamp = now + std::chrono::seconds(seconds);
    EXPECT_THAT(objections(signed_request(parameters)), IsEmpty()) << seconds;
  }
  EXPECT_THAT(objections(with_header(complete_with("oauth_timestamp", "9223372036854775807"))),
              ElementsAre(Objection::stale_timestamp, Objection::bad_signature));
}

TEST_F(VerifyTest, ObjectsToAnUnknownClient) {
  auto parameters = usual();
  parameters.client_identifier = "stranger";
  EXPECT_THAT(objections(signed_request(parameters)), ElementsAre(Objection::unknown_client));
}

//= rfc5849#3.2
//# If a token is present, verifying the scope and status of the client authorization as represented
//# by the token
TEST_F(VerifyTest, ObjectsToAnUnknownToken) {
  auto parameters = usual();
  parameters.token = "stolen";
  const auto verification = verify(signed_request(parameters), server_, {.now = now});
  ASSERT_EQ(verification.refusals.size(), 1U);
  EXPECT_EQ(verification.refusals[0].objection, Objection::unknown_token);
  EXPECT_EQ(verification.refusals[0].detail, "stolen");
}

//= rfc5849#3.2
//# ensuring that the combination of nonce/timestamp/token (if present) received from the client has
//# not been used before in a previous request
TEST_F(VerifyTest, ObjectsToAUsedNonce) {
  auto parameters = usual();
  parameters.nonce = "old";
  EXPECT_THAT(objections(signed_request(parameters)), ElementsAre(Objection::used_nonce));
}

//= rfc5849#3.2
//# Servers receiving an authenticated request MUST validate it by: o Recalculating the request
//# signature independently as described in Section 3.4
TEST_F(VerifyTest, ObjectsToAnythingChangedAfterSigning) {
  const auto original = signed_request(form_request("POST", "http://h/a?x=1", "y=2"), usual());
  ASSERT_THAT(objections(original), IsEmpty());
  const std::function<void(http::Request&)> changes[] = {
      [](http::Request& r) { r.method = "PUT"; },
      [](http::Request& r) { r.url = test::url("https://h/a?x=1"); },
      [](http::Request& r) { r.url = test::url("http://h:8080/a?x=1"); },
      [](http::Request& r) { r.url = test::url("http://g/a?x=1"); },
      [](http::Request& r) { r.url = test::url("http://h/A?x=1"); },
      [](http::Request& r) { r.url = test::url("http://h/a?x=2"); },
      [](http::Request& r) { r.url = test::url("http://h/a?x=1&x=1"); },
      [](http::Request& r) { r.body = "y=3"; },
      [](http::Request& r) { r.headers.set("Content-Type", "text/plain"); }};
  for (const auto& change : changes) {
    http::Request changed = original;
    change(changed);
    EXPECT_THAT(objections(changed), ElementsAre(Objection::bad_signature))
        << changed.method << ' ' << changed.url.text();
  }
}

TEST_F(VerifyTest, DoesNotObjectToWhatTheSignatureDoesNotCover) {
  auto changed = signed_request(form_request("post", "HTTP://H:80/a?x=1&y=2", "z=+"), usual());
  changed.method = "POST";
  changed.url = test::url("http://h/a?y=2&x=1#top");
  changed.body = "z=%20";
  changed.headers.add("X-Other", "header");
  EXPECT_THAT(objections(changed), IsEmpty());
}

TEST_F(VerifyTest, FindsEveryObjectionInItsOrder) {
  Parameters parameters = complete_with("oauth_version", "2.0");
  for (Parameter& parameter : parameters) {
    if (parameter.name == "oauth_token") parameter.value = "stolen";
    if (parameter.name == "oauth_nonce") parameter.value = "old";
  }
  EXPECT_THAT(objections(with_header(parameters)),
              ElementsAre(Objection::unsupported_version, Objection::unknown_token,
                          Objection::used_nonce, Objection::bad_signature));
}

TEST_F(VerifyTest, ReadsFormsByTheRuleOfTheServer) {
  const auto put = signed_request(form_request("PUT", "http://h/", "a=b"), usual());
  EXPECT_TRUE(verify(put, server_, {.now = now}).accepted());
  EXPECT_FALSE(verify(put, server_, {.now = now, .form_body = FormBodyRule::post_only}).accepted());
}

// RFC 5849 section 3.2: 400 for what is malformed, missing, repeated or unsupported, else 401.
TEST(StatusOf, IsThatOfTheRfc) {
  for (const Objection objection :
       {Objection::malformed_request, Objection::missing_parameter, Objection::repeated_parameter,
        Objection::unsupported_signature_method, Objection::insecure_transport,
        Objection::unsupported_version, Objection::bad_timestamp, Objection::stale_timestamp,
        Objection::misplaced_body_hash}) {
    EXPECT_EQ(status_of(objection), 400);
  }
  for (const Objection objection :
       {Objection::unknown_client, Objection::unknown_token, Objection::used_nonce,
        Objection::bad_body_hash, Objection::bad_signature}) {
    EXPECT_EQ(status_of(objection), 401);
  }
}

}  // namespace
}  // namespace applink::oauth1

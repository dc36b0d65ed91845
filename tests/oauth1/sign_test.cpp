#include "applink/oauth1/sign.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "applink/oauth1/normalized_parameters.h"
#include "oauth1/requests.h"

namespace applink::oauth1 {
namespace {

using test::Case;
using test::form_request;
using test::request;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr FormBodyRule rfc = FormBodyRule::every_method;

std::optional<std::string> optional(const Case& c, const std::string& name) {
  const auto found = c.find(name);
  return found == c.end() ? std::nullopt : std::optional(found->second);
}

http::Request request_of(const Case& c) {
  if (!c.contains("body")) return request(c.at("method"), c.at("url"));
  return form_request(c.at("method"), c.at("url"), c.at("body"), c.at("content_type"));
}

ProtocolParameters protocol_of(const Case& c) {
  return {.client_identifier = c.at("client"),
          .token = optional(c, "token"),
          .callback = optional(c, "callback"),
          .verifier = optional(c, "verifier"),
          .nonce = c.at("nonce"),
          .timestamp = Timestamp(std::chrono::seconds(std::stoll(c.at("timestamp")))),
          .version = c.contains("version") ? VersionParameter::sent : VersionParameter::omitted};
}

TEST(Sign, MakesThePublishedSignatures) {
  for (const auto& c : test::read_cases("vectors/signed_requests.vec")) {
    const HmacSigner signer(SignatureMethod::hmac_sha1, Secret(c.at("client_secret")),
                            Secret(optional(c, "token_secret").value_or("")));
    const auto signature = sign(request_of(c), protocol_of(c), signer, rfc);
    ASSERT_TRUE(signature) << c.at("name") << ": " << signature.error().message;
    EXPECT_EQ(signature->value, c.at("signature")) << c.at("name");
    if (const auto expected = optional(c, "base_string")) {
      EXPECT_EQ(signature->base_string, *expected) << c.at("name");
    }
    if (const auto expected = optional(c, "normalized")) {
      const auto all = request_parameters(request_of(c), signature->protocol_parameters, rfc);
      EXPECT_EQ(normalized_parameters(all.value()), *expected) << c.at("name");
    }
  }
}

// The request of the OAuth wiki's RSA-SHA1 case; its values are in the vector file of that name.
TEST(Sign, MakesTheRsaSha1SignatureOfTheOauthWiki) {
  const auto wiki = test::read_vectors("vectors/oauth_wiki_rsa_sha1.vec");
  const auto key = test::private_key_of(wiki.at("private_key"));
  const auto signature =
      sign(request("GET", "http://photos.example.net/photos?file=vacaction.jpg&size=original"),
           {.client_identifier = "dpf43f3p2l4k3l03",
            .nonce = "13917289812797014437",
            .timestamp = Timestamp(std::chrono::seconds(1196666512))},
           RsaSigner(key, SignatureMethod::rsa_sha1), rfc);
  ASSERT_TRUE(signature);
  EXPECT_EQ(signature->base_string, wiki.at("signature_base_string"));
  EXPECT_EQ(signature->value, wiki.at("signature"));
}

const HmacSigner hmac(SignatureMethod::hmac_sha1, Secret("cs"), Secret("ts"));

ProtocolParameters plain_parameters() {
  return {.client_identifier = "client",
          .nonce = "nonce",
          .timestamp = Timestamp(std::chrono::seconds(1196666512))};
}

Error refusal(const http::Request& request,
              const ProtocolParameters& parameters = plain_parameters(), FormBodyRule rule = rfc) {
  const auto signature = sign(request, parameters, hmac, rule);
  EXPECT_FALSE(signature) << request.url.text();
  return signature ? Error() : signature.error();
}

//= rfc5849#3.1
//# The client assigns value to each of these REQUIRED (unless specified otherwise) protocol
//# parameters
//= rfc5849#3.1
//# oauth_version OPTIONAL. If present, MUST be set to "1.0".
TEST(Sign, PutsEveryProtocolParameterInPlaceAndTheSignatureLast) {
  auto parameters = plain_parameters();
  parameters.token = "";
  parameters.callback = "oob";
  parameters.verifier = "v";
  parameters.session_handle = "h";
  const auto signature = sign(request("GET", "http://h/"), parameters, hmac, rfc);
  ASSERT_TRUE(signature);
  EXPECT_THAT(
      signature->protocol_parameters,
      ElementsAre(Parameter{"oauth_consumer_key", "client"}, Parameter{"oauth_token", ""},
                  Parameter{"oauth_signature_method", "HMAC-SHA1"},
                  Parameter{"oauth_timestamp", "1196666512"}, Parameter{"oauth_nonce", "nonce"},
                  Parameter{"oauth_version", "1.0"}, Parameter{"oauth_callback", "oob"},
                  Parameter{"oauth_verifier", "v"}, Parameter{"oauth_session_handle", "h"},
                  Parameter{"oauth_signature", signature->value}));
}

//= rfc5849#3.4.1.3.1
//# Parameters not explicitly included in the request MUST be excluded from the signature base
//# string (e.g., the "oauth_version" parameter when omitted).
TEST(Sign, LeavesOutWhatIsNotGiven) {
  auto parameters = plain_parameters();
  parameters.version = VersionParameter::omitted;
  const auto signature = sign(request("GET", "http://h/"), parameters, hmac, rfc);
  ASSERT_TRUE(signature);
  EXPECT_THAT(signature->base_string, testing::Not(HasSubstr("oauth_token")));
  EXPECT_THAT(signature->base_string, testing::Not(HasSubstr("oauth_version")));
  EXPECT_EQ(signature->protocol_parameters.size(), 5U);
}

TEST(Sign, SignsTheFormOfAPutAsTheRuleSays) {
  const auto put = form_request("PUT", "http://h/", "a=b");
  EXPECT_THAT(sign(put, plain_parameters(), hmac, rfc)->base_string, HasSubstr("&a%3Db%26oauth_"));
  EXPECT_THAT(sign(put, plain_parameters(), hmac, FormBodyRule::post_only)->base_string,
              HasSubstr("&oauth_consumer_key"));
}

//= rfc5849#3.4.4
//# It MUST be used with a transport-layer mechanism such as TLS or SSL (or sent over a secure channel
//# with equivalent protections).
TEST(Sign, SendsPlaintextOverTlsAndLoopbackAlone) {
  const PlaintextSigner plaintext(Secret("cs"), Secret("ts"));
  for (const std::string_view secure : {"https://h/", "http://127.0.0.1:8080/", "http://[::1]/"}) {
    const auto signature = sign(request("GET", secure), plain_parameters(), plaintext, rfc);
    ASSERT_TRUE(signature) << secure;
    EXPECT_EQ(signature->value, "cs&ts");
  }
  const auto signature = sign(request("GET", "http://h/"), plain_parameters(), plaintext, rfc);
  ASSERT_FALSE(signature);
  EXPECT_EQ(signature.error().code, ErrorCode::usage);
  EXPECT_THAT(signature.error().message, HasSubstr("PLAINTEXT sends the secrets themselves"));
  EXPECT_THAT(signature.error().hint, HasSubstr("https"));
}

TEST(Sign, RemembersWhereTheParametersAreSent) {
  for (const Placement placement : placements) {
    auto parameters = plain_parameters();
    parameters.placement = placement;
    EXPECT_EQ(sign(request("POST", "http://h/"), parameters, hmac, rfc)->placement, placement);
  }
}

TEST(Sign, RefusesABodyThatCannotHoldTheParameters) {
  auto parameters = plain_parameters();
  parameters.placement = Placement::body;
  EXPECT_THAT(refusal(request("GET", "http://h/"), parameters).message,
              HasSubstr("a GET has no body"));
  const auto json = form_request("POST", "http://h/", "{}", "application/json");
  EXPECT_THAT(refusal(json, parameters).message, HasSubstr("is no form"));
  const auto put = form_request("PUT", "http://h/", "a=b");
  EXPECT_TRUE(sign(put, parameters, hmac, rfc));
  const Error error = refusal(put, parameters, FormBodyRule::post_only);
  EXPECT_EQ(error.message, "this server reads no form in the body of a PUT");
  EXPECT_THAT(error.hint, HasSubstr("in the header"));
}

std::optional<std::string> sent_body_hash(const http::Request& request, const Signer& signer,
                                          ProtocolParameters parameters) {
  parameters.body_hash = BodyHash::sent;
  const auto signature = sign(request, parameters, signer, rfc);
  EXPECT_TRUE(signature);
  const auto hash = find(signature->protocol_parameters, "oauth_body_hash");
  if (!hash) return std::nullopt;
  EXPECT_THAT(signature->base_string, HasSubstr("oauth_body_hash%3D"));
  return std::string(*hash);
}

// The hashes of "Hello World!" and of nothing, by SHA-1, are those of the draft's appendix; the
// others by: printf 'Hello World!' | openssl dgst -sha256 -binary | base64
TEST(Sign, HashesTheBodyByTheHashOfTheMethod) {
  const auto hello =
      form_request("PUT", "http://www.example.com/resource", "Hello World!", "text/plain");
  EXPECT_EQ(sent_body_hash(hello, hmac, plain_parameters()), "Lve95gjOVATpfV8EL5X4nxwjKHE=");
  const HmacSigner sha256(SignatureMethod::hmac_sha256, Secret("cs"), Secret());
  EXPECT_EQ(sent_body_hash(hello, sha256, plain_parameters()),
            "f4OxZX/x/FO5LcGBSKHWXfwtSx+j1ncoSt3SABJtkGk=");
  const HmacSigner sha512(SignatureMethod::hmac_sha512, Secret("cs"), Secret());
  EXPECT_EQ(
      sent_body_hash(hello, sha512, plain_parameters()),
      "hhhE1nBOhXP+w02WfiC8/vPUJM9IvgTm3AjyvVjHKXQzcQFerYkcw88cnTS0kmS1EHUbH/nlN5N7xGtdb/TsyA==");
  const auto key = test::key_file("pkcs8.pem");
  EXPECT_EQ(sent_body_hash(hello, RsaSigner(key, SignatureMethod::rsa_sha1), plain_parameters()),
            "Lve95gjOVATpfV8EL5X4nxwjKHE=");
}

TEST(Sign, HashesAnEmptyBodyAndNeverAForm) {
  EXPECT_EQ(sent_body_hash(request("GET", "http://h/"), hmac, plain_parameters()),
            "2jmj7l5rSw0yVb/vlWAYkK/YBwk=");
  EXPECT_EQ(sent_body_hash(form_request("POST", "http://h/", "a=b"), hmac, plain_parameters()),
            std::nullopt);
  EXPECT_EQ(sent_body_hash(form_request("POST", "http://h/", ""), hmac, plain_parameters()),
            std::nullopt);
  auto in_body = plain_parameters();
  in_body.placement = Placement::body;
  EXPECT_EQ(sent_body_hash(request("POST", "http://h/"), hmac, in_body), std::nullopt);
}

TEST(Sign, SendsNoBodyHashUnasked) {
  const auto signature = sign(request("GET", "http://h/"), plain_parameters(), hmac, rfc);
  EXPECT_FALSE(find(signature->protocol_parameters, "oauth_body_hash"));
}

TEST(Sign, RefusesAHashThatNothingSigns) {
  auto parameters = plain_parameters();
  parameters.body_hash = BodyHash::sent;
  const auto signature =
      sign(request("GET", "https://h/"), parameters, PlaintextSigner(Secret("cs"), Secret()), rfc);
  ASSERT_FALSE(signature);
  EXPECT_EQ(signature.error().code, ErrorCode::usage);
  EXPECT_THAT(signature.error().message, HasSubstr("PLAINTEXT signs nothing"));
  EXPECT_NE(signature.error().hint, "");
}

TEST(Sign, RefusesWhatIsNoMethod) {
  for (const std::string_view method : {"", "GE T", "GET\r\nX: y", "G\xC3\xA4T", "a&b("}) {
    EXPECT_THAT(refusal(request(method, "http://h/")).message, HasSubstr("is not an HTTP method"));
  }
}

TEST(Sign, RefusesARequestThatIsAuthorizedAlready) {
  auto authorized = request("GET", "http://h/");
  authorized.headers.add("authorization", "Basic x");
  EXPECT_THAT(refusal(authorized).message, HasSubstr("Authorization header already"));
}

//= rfc5849#3.4.1.2
//# The host and port values MUST match the content of the HTTP request "Host" header field.
TEST(Sign, RefusesAHostThatIsNotTheOneOfTheUrl) {
  auto elsewhere = request("GET", "http://h:8080/");
  elsewhere.headers.add("Host", "h");
  EXPECT_THAT(refusal(elsewhere).message, HasSubstr("another server"));
  elsewhere.headers.set("Host", "H:8080");
  EXPECT_TRUE(sign(elsewhere, plain_parameters(), hmac, rfc));
}

//= rfc5849#2
//# the query MUST NOT contain any parameters beginning with the "oauth_" prefix
//= rfc5849#3.5
//# protocol parameters as well as any other parameter using the "oauth_" prefix SHALL be included
//# in the request using one and only one of the following locations
TEST(Sign, RefusesProtocolParametersOutsideOfTheHeader) {
  for (const std::string_view address :
       {"http://h/?oauth_token=x", "http://h/?a=b&oauth_nonce=1", "http://h/?oauth%5Fanything"}) {
    EXPECT_THAT(refusal(request("GET", address)).message,
                HasSubstr("the query or the form body has the parameter oauth_"));
  }
  EXPECT_THAT(refusal(form_request("POST", "http://h/", "oauth_verifier=x")).message,
              HasSubstr("oauth_verifier"));
}

TEST(Sign, RefusesWhatRequestParametersRefuse) {
  EXPECT_THAT(refusal(request("GET", "http://h/?=v")).message, HasSubstr("without a name"));
  EXPECT_THAT(refusal(form_request("POST", "http://h/", "a=%")).message, HasSubstr("bad percent"));
}

//= rfc5849#3.3
//# The timestamp value MUST be a positive integer.
TEST(Sign, RefusesEmptyAndImpossibleProtocolParameters) {
  auto parameters = plain_parameters();
  parameters.client_identifier = "";
  EXPECT_THAT(refusal(request("GET", "http://h/"), parameters).message, HasSubstr("consumer key"));
  parameters = plain_parameters();
  parameters.nonce = "";
  EXPECT_THAT(refusal(request("GET", "http://h/"), parameters).message, HasSubstr("nonce"));
  for (const int seconds : {0, -1}) {
    parameters = plain_parameters();
    parameters.timestamp = Timestamp(std::chrono::seconds(seconds));
    EXPECT_THAT(refusal(request("GET", "http://h/"), parameters).message, HasSubstr("timestamp"));
  }
}

TEST(Sign, RefusesControlCharactersInProtocolParameters) {
  for (const auto member : {&ProtocolParameters::token, &ProtocolParameters::callback,
                            &ProtocolParameters::verifier, &ProtocolParameters::session_handle}) {
    auto parameters = plain_parameters();
    parameters.*member = "a\nb";
    const Error error = refusal(request("GET", "http://h/"), parameters);
    EXPECT_THAT(error.message, HasSubstr("has a control character"));
    EXPECT_EQ(error.code, ErrorCode::usage);
  }
  auto parameters = plain_parameters();
  parameters.client_identifier = std::string("a\0b", 3);
  EXPECT_EQ(refusal(request("GET", "http://h/"), parameters).message,
            "oauth_consumer_key has a control character");
}

class BrokenSigner final : public Signer {
 public:
  [[nodiscard]] SignatureMethod method() const override { return SignatureMethod::rsa_sha1; }
  [[nodiscard]] Result<std::string> sign(std::string_view) const override {
    return fail(ErrorCode::failed, "no key today");
  }
};

TEST(Sign, PassesOnWhyASignerFails) {
  const auto signature = sign(request("GET", "http://h/"), plain_parameters(), BrokenSigner(), rfc);
  ASSERT_FALSE(signature);
  EXPECT_EQ(signature.error().message, "no key today");
}

}  // namespace
}  // namespace applink::oauth1

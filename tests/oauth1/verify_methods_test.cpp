#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "oauth1/verify_fixture.h"

namespace applink::oauth1 {
namespace {

using test::form_request;
using test::request;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST_F(VerifyTest, AcceptsEverySignatureMethodInEveryPlace) {
  for (const SignatureMethod method : signature_methods) {
    if (method == SignatureMethod::rsa_sha512) continue;  // the one that this server has not
    for (const Placement placement : placements) {
      auto parameters = usual();
      parameters.placement = placement;
      const auto form = form_request("POST", "https://h/a?b=c", "d=e");
      EXPECT_THAT(objections(signed_by(*signer(method, "ts"), form, parameters)), IsEmpty())
          << to_string(method) << ' ' << to_string(placement);
      parameters.token = std::nullopt;
      EXPECT_THAT(objections(signed_by(*signer(method, ""), form, parameters)), IsEmpty());
    }
  }
}

TEST_F(VerifyTest, ObjectsToOtherSecrets) {
  for (const SignatureMethod method : signature_methods) {
    if (is_rsa(method)) continue;
    const auto get = request("GET", "https://h/");
    EXPECT_THAT(objections(signed_by(*signer(method, "tx"), get, usual())),
                ElementsAre(Objection::bad_signature));
    EXPECT_THAT(objections(signed_by(*signer(method, ""), get, usual())),
                ElementsAre(Objection::bad_signature));
  }
}

//= rfc5849#3.4.4
//# It MUST be used with a transport-layer mechanism such as TLS or SSL
TEST_F(VerifyTest, ObjectsToPlaintextWithoutTls) {
  auto sent =
      signed_by(*signer(SignatureMethod::plaintext, "ts"), request("GET", "https://h/"), usual());
  EXPECT_THAT(objections(sent), IsEmpty());
  sent.url = test::url("http://h/");
  EXPECT_THAT(objections(sent), ElementsAre(Objection::insecure_transport));
  sent.url = test::url("http://localhost/");
  EXPECT_THAT(objections(sent), IsEmpty());
}

TEST_F(VerifyTest, RepeatsNoPlaintextSignature) {
  Parameters parameters = complete_with("oauth_signature_method", "PLAINTEXT");
  for (Parameter& parameter : parameters) {
    if (parameter.name == "oauth_signature") parameter.value = "cs&tx";
  }
  const auto verification = verify(with_header(parameters), server_, {.now = now});
  ASSERT_EQ(verification.refusals.size(), 1U);
  EXPECT_EQ(verification.refusals[0].objection, Objection::bad_signature);
  EXPECT_EQ(verification.refusals[0].detail, "");
}

//= rfc5849#3.1
//# The parameter MAY be omitted when using the "PLAINTEXT" signature method.
TEST_F(VerifyTest, DemandsNeitherNonceNorTimestampOfPlaintext) {
  for (const std::string_view method : {"PLAINTEXT", "HMAC-SHA1"}) {
    Parameters parameters = complete_with("oauth_signature_method", method);
    std::erase_if(parameters, [](const Parameter& p) {
      return p.name == "oauth_timestamp" || p.name == "oauth_nonce";
    });
    for (Parameter& parameter : parameters) {
      if (parameter.name == "oauth_signature") parameter.value = "cs&ts";
    }
    if (method == "PLAINTEXT") {
      EXPECT_THAT(objections(with_header(parameters)), IsEmpty());
    } else {
      EXPECT_THAT(objections(with_header(parameters)),
                  ElementsAre(Objection::missing_parameter, Objection::missing_parameter));
    }
  }
}

TEST_F(VerifyTest, ObjectsToABodyThatIsNotTheHashedOne) {
  for (const SignatureMethod method : {SignatureMethod::rsa_sha256, SignatureMethod::hmac_sha512}) {
    auto parameters = usual();
    parameters.body_hash = BodyHash::sent;
    for (const std::string_view body : {"{}", ""}) {
      auto sent =
          signed_by(*signer(method, "ts"),
                    form_request("POST", "http://h/", body, "application/json"), parameters);
      EXPECT_THAT(objections(sent), IsEmpty());
      sent.body += ' ';
      EXPECT_THAT(objections(sent), ElementsAre(Objection::bad_body_hash));
    }
  }
}

TEST_F(VerifyTest, ObjectsToABodyHashBesideAForm) {
  auto parameters = usual();
  parameters.body_hash = BodyHash::sent;
  auto sent = signed_request(form_request("POST", "http://h/", "", "text/plain"), parameters);
  sent.headers.set("Content-Type", "application/x-www-form-urlencoded");
  EXPECT_THAT(objections(sent), ElementsAre(Objection::misplaced_body_hash));
}

}  // namespace
}  // namespace applink::oauth1

#include "applink/oauth1/placement.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "applink/oauth1/authorization_header.h"
#include "applink/oauth1/sign.h"
#include "applink/oauth1/signature_base_string.h"
#include "oauth1/requests.h"

namespace applink::oauth1 {
namespace {

using test::form_request;
using test::request;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

constexpr std::string_view form_type = "application/x-www-form-urlencoded";

Signature signature(Placement placement) {
  return {.protocol_parameters = {{"oauth_consumer_key", "a b"}, {"oauth_signature", "x+/="}},
          .base_string = {},
          .value = "x+/=",
          .placement = placement};
}

http::Request placed_ok(http::Request request, Placement placement) {
  auto sent = placed(std::move(request), signature(placement), "Jira");
  EXPECT_TRUE(sent) << sent.error().message;
  return std::move(sent).value();
}

TEST(Placement, IsFoundByItsNameAndNoOther) {
  for (const Placement placement : placements) {
    EXPECT_EQ(placement_named(to_string(placement)), placement);
  }
  for (const std::string_view name : {"", "Header", "url", "form\x1b"}) {
    const auto placement = placement_named(name);
    ASSERT_FALSE(placement) << name;
    EXPECT_EQ(placement.error().code, ErrorCode::usage);
    EXPECT_THAT(placement.error().message, HasSubstr("is not a place"));
    EXPECT_THAT(placement.error().message, Not(HasSubstr("\x1b")));
    EXPECT_EQ(placement.error().hint,
              name == "Header" ? "did you mean header?" : "write header, query or body");
  }
}

TEST(PlacedInTheHeader, ChangesTheHeaderAlone) {
  const auto before = form_request("POST", "http://h/a?b=c#d", "e=f");
  auto sent = placed_ok(before, Placement::header);
  EXPECT_EQ(sent.headers.find("Authorization"),
            "OAuth realm=\"Jira\", oauth_consumer_key=\"a%20b\", oauth_signature=\"x%2B%2F%3D\"");
  sent.headers.remove("Authorization");
  EXPECT_EQ(sent, before);
}

TEST(PlacedInTheHeader, RefusesARealmThatIsNoHeader) {
  const auto sent = placed(request("GET", "http://h/"), signature(Placement::header), "a\nb");
  ASSERT_FALSE(sent);
  EXPECT_THAT(sent.error().message, HasSubstr("realm"));
}

// RFC 5849 section 3.5.3: behind the parameters of the request, before the fragment.
TEST(PlacedInTheQuery, AppendsToTheQuery) {
  constexpr std::string_view added = "oauth_consumer_key=a%20b&oauth_signature=x%2B%2F%3D";
  const std::pair<std::string, std::string> rows[] = {
      {"http://h/a", "http://h/a?"},
      {"http://h", "http://h?"},
      {"http://h/a?", "http://h/a?"},
      {"http://h/a?b", "http://h/a?b&"},
      {"http://h/a?b=%20c+d", "http://h/a?b=%20c+d&"},
      {"http://h/a?b&", "http://h/a?b&"},
      {"http://h/a?b=?", "http://h/a?b=?&"}};
  for (const auto& row : rows) {
    const std::string longer = row.second + std::string(added);
    EXPECT_EQ(placed_ok(request("GET", row.first), Placement::query).url.text(), longer);
    EXPECT_EQ(placed_ok(request("GET", row.first + "#top?x"), Placement::query).url.text(),
              longer + "#top?x");
  }
}

TEST(PlacedInTheQuery, ChangesTheUrlAlone) {
  const auto before = form_request("POST", "http://h/a", "e=f");
  auto sent = placed_ok(before, Placement::query);
  EXPECT_FALSE(sent.headers.find("Authorization"));
  sent.url = before.url;
  EXPECT_EQ(sent, before);
}

// RFC 5849 section 3.5.2: behind the parameters of the request.
TEST(PlacedInTheBody, AppendsToTheForm) {
  constexpr std::string_view added = "oauth_consumer_key=a%20b&oauth_signature=x%2B%2F%3D";
  const std::pair<std::string, std::string> rows[] = {
      {"", ""}, {"e=f", "e=f&"}, {"e", "e&"}, {"e=f&", "e=f&"}};
  for (const auto& row : rows) {
    const auto before = form_request("PUT", "http://h/a?b=c", row.first);
    auto sent = placed_ok(before, Placement::body);
    EXPECT_EQ(sent.body, row.second + std::string(added));
    sent.body = before.body;
    EXPECT_EQ(sent, before);
  }
}

TEST(PlacedInTheBody, MakesAFormOfNothing) {
  const auto sent = placed_ok(request("POST", "http://h/"), Placement::body);
  EXPECT_EQ(sent.headers.find("Content-Type"), form_type);
  EXPECT_THAT(sent.body, StartsWith("oauth_consumer_key=a%20b&"));
}

TEST(PlacedInTheBody, KeepsTheTypeAsItWasWritten) {
  const auto sent = placed_ok(
      form_request("POST", "http://h/", "", "Application/X-www-form-urlencoded; charset=UTF-8"),
      Placement::body);
  EXPECT_EQ(sent.headers.find("Content-Type"), "Application/X-www-form-urlencoded; charset=UTF-8");
}

//= rfc5849#3.5.2
//# Protocol parameters can be transmitted in the HTTP request entity-body, but only if the following
//# REQUIRED conditions are met
TEST(PlacedInTheBody, RefusesABodyThatIsNoForm) {
  auto untyped = request("POST", "http://h/");
  untyped.body = "e=f";
  for (const auto& refused :
       {form_request("POST", "http://h/", "{}", "application/json"),
        form_request("POST", "http://h/", "", "text/plain"),
        form_request("POST", "http://h/", "--x", "multipart/form-data; boundary=x"), untyped}) {
    const auto sent = placed(refused, signature(Placement::body), std::nullopt);
    ASSERT_FALSE(sent);
    EXPECT_EQ(sent.error().code, ErrorCode::usage);
    EXPECT_EQ(sent.error().message, "the body is no form, so the signature cannot be placed in it");
    EXPECT_THAT(sent.error().hint, HasSubstr("in the header or in the query"));
  }
}

TEST(PlacedInTheBody, RefusesAMethodWithoutABody) {
  for (const std::string_view method : {"GET", "HEAD", "DELETE", "get"}) {
    const auto sent =
        placed(request(method, "http://h/"), signature(Placement::body), std::nullopt);
    ASSERT_FALSE(sent) << method;
    EXPECT_EQ(sent.error().message, "a " + std::string(method) + " has no body for the signature");
    EXPECT_NE(sent.error().hint, "");
  }
}

// The bytes that are sent are the bytes that were signed, wherever the signature is.
TEST(Placed, LeavesTheSignedParametersAsTheyWere) {
  const HmacSigner signer(SignatureMethod::hmac_sha256, Secret("cs"), Secret("ts"));
  for (const Placement placement : placements) {
    for (const auto& before : {form_request("POST", "http://h/a?b=%7e+&b", "c=d+e&f"),
                               form_request("POST", "http://h", "")}) {
      ProtocolParameters parameters{.client_identifier = "client",
                                    .token = "a%b",
                                    .nonce = "n",
                                    .timestamp = Timestamp(std::chrono::seconds(1)),
                                    .placement = placement};
      const auto made = sign(before, parameters, signer, FormBodyRule::every_method);
      ASSERT_TRUE(made) << made.error().message;
      const auto sent = placed(before, *made, "Jira").value();
      Parameters header;
      if (const auto value = sent.headers.find("Authorization")) {
        header = parse_authorization_header(*value).value().parameters;
      }
      const auto read = request_parameters(sent, header, FormBodyRule::every_method).value();
      EXPECT_EQ(signature_base_string(sent.method, sent.url, read), made->base_string);
    }
  }
}

}  // namespace
}  // namespace applink::oauth1

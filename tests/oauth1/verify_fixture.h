// A server that judges requests, and requests signed for it.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "applink/oauth1/authorization_header.h"
#include "applink/oauth1/placement.h"
#include "applink/oauth1/sign.h"
#include "applink/oauth1/verify.h"
#include "oauth1/requests.h"

namespace applink::oauth1 {

inline const Timestamp now{std::chrono::seconds(1196666512)};

/// Knows the client "hub" with the secret "cs" and a key, its token "T" with the secret "ts", and
/// the nonce "old"; of the methods it has all but RSA-SHA512.
class TestServer final : public ServerState {
 public:
  TestServer() : key_(test::key_file("pkcs8.pem")), public_key_(key_.public_key()) {}

  [[nodiscard]] bool supports(SignatureMethod method) const override {
    return method != SignatureMethod::rsa_sha512;
  }
  [[nodiscard]] std::unique_ptr<const SignatureVerifier> verifier(
      std::string_view client, std::string_view token, SignatureMethod method) const override {
    if (client != "hub") return nullptr;
    if (is_rsa(method)) return std::make_unique<RsaVerifier>(public_key_, method);
    const Secret token_secret(token == "T" ? "ts" : "");
    if (method == SignatureMethod::plaintext) {
      return std::make_unique<PlaintextVerifier>(Secret("cs"), token_secret);
    }
    return std::make_unique<HmacVerifier>(method, Secret("cs"), token_secret);
  }
  [[nodiscard]] bool accepts_token(std::string_view client, std::string_view token) const override {
    return client == "hub" && token == "T";
  }
  [[nodiscard]] bool used(const NonceUse& use) const override {
    return use.client_identifier == "hub" && use.nonce == "old" && use.timestamp == now;
  }

  [[nodiscard]] const crypto::RsaPrivateKey& key() const { return key_; }

 private:
  crypto::RsaPrivateKey key_;
  crypto::RsaPublicKey public_key_;
};

class VerifyTest : public testing::Test {
 protected:
  static ProtocolParameters usual() {
    return {.client_identifier = "hub", .token = "T", .nonce = "new", .timestamp = now};
  }

  http::Request signed_request(const http::Request& request, const ProtocolParameters& parameters) {
    return signed_by(RsaSigner(server_.key(), SignatureMethod::rsa_sha1), request, parameters);
  }

  static http::Request signed_by(const Signer& signer, const http::Request& request,
                                 const ProtocolParameters& parameters) {
    const auto signature = sign(request, parameters, signer, FormBodyRule::every_method);
    EXPECT_TRUE(signature);
    return placed(request, *signature, "Jira").value();
  }

  std::unique_ptr<Signer> signer(SignatureMethod method, std::string_view token_secret) const {
    if (is_rsa(method)) return std::make_unique<RsaSigner>(server_.key(), method);
    if (method == SignatureMethod::plaintext) {
      return std::make_unique<PlaintextSigner>(Secret("cs"), Secret(token_secret));
    }
    return std::make_unique<HmacSigner>(method, Secret("cs"), Secret(token_secret));
  }

  http::Request signed_request(const ProtocolParameters& parameters) {
    return signed_request(test::request("GET", "https://jira.example.com/rest/api/2/myself"),
                          parameters);
  }

  /// A request whose header holds just these; nobody signed it.
  static http::Request with_header(const Parameters& parameters) {
    auto bare = test::request("GET", "https://jira.example.com/rest/api/2/myself");
    bare.headers.add("Authorization", authorization_header(parameters, std::nullopt).value());
    return bare;
  }

  static Parameters complete() {
    return {{"oauth_consumer_key", "hub"},          {"oauth_token", "T"},
            {"oauth_signature_method", "RSA-SHA1"}, {"oauth_signature", "c2ln"},
            {"oauth_timestamp", "1196666512"},      {"oauth_nonce", "new"}};
  }

  static Parameters complete_with(std::string_view name, std::string_view value) {
    Parameters parameters = complete();
    for (Parameter& parameter : parameters) {
      if (parameter.name == name) parameter.value = std::string(value);
    }
    if (!find(parameters, name)) parameters.push_back({std::string(name), std::string(value)});
    return parameters;
  }

  std::vector<Objection> objections(const http::Request& request) {
    std::vector<Objection> found;
    for (const Refusal& refusal : verify(request, server_, {.now = now}).refusals) {
      found.push_back(refusal.objection);
    }
    return found;
  }

  TestServer server_;
};

}  // namespace applink::oauth1

// Signatures on request, for base_string_test.py and signature_test.py: a request a line in, as
// JSON, and for each a line out with what was made of it, or with the error that refused it. The
// argument is the file of an RSA key.
#include <fstream>
#include <iostream>
#include <iterator>
#include <memory>
#include <string>

#include <nlohmann/json.hpp>

#include "applink/crypto/key_reading.h"
#include "applink/oauth1/placement.h"
#include "applink/oauth1/sign.h"

namespace applink {
namespace {

using nlohmann::json;

std::unique_ptr<oauth1::Signer> signer_for(const json& asked, const crypto::RsaPrivateKey& key) {
  const auto method =
      oauth1::signature_method_named(asked.value("signature_method", "RSA-SHA1")).value();
  const Secret client(asked.value("client_secret", ""));
  const Secret token(asked.value("token_secret", ""));
  if (oauth1::is_rsa(method)) return std::make_unique<oauth1::RsaSigner>(key, method);
  if (method != oauth1::SignatureMethod::plaintext) {
    return std::make_unique<oauth1::HmacSigner>(method, client, token);
  }
  return std::make_unique<oauth1::PlaintextSigner>(client, token);
}

Result<http::Request> request_of(const json& asked) {
  TRY_ASSIGN(http::Url url, http::Url::parse(asked.at("url").get<std::string>()));
  http::Request request{asked.at("method"), std::move(url), {}, asked.value("body", "")};
  if (asked.contains("content_type")) request.headers.add("Content-Type", asked["content_type"]);
  return request;
}

oauth1::ProtocolParameters protocol_of(const json& asked) {
  oauth1::ProtocolParameters parameters{
      .client_identifier = asked.at("client"),
      .nonce = asked.at("nonce"),
      .timestamp = Timestamp(std::chrono::seconds(asked.at("timestamp").get<std::int64_t>()))};
  if (asked.contains("token")) parameters.token = asked["token"];
  if (asked.contains("callback")) parameters.callback = asked["callback"];
  if (asked.value("body_hash", false)) parameters.body_hash = oauth1::BodyHash::sent;
  parameters.placement = oauth1::placement_named(asked.value("placement", "header")).value();
  return parameters;
}

json sent(const http::Request& request) {
  json headers = json::object();
  for (const auto& header : request.headers) headers[header.name] = header.value;
  return {{"method", request.method},
          {"url", request.url.text()},
          {"headers", headers},
          {"body", request.body}};
}

Result<json> made_of(const json& asked, const crypto::RsaPrivateKey& key) {
  TRY_ASSIGN(http::Request request, request_of(asked));
  const auto signer = signer_for(asked, key);
  TRY_ASSIGN(const oauth1::Signature signature, oauth1::sign(request, protocol_of(asked), *signer,
                                                             oauth1::FormBodyRule::every_method));
  TRY_ASSIGN(const http::Request placed, oauth1::placed(std::move(request), signature, "Realm"));
  return json{{"base_string", signature.base_string},
              {"signature", signature.value},
              {"sent", sent(placed)}};
}

json answer_to(const std::string& line, const crypto::RsaPrivateKey& key) {
  const auto made = made_of(json::parse(line), key);
  if (made) return *made;
  return {{"error", made.error().message}, {"hint", made.error().hint}};
}

}  // namespace
}  // namespace applink

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  std::ifstream file(argv[1]);
  const std::string pem((std::istreambuf_iterator<char>(file)), {});
  const auto read = applink::crypto::read_private_key(applink::Secret(pem));
  if (!read) return 1;
  for (std::string line; std::getline(std::cin, line);) {
    std::cout << applink::answer_to(line, read->key).dump() << '\n';
  }
}

// Base strings on request, for base_string_test.py: a request a line in, as JSON, and for each a
// line out with its signature base string, or with the error that refused it.
#include <iostream>
#include <string>

#include <nlohmann/json.hpp>

#include "applink/oauth1/sign.h"

namespace applink {
namespace {

/// Only the base string is asked for.
class NoSigner final : public oauth1::Signer {
 public:
  [[nodiscard]] oauth1::SignatureMethod method() const override {
    return oauth1::SignatureMethod::rsa_sha1;
  }
  [[nodiscard]] Result<std::string> sign(std::string_view) const override { return "unsigned"; }
};

Result<std::string> base_string_of(const nlohmann::json& asked) {
  TRY_ASSIGN(http::Url url, http::Url::parse(asked.at("url").get<std::string>()));
  http::Request request{asked.at("method"), std::move(url), {}, asked.value("body", "")};
  if (asked.contains("content_type")) request.headers.add("Content-Type", asked["content_type"]);
  oauth1::ProtocolParameters parameters{
      .client_identifier = asked.at("client"),
      .nonce = asked.at("nonce"),
      .timestamp = Timestamp(std::chrono::seconds(asked.at("timestamp").get<std::int64_t>()))};
  if (asked.contains("token")) parameters.token = asked["token"];
  if (asked.contains("callback")) parameters.callback = asked["callback"];
  TRY_ASSIGN(const oauth1::Signature signature,
             oauth1::sign(request, parameters, NoSigner(), oauth1::FormBodyRule::every_method));
  return signature.base_string;
}

nlohmann::json answer_to(const std::string& line) {
  const auto base_string = base_string_of(nlohmann::json::parse(line));
  if (base_string) return {{"base_string", *base_string}};
  return {{"error", base_string.error().message}, {"hint", base_string.error().hint}};
}

}  // namespace
}  // namespace applink

int main() {
  for (std::string line; std::getline(std::cin, line);) {
    std::cout << applink::answer_to(line).dump() << '\n';
  }
}

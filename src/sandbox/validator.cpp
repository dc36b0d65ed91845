// Atlassian's checks around those of net.oauth's SimpleOAuthValidator.
#include "sandbox/validator.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "applink/oauth1/signature_base_string.h"
#include "sandbox/conditions.h"
#include "sandbox/java_decoding.h"
#include "sandbox/java_numbers.h"
#include "sandbox/timestamp_window.h"

namespace applink::sandbox {
namespace {

using oauth1::Parameters;

// oauth_verifier and oauth_session_handle may repeat.
constexpr std::array<std::string_view, 9> single_parameters{
    "oauth_callback",  "oauth_consumer_key",     "oauth_nonce",
    "oauth_signature", "oauth_signature_method", "oauth_timestamp",
    "oauth_token",     "oauth_token_secret",     "oauth_version"};

std::string value(const Parameters& parameters, std::string_view name) {
  return std::string(oauth1::find(parameters, name).value_or(""));
}

Checked<void> check_method(const Parameters& parameters) {
  TRY(require(parameters, {"oauth_signature_method", "oauth_consumer_key"}));
  if (value(parameters, "oauth_signature_method") == "RSA-SHA1") return {};
  return refuse("signature_method_rejected");
}

Checked<void> check_repeats(const Parameters& parameters) {
  Parameters repeated;
  for (const std::string_view name : single_parameters) {
    if (oauth1::count(parameters, name) < 2) continue;
    std::copy_if(parameters.begin(), parameters.end(), std::back_inserter(repeated),
                 [name](const oauth1::Parameter& parameter) { return parameter.name == name; });
  }
  if (repeated.empty()) return {};
  return refuse({{"oauth_problem", "parameter_rejected"},
                 {"oauth_parameters_rejected", oauth_form(repeated)}});
}

Checked<void> check_version(const Parameters& parameters) {
  const auto text = oauth1::find(parameters, "oauth_version");
  if (!text) return {};
  const auto version = java_double(*text);
  if (!version) return crash();
  if (*version == 1.0) return {};
  return refuse({{"oauth_problem", "version_rejected"}, {"oauth_acceptable_versions", "1.0-1.0"}});
}

Checked<std::int64_t> check_timestamp(const Parameters& parameters, Timestamp now) {
  TRY(require(parameters, {"oauth_timestamp", "oauth_nonce"}));
  const auto timestamp = java_long(value(parameters, "oauth_timestamp"));
  if (!timestamp) return crash();
  const TimestampWindow window = timestamp_window(now);
  if (window.contains(*timestamp)) return *timestamp;
  return refuse(
      {{"oauth_problem", "timestamp_refused"},
       {"oauth_acceptable_timestamps", fmt::format("{}-{}", window.earliest, window.latest)}});
}

Checked<void> check_nonce(const Parameters& parameters, std::int64_t timestamp, NonceLog& nonces,
                          Timestamp now) {
  const UsedNonce nonce{timestamp, value(parameters, "oauth_nonce"),
                        value(parameters, "oauth_consumer_key"), value(parameters, "oauth_token")};
  if (nonces.burn(nonce, now)) return {};
  return refuse("nonce_used");
}

Checked<void> check_signature(const http::Request& request, const Parameters& parameters,
                              const PublicKey& key) {
  TRY(require(parameters, {"oauth_signature"}));
  std::string signature = value(parameters, "oauth_signature");
  std::string base_string = server_base_string(request, parameters);
  if (key && key->verify(crypto::Digest::sha1, base_string, lenient_base64(signature))) return {};
  return refuse({{"oauth_problem", "signature_invalid"},
                 {"oauth_signature", std::move(signature)},
                 {"oauth_signature_base_string", std::move(base_string)},
                 {"oauth_signature_method", value(parameters, "oauth_signature_method")}});
}

http::Url url_as_received(const http::Request& request) {
  const auto host = request.headers.find("Host");
  if (!host) return request.url;
  auto url =
      http::Url::parse(fmt::format("{}://{}{}", request.url.scheme(), *host, request.url.path()));
  return url ? *std::move(url) : request.url;
}

}  // namespace

Checked<void> validate(Site& site, const Incoming& incoming, const Consumer& consumer,
                       std::string_view token) {
  const Parameters& parameters = incoming.parameters;
  const Timestamp now = clock_of(site, incoming.struck);
  TRY(check_method(parameters));
  TRY(check_repeats(parameters));
  TRY(check_version(parameters));
  TRY_ASSIGN(const std::int64_t timestamp, check_timestamp(parameters, now));
  TRY(check_nonce(parameters, timestamp, nonces_of(site, incoming), now));
  return check_signature(incoming.request, parameters, key_of(site, incoming, consumer, token));
}

std::string server_base_string(const http::Request& request, const Parameters& parameters) {
  Parameters signed_parameters;
  std::copy_if(
      parameters.begin(), parameters.end(), std::back_inserter(signed_parameters),
      [](const oauth1::Parameter& parameter) { return parameter.name != "oauth_signature"; });
  return oauth1::signature_base_string(request.method, url_as_received(request), signed_parameters);
}

}  // namespace applink::sandbox

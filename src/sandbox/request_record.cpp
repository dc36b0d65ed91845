// The log's fields, with tokens named by digest and every other secret left out.
#include "sandbox/request_record.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "applink/base/encoding.h"
#include "applink/base/text.h"
#include "applink/crypto/digest.h"
#include "applink/oauth1/problem.h"
#include "sandbox/authorization_parameters.h"
#include "sandbox/java_decoding.h"

namespace applink::sandbox {
namespace {

using nlohmann::json;

constexpr std::size_t token_id_length = 12;
constexpr std::string_view left_out = "...";

// Every value of OAuth but these, and everything in which such a parameter could be packed.
constexpr std::array<std::string_view, 6> harmless{
    "oauth_consumer_key", "oauth_callback", "oauth_signature_method",
    "oauth_timestamp",    "oauth_nonce",    "oauth_version"};

bool is_secret(std::string_view name, std::string_view value) {
  const std::string plain_name = url_decoded(name).value_or(std::string(name));
  const std::string plain_value = url_decoded(value).value_or(std::string(value));
  if (std::find(harmless.begin(), harmless.end(), plain_name) != harmless.end()) return false;
  const auto has = [](std::string_view text, std::string_view part) {
    return to_lower_ascii(text).find(part) != std::string::npos;
  };
  return has(plain_name, "oauth_") || has(plain_name, "token") || has(plain_name, "password") ||
         has(plain_value, "oauth_");
}

std::string shown_query(std::string_view query) {
  std::string out;
  while (!query.empty()) {
    const std::size_t end = query.find('&');
    const std::string_view pair = query.substr(0, end);
    query.remove_prefix(end == std::string_view::npos ? query.size() : end + 1);
    const std::size_t equals = std::min(pair.find('='), pair.size());
    const std::string_view name = pair.substr(0, equals);
    const std::string_view value = pair.substr(std::min(equals + 1, pair.size()));
    out += out.empty() ? '?' : '&';
    out += is_secret(name, value) ? fmt::format("{}={}", name, left_out) : std::string(pair);
  }
  return out;
}

oauth1::Parameters parameters_of(const http::Request& request) {
  oauth1::Parameters all = header_parameters(request.headers).value_or(oauth1::Parameters{});
  for (const auto& some : {query_parameters(request.url), form_parameters(request)}) {
    all.insert(all.end(), some.begin(), some.end());
  }
  return all;
}

}  // namespace

std::string token_id(std::string_view token) {
  return hex_encode(crypto::digest(crypto::Digest::sha256, token)).substr(0, token_id_length);
}

json request_record(const http::Request& request, const http::Response& response,
                    const Struck& struck) {
  json out{
      {"method", request.method},
      {"target", std::string(request.url.path()) + shown_query(request.url.query().value_or(""))},
      {"status", response.status}};
  const oauth1::Parameters parameters = parameters_of(request);
  if (const auto key = oauth1::find(parameters, "oauth_consumer_key")) out["consumer_key"] = *key;
  const auto token = oauth1::find(parameters, "oauth_token").value_or("");
  if (!token.empty()) out["token"] = token_id(token);
  if (std::string problem = problem_in(response); !problem.empty()) {
    out["oauth_problem"] = std::move(problem);
  }
  if (const auto user = response.headers.find("X-AUSERNAME")) out["user"] = *user;
  for (const Blow& blow : struck.blows()) out["mishaps"].push_back(blow.entry->name);
  return out;
}

std::string problem_in(const http::Response& response) {
  const auto problem = oauth1::problem_of(response);
  return problem ? problem->name : std::string();
}

void count(Counters& counters, const http::Response& response) {
  ++counters.requests;
  ++counters.by_status[response.status];
  if (const std::string problem = problem_in(response); !problem.empty()) {
    ++counters.by_problem[problem];
  }
}

}  // namespace applink::sandbox

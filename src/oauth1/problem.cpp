// Reading oauth_problem and what comes with it, from the body and from WWW-Authenticate.
#include "applink/oauth1/problem.h"

#include <cstddef>
#include <utility>

#include "applink/base/text.h"
#include "applink/http/form.h"
#include "applink/oauth1/percent_encoding.h"
#include "oauth1/auth_parameters.h"

namespace applink::oauth1 {
namespace {

constexpr std::string_view problem_name = "oauth_problem";
constexpr std::size_t longest_problem_body = std::size_t{64} * 1024;

/// A form, under any of the names that servers give to one.
bool may_be_form(const http::Response& response) {
  const std::string type = http::media_type(response.headers);
  return type.empty() || type == "text/plain" || http::is_form(response.headers);
}

Parameters from_body(const http::Response& response) {
  Parameters parameters;
  if (response.body.size() > longest_problem_body || !may_be_form(response)) return parameters;
  for (http::FormPair& pair : http::parse_form(response.body)) {
    if (parameters.size() == most_auth_parameters) break;
    parameters.push_back({std::move(pair.name), std::move(pair.value)});
  }
  return parameters;
}

Parameter from_challenge(const RawAuthParameter& raw) {
  const std::string value = unquote(raw.value);
  return {std::string(raw.name), percent_decode(value).value_or(value)};
}

Parameters from_challenges(const http::Response& response) {
  Parameters parameters;
  for (const std::string_view challenge : response.headers.all("WWW-Authenticate")) {
    const auto items = after_oauth_scheme(challenge.substr(0, longest_auth_header));
    if (!items) continue;
    AuthParameterScanner scanner(*items);
    while (const auto raw = scanner.next()) {
      if (parameters.size() == most_auth_parameters) return parameters;
      parameters.push_back(from_challenge(*raw));
    }
  }
  return parameters;
}

Parameters merged(Parameters first, Parameters second) {
  for (Parameter& parameter : second) {
    if (!find(first, parameter.name)) first.push_back(std::move(parameter));
  }
  return first;
}

}  // namespace

std::optional<std::string_view> Problem::find(std::string_view detail) const {
  return oauth1::find(details, detail);
}

std::optional<Problem> problem_of(const http::Response& response) {
  if (response.status < 400) return std::nullopt;
  Parameters body = from_body(response);
  // Of a body that names no problem the rest means nothing either.
  if (!find(body, problem_name)) body.clear();
  Problem problem;
  problem.details = merged(std::move(body), from_challenges(response));
  const auto name = find(problem.details, problem_name);
  if (!name || name->empty()) return std::nullopt;
  problem.name = std::string(*name);
  std::erase_if(problem.details, [](const Parameter& p) { return p.name == problem_name; });
  return problem;
}

}  // namespace applink::oauth1

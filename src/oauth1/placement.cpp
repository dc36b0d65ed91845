// The protocol parameters put into a request: header, query or body (RFC 5849 section 3.5).
#include "applink/oauth1/placement.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "applink/base/text.h"
#include "applink/http/form.h"
#include "applink/oauth1/authorization_header.h"
#include "applink/oauth1/sign.h"
#include "oauth1/form_placement.h"
#include "oauth1/query_placement.h"

namespace applink::oauth1 {
namespace {

Result<http::Request> in_header(http::Request request, const Parameters& parameters,
                                std::optional<std::string_view> realm) {
  TRY_ASSIGN(std::string value, authorization_header(parameters, realm));
  request.headers.set("Authorization", std::move(value));
  return request;
}

Result<http::Request> in_query(http::Request request, const Parameters& parameters) {
  TRY_ASSIGN(request.url, with_query_parameters(request.url, parameters));
  return request;
}

//= rfc5849#3.5.2
//# The entity-body MAY include other request-specific parameters, in which case, the protocol
//# parameters SHOULD be appended following the request-specific parameters, properly separated by
//# an "&" character (ASCII code 38).
Result<http::Request> in_body(http::Request request, const Parameters& parameters) {
  TRY(check_form_placement(request));
  if (!http::is_form(request.headers))
    request.headers.set("Content-Type", std::string(http::form_media_type));
  request.body += appended(request.body, parameters);
  return request;
}

/// HTTP gives a body of these no meaning, and servers drop it.
bool brings_no_body(std::string_view method) {
  const std::string lower = to_lower_ascii(method);
  return lower == "get" || lower == "head" || lower == "delete";
}

}  // namespace

//= rfc5849#3.5.2
//# Protocol parameters can be transmitted in the HTTP request entity-body, but only if the following
//# REQUIRED conditions are met
Result<void> check_form_placement(const http::Request& request) {
  constexpr std::string_view hint = "place the signature in the header or in the query instead";
  if (brings_no_body(request.method)) {
    return fail(ErrorCode::usage,
                fmt::format("a {} has no body for the signature", terminal_safe(request.method)),
                std::string(hint));
  }
  //= rfc5849#3.5.2
  //# The HTTP request entity-header includes the "Content-Type" header field set to
  //# "application/x-www-form-urlencoded".
  const bool typed = request.headers.find("Content-Type").has_value();
  const bool fits = typed ? http::is_form(request.headers) : request.body.empty();
  if (fits) return {};
  return fail(ErrorCode::usage, "the body is no form, so the signature cannot be placed in it",
              std::string(hint));
}

std::string_view to_string(Placement placement) {
  switch (placement) {
    case Placement::header:
      return "header";
    case Placement::query:
      return "query";
    case Placement::body:
      return "body";
  }
  return {};
}

Result<Placement> placement_named(std::string_view name) {
  const auto* const found =
      std::find_if(placements.begin(), placements.end(),
                   [name](Placement placement) { return to_string(placement) == name; });
  if (found != placements.end()) return *found;
  std::vector<std::string> words;
  words.reserve(placements.size());
  for (const Placement placement : placements) words.emplace_back(to_string(placement));
  const auto meant = nearest(name, words);
  return fail(ErrorCode::usage,
              fmt::format("\"{}\" is not a place for the signature", terminal_safe(name)),
              meant ? fmt::format("did you mean {}?", *meant) : "write header, query or body");
}

Result<http::Request> placed(http::Request request, const Signature& signature,
                             std::optional<std::string_view> realm) {
  const Parameters& parameters = signature.protocol_parameters;
  switch (signature.placement) {
    case Placement::header:
      return in_header(std::move(request), parameters, realm);
    case Placement::query:
      return in_query(std::move(request), parameters);
    case Placement::body:
      return in_body(std::move(request), parameters);
  }
  return fail(ErrorCode::bug, "a placement without a name");
}

}  // namespace applink::oauth1

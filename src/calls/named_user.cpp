// Looks for the parameters in which Atlassian's products are told of a user.
#include "calls/named_user.h"

#include <algorithm>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "applink/http/form.h"

namespace applink::calls {
namespace {

bool names_user(const std::vector<http::FormPair>& pairs, std::string_view parameter) {
  return std::any_of(pairs.begin(), pairs.end(),
                     [&](const auto& pair) { return pair.name == parameter; });
}

}  // namespace

// The second name is Atlassian's own.
Result<void> check_no_user_named(const http::Request& request, const jira::ApplicationLink& link,
                                 std::string hint) {
  const auto query = http::parse_form(request.url.query().value_or(""));
  const auto form = http::is_form(request.headers) ? http::parse_form(request.body)
                                                   : std::vector<http::FormPair>();
  for (const std::string_view parameter : {"xoauth_requestor_id", "user_id"}) {
    if (parameter == "user_id" && link.product == jira::Product::generic) continue;
    if (!names_user(query, parameter) && !names_user(form, parameter)) continue;
    return fail(ErrorCode::usage,
                fmt::format("the {} names a user of its own, in {}",
                            names_user(query, parameter) ? "query" : "form", parameter),
                std::move(hint));
  }
  return {};
}

}  // namespace applink::calls

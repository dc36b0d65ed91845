// The base string of the product beside ours.
#include "applink/signing/signature_difference.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "applink/base/text.h"
#include "applink/oauth1/base_string_diff.h"
#include "applink/oauth1/problem.h"
#include "applink/signing/request_signer.h"

namespace applink::signing {
namespace {

using oauth1::BaseStringDifference;
using Kind = BaseStringDifference::Kind;

constexpr std::size_t most_shown = 3;
constexpr std::size_t longest_part = 100;

bool is_about_parameters(const BaseStringDifference& difference) {
  switch (difference.kind) {
    case Kind::parameter_missing:
    case Kind::parameter_added:
    case Kind::parameter_changed:
    case Kind::parameter_order:
      return true;
    case Kind::double_encoded:
      return !difference.name.empty();
    default:
      return false;
  }
}

/// Each part by itself, so that a long one hides no other.
BaseStringDifference shortened(BaseStringDifference difference) {
  for (auto* const part : {&difference.name, &difference.ours, &difference.theirs}) {
    if (part->size() > longest_part) part->replace(longest_part, std::string::npos, "...");
  }
  return difference;
}

std::string said(const std::vector<BaseStringDifference>& differences) {
  std::string words;
  for (std::size_t i = 0; i < std::min(differences.size(), most_shown); ++i) {
    words += (i == 0 ? ": " : ", ") + terminal_safe(oauth1::in_words(shortened(differences[i])));
  }
  return differences.size() > most_shown ? words + " and more" : words;
}

/// The rest of the URL has its remedy already: the catalogue of problems knows about connectors.
void add_remedy(Error& error, const std::vector<BaseStringDifference>& differences) {
  if (std::all_of(differences.begin(), differences.end(), is_about_parameters)) {
    error.hint =
        "something on the way changed the query, the Authorization header or the form in the body: "
        "look for a proxy that does";
  }
}

/// Of a request as it was before it was signed, the protocol parameters were not compared.
std::string where_nothing_differs(const http::Request& sent, oauth1::FormBodyRule rule,
                                  const jira::ApplicationLink& link) {
  const std::string_view proof = jira::signs_with_key(link) ? "public key" : "consumer secret";
  if (oauth1::is_signed(sent, rule)) {
    return fmt::format(": it signed the very same text, so it has another {}", proof);
  }
  return fmt::format(
      ": it signed the same method, URL and parameters, so it has another {}, or something on the "
      "way changed one of the signature's own parameters",
      proof);
}

}  // namespace

Error with_signature_difference(Error error, const http::Response& response,
                                const http::Request& sent, const jira::ApplicationLink& link) {
  const auto problem = oauth1::problem_of(response);
  if (!problem || problem->name != "signature_invalid") return error;
  const auto theirs = problem->find("oauth_signature_base_string");
  if (!theirs) return error;
  const auto rule = form_body_rule(link.product);
  const auto differences = oauth1::base_string_differences(sent, rule, *theirs);
  if (!differences) return error;
  if (!differences->empty()) {
    error.message += said(*differences);
    add_remedy(error, *differences);
    return error;
  }
  error.message += where_nothing_differs(sent, rule, link);
  return error;
}

}  // namespace applink::signing

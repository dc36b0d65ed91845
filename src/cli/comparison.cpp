// What a server signed beside what was sent, as rows and as JSON.
#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "applink/base/text.h"
#include "cli/layout.h"
#include "cli/verification.h"

namespace applink::cli {
namespace {

using oauth1::BaseStringDifference;
using Kind = BaseStringDifference::Kind;

std::string_view to_string(Kind kind) {
  switch (kind) {
    case Kind::unreadable:
      return "unreadable";
    case Kind::method:
      return "method";
    case Kind::scheme:
      return "scheme";
    case Kind::host:
      return "host";
    case Kind::port:
      return "port";
    case Kind::path:
      return "path";
    case Kind::context_path:
      return "context path";
    case Kind::parameter_missing:
      return "parameter missing";
    case Kind::parameter_added:
      return "parameter added";
    case Kind::parameter_changed:
      return "parameter changed";
    case Kind::double_encoded:
      return "double encoded";
    case Kind::parameter_order:
      break;
  }
  return "parameter order";
}

std::string words_where_same(const Comparison& comparison) {
  return comparison.request_is_signed
             ? "the server signed the very same text: it has another public key, or another secret"
             : "the server signed the same method, URL and parameters, as far as an unsigned "
               "request shows it: it has another public key, or another secret";
}

bool is_about_origin(const BaseStringDifference& difference) {
  return difference.kind == Kind::scheme || difference.kind == Kind::host ||
         difference.kind == Kind::port;
}

}  // namespace

std::string as_text(const Comparison& comparison) {
  std::vector<Meaning> rows;
  for (const auto& difference : comparison.differences) {
    rows.push_back(
        {std::string(to_string(difference.kind)), terminal_safe(oauth1::in_words(difference))});
  }
  if (rows.empty()) rows.push_back({"same", words_where_same(comparison)});
  for (const std::string& note : comparison.notes) rows.push_back({"note", terminal_safe(note)});
  return explained(rows);
}

Json as_json(const Comparison& comparison) {
  Json differences = Json::array();
  for (const auto& difference : comparison.differences) {
    Json object;
    object["kind"] = to_string(difference.kind);
    object["parameter"] = json_or_null(difference.name);
    object["ours"] = json_or_null(difference.ours);
    object["theirs"] = json_or_null(difference.theirs);
    object["words"] = oauth1::in_words(difference);
    differences.push_back(std::move(object));
  }
  Json object;
  object["same"] = comparison.differences.empty();
  object["differences"] = std::move(differences);
  Json notes = Json::array();
  for (const std::string& note : comparison.notes) notes.push_back(note);
  object["notes"] = std::move(notes);
  return object;
}

Error different(const Comparison& comparison) {
  const auto& differences = comparison.differences;
  return {ErrorCode::failed,
          fmt::format("the server signed another text: {}",
                      terminal_safe(oauth1::in_words(differences.front()))),
          std::any_of(differences.begin(), differences.end(), is_about_origin)
              ? "look at the Host field that reaches the server, and at scheme, proxyName and "
                "proxyPort of Tomcat's connector"
              : "look for a proxy that changes the path, the query, the Authorization header or "
                "the form"};
}

}  // namespace applink::cli

// A search read, done, and cut to the page that was asked for.
#include "sandbox/endpoints/search.h"

#include <algorithm>
#include <cstdint>
#include <string>
#include <utility>

#include <nlohmann/json.hpp>

#include "sandbox/java_numbers.h"
#include "sandbox/jql.h"
#include "sandbox/responses.h"
#include "sandbox/rest_answers.h"

namespace applink::sandbox {
namespace {

using nlohmann::json;

struct Search {
  std::string jql;
  std::int64_t start_at = 0;
  std::int64_t max_results = 50;
};

Search search_in_query(const oauth1::Parameters& query) {
  const auto number = [&query](std::string_view name, std::int64_t fallback) {
    return java_long(oauth1::find(query, name).value_or("")).value_or(fallback);
  };
  Search out;
  out.jql = oauth1::find(query, "jql").value_or("");
  out.start_at = number("startAt", out.start_at);
  out.max_results = number("maxResults", out.max_results);
  return out;
}

// Fields of another type count as missing.
Search search_in_document(const json& document) {
  const auto number = [&document](const char* name, std::int64_t fallback) {
    const auto found = document.find(name);
    const bool usable = found != document.end() && found->is_number_integer();
    return usable ? found->get<std::int64_t>() : fallback;
  };
  Search out;
  const auto jql = document.find("jql");
  if (jql != document.end() && jql->is_string()) out.jql = jql->get<std::string>();
  out.start_at = number("startAt", out.start_at);
  out.max_results = number("maxResults", out.max_results);
  return out;
}

http::Response found_issues(const Site& site, const Search& wanted, const User* user) {
  auto found = search(site.issues, wanted.jql);
  if (!found) return error_answer(400, found.error());
  if (user == nullptr) found->clear();
  const auto total = static_cast<std::int64_t>(found->size());
  const auto first = std::clamp<std::int64_t>(wanted.start_at, 0, total);
  const auto count = std::clamp<std::int64_t>(wanted.max_results, 0, total - first);
  json issues = json::array();
  for (std::int64_t i = first; i < first + count; ++i) {
    issues.push_back(issue_json(site.config, (*found)[static_cast<std::size_t>(i)]));
  }
  return json_answer(200, {{"expand", "schema,names"},
                           {"startAt", first},
                           {"maxResults", wanted.max_results},
                           {"total", total},
                           {"issues", std::move(issues)}});
}

}  // namespace

http::Response search_issues(const Site& site, const Incoming& incoming, const User* user) {
  if (is_get(incoming)) return found_issues(site, search_in_query(incoming.query), user);
  if (incoming.request.method != "POST") return method_not_allowed("GET, HEAD, POST");
  if (!is_json(incoming)) return empty_response(415);
  const json document = json_body(incoming);
  if (!document.is_object()) return error_answer(400, "The body is no JSON object.");
  return found_issues(site, search_in_document(document), user);
}

}  // namespace applink::sandbox

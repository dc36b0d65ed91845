// A typed URL and an added query put together.
#include "calls/curl_url.h"

#include <algorithm>
#include <string>

#include "jira/link_check.h"

namespace applink::calls {
namespace {

Result<std::string> with_query(std::string url, std::string_view added) {
  if (added.empty()) return url;
  if (added.find('#') != std::string_view::npos) {
    return fail(ErrorCode::usage, "the data for the query holds a \"#\", which would end the URL",
                "give it with --data-urlencode or --url-query NAME=CONTENT");
  }
  const auto question = url.find('?');
  if (question == std::string::npos) {
    url += '?';
  } else if (question + 1 < url.size() && !url.ends_with('&')) {
    url += '&';
  }
  return url.append(added);
}

}  // namespace

Result<http::Url> curl_url(std::string_view typed, std::string_view added_query, DotSegments dots) {
  TRY_ASSIGN(const auto text,
             with_query(std::string(typed.substr(0, typed.find('#'))), added_query));
  TRY_ASSIGN(auto url, http::Url::parse(text));
  if (dots == DotSegments::squashed && jira::has_dot_segments(url.path())) {
    return fail(ErrorCode::usage, "the URL's path has a \".\" or \"..\" in it, which curl follows",
                "write the path that it leads to");
  }
  return url;
}

}  // namespace applink::calls

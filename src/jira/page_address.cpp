// Addresses taken apart at the words that products have in their paths.
#include "jira/page_address.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "applink/base/text.h"

namespace applink::jira {
namespace {

/// The first segment of paths that products answer with a page or with data.
constexpr std::array<std::string_view, 6> page_segments{"secure",  "browse",      "rest",
                                                        "plugins", "servicedesk", "login.jsp"};
/// The same, but a context path may end in one of these.
constexpr std::array<std::string_view, 4> folder_segments{"projects", "issues", "display",
                                                          "spaces"};

enum class Followed { no, yes };

bool begins_a_page(std::string_view segment, Followed followed) {
  const auto name = segment.substr(0, segment.find(';'));
  const auto is_among = [name](const auto& words) {
    return std::find(words.begin(), words.end(), name) != words.end();
  };
  if (followed == Followed::yes && is_among(folder_segments)) return true;
  return name.ends_with(".jspa") || name.ends_with(".jsp") || name.ends_with(".action") ||
         is_among(page_segments);
}

}  // namespace

std::string_view without_trailing_slashes(std::string_view text) {
  while (text.ends_with('/')) text.remove_suffix(1);
  return text;
}

std::string_view context_path_in(const http::Url& url) {
  const std::string_view path = url.path();
  std::size_t begin = 0;
  while (begin < path.size()) {
    const auto end = std::min(path.find('/', begin + 1), path.size());
    const auto followed = end + 1 < path.size() || url.query() ? Followed::yes : Followed::no;
    if (begins_a_page(path.substr(begin + 1, end - begin - 1), followed)) {
      return path.substr(0, begin);
    }
    begin = end;
  }
  return path;
}

std::string_view origin_of(const http::Url& url) {
  const std::string_view text = url.text();
  return text.substr(0, text.find_first_of("/?#", text.find("://") + 3));
}

std::string with_scheme(std::string_view typed) {
  const auto lower = to_lower_ascii(typed);
  const std::string_view scheme = lower.starts_with("http:") ? "http" : "https";
  if (lower.starts_with("http:") || lower.starts_with("https:")) {
    typed.remove_prefix(scheme.size() + 1);
  }
  while (typed.starts_with('/')) typed.remove_prefix(1);
  const auto local = http::Url::parse(fmt::format("http://{}", typed));
  if (local && local->is_loopback() && scheme == "https" && !lower.starts_with("https:")) {
    return local->text();
  }
  return fmt::format("{}://{}", scheme, typed);
}

}  // namespace applink::jira

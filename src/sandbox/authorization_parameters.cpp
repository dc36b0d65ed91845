// net.oauth's reading of the Authorization header, Tomcat's of query and form.
#include "sandbox/authorization_parameters.h"

#include <string_view>
#include <utility>

#include "applink/base/text.h"
#include "applink/http/form.h"
#include "sandbox/java_decoding.h"

namespace applink::sandbox {
namespace {

constexpr std::string_view blanks = " \t";

struct RawItem {
  std::string_view name;
  std::string_view value;
};

std::string_view without_trailing_blanks(std::string_view text) {
  return text.substr(0, text.find_last_not_of(blanks) + 1);
}

// (\S*)\s*=\s*"([^"]*)" over the whole item: the value is what the last two quotes enclose.
std::optional<RawItem> quoted_item(std::string_view item) {
  if (item.size() < 2 || item.back() != '"') return std::nullopt;
  const std::size_t opening = item.rfind('"', item.size() - 2);
  if (opening == std::string_view::npos) return std::nullopt;
  const std::string_view value = item.substr(opening + 1, item.size() - opening - 2);
  std::string_view name = without_trailing_blanks(item.substr(0, opening));
  if (name.empty() || name.back() != '=') return std::nullopt;
  name = without_trailing_blanks(name.substr(0, name.size() - 1));
  if (name.find_first_of(blanks) != std::string_view::npos) return std::nullopt;
  return RawItem{name, value};
}

// What follows the scheme OAuth; none for another scheme.
std::optional<std::string_view> oauth_items(std::string_view header) {
  header = trim_ascii(header);
  const std::size_t end = header.find_first_of(blanks);
  if (end == std::string_view::npos) return std::nullopt;
  if (to_lower_ascii(header.substr(0, end)) != "oauth") return std::nullopt;
  return trim_ascii(header.substr(end));
}

bool append_items(std::string_view items, oauth1::Parameters& out) {
  while (!items.empty()) {
    const std::size_t comma = items.find(',');
    const auto raw = quoted_item(trim_ascii(items.substr(0, comma)));
    items.remove_prefix(comma == std::string_view::npos ? items.size() : comma + 1);
    if (!raw) continue;
    auto name = url_decoded(raw->name);
    auto value = url_decoded(raw->value);
    if (!name || !value) return false;
    if (to_lower_ascii(*name) == "realm") continue;
    out.push_back({std::move(*name), std::move(*value)});
  }
  return true;
}

oauth1::Parameters servlet_parameters(std::string_view text) {
  oauth1::Parameters out;
  while (!text.empty()) {
    const std::size_t end = text.find('&');
    const std::string_view pair = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    const std::size_t equals = pair.find('=');
    auto name = url_decoded(pair.substr(0, equals));
    auto value = url_decoded(equals == std::string_view::npos ? "" : pair.substr(equals + 1));
    if (!name || name->empty() || !value) continue;
    out.push_back({std::move(*name), std::move(*value)});
  }
  return out;
}

}  // namespace

std::optional<oauth1::Parameters> header_parameters(const http::Headers& headers) {
  oauth1::Parameters out;
  for (const std::string_view header : headers.all("Authorization")) {
    const auto items = oauth_items(header);
    if (items && !append_items(*items, out)) return std::nullopt;
  }
  return out;
}

oauth1::Parameters query_parameters(const http::Url& url) {
  return servlet_parameters(url.query().value_or(""));
}

oauth1::Parameters form_parameters(const http::Request& request) {
  if (request.method != "POST" || !http::is_form(request.headers)) return {};
  return servlet_parameters(request.body);
}

}  // namespace applink::sandbox

// Looks for oauth_signature_base_string where servers and people put it.
#include "applink/calls/server_base_string.h"

#include <algorithm>
#include <optional>

#include "applink/base/text.h"
#include "applink/http/form.h"
#include "applink/http/message.h"
#include "applink/oauth1/percent_encoding.h"
#include "applink/oauth1/problem.h"

namespace applink::calls {
namespace {

constexpr std::string_view name = "oauth_signature_base_string";

std::string_view take_trimmed_line(std::string_view& rest) {
  const auto end = std::min(rest.find('\n'), rest.size());
  const auto line = rest.substr(0, end);
  rest.remove_prefix(std::min(end + 1, rest.size()));
  return trim_ascii(line);
}

std::string_view without_mark_of_curl(std::string_view line) {
  return line.starts_with("< ") ? line.substr(2) : line;
}

/// "www-authenticate: …", with or without what stands before it.
std::optional<std::string_view> challenge_in(std::string_view line) {
  line = without_mark_of_curl(line);
  const auto colon = line.find(':');
  if (colon != std::string_view::npos &&
      to_lower_ascii(line.substr(0, colon)) == "www-authenticate") {
    return trim_ascii(line.substr(colon + 1));
  }
  if (to_lower_ascii(line.substr(0, 6)) == "oauth ") return line;
  return std::nullopt;
}

/// A line of the answer is a challenge, the form of the body, or of no interest.
std::optional<std::string> in_answer(std::string_view kept) {
  while (!kept.empty()) {
    const auto line = take_trimmed_line(kept);
    http::Response response{401, {}, {}};
    if (const auto challenge = challenge_in(line)) {
      response.headers.add("WWW-Authenticate", std::string(*challenge));
    } else {
      response.body = line;
    }
    const auto form = http::parse_form(response.body);
    if (const auto value = http::find(form, name)) return std::string(*value);
    const auto problem = oauth1::problem_of(response);
    if (!problem) continue;
    if (const auto value = problem->find(name)) return std::string(*value);
  }
  return std::nullopt;
}

/// METHOD&…&…, whatever its parts are.
bool is_base_string(std::string_view text) {
  const auto first = text.find('&');
  return first != std::string_view::npos && http::is_token(text.substr(0, first)) &&
         std::count(text.begin(), text.end(), '&') == 2;
}

std::string_view without_quotes(std::string_view text) {
  const bool quoted = text.size() > 1 && (text.front() == '"' || text.front() == '\'') &&
                      text.back() == text.front();
  return quoted ? text.substr(1, text.size() - 2) : text;
}

/// Bare, as it is or encoded once as a value.
std::optional<std::string> bare(std::string_view kept) {
  const auto text = without_quotes(trim_ascii(kept));
  if (is_base_string(text)) return std::string(text);
  auto decoded = oauth1::percent_decode(text);
  if (!decoded || !is_base_string(*decoded)) return std::nullopt;
  return *std::move(decoded);
}

}  // namespace

Result<std::string> server_base_string(std::string_view kept) {
  if (auto found = in_answer(kept)) {
    if (auto whole = bare(*found)) return *std::move(whole);
    return *std::move(found);
  }
  if (auto found = bare(kept)) return *std::move(found);
  return fail(ErrorCode::failed, "there is no signature base string in the server's answer",
              "Jira sends oauth_signature_base_string with signature_invalid, in the body and in "
              "WWW-Authenticate: keep either, or the whole answer");
}

}  // namespace applink::calls

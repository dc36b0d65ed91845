// Finds the verifier in a redirect, or in what a person made of it.
#include "applink/handshake/callback_answer.h"

#include <algorithm>
#include <array>
#include <optional>

#include <fmt/format.h>

#include "applink/base/secret.h"
#include "applink/base/text.h"
#include "applink/http/form.h"

namespace applink::handshake {
namespace {

constexpr std::size_t longest_answer = 8192;
constexpr std::size_t longest_verifier = 256;

Error unusable(std::string message) {
  return {ErrorCode::usage, std::move(message),
          "give the code that the page shows, or the whole address of the page that follows Allow"};
}

Error denied() {
  return {ErrorCode::denied, "the user pressed Deny", "log in again and press Allow"};
}

std::string_view without_quotes(std::string_view text) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 8> quotes{{{"\"", "\""},
                                                                                 {"'", "'"},
                                                                                 {"`", "`"},
                                                                                 {"<", ">"},
                                                                                 {"“", "”"},
                                                                                 {"‘", "’"},
                                                                                 {"„", "“"},
                                                                                 {"«", "»"}}};
  for (const auto& [open, close] : quotes) {
    if (text.size() < open.size() + close.size()) continue;
    if (!text.starts_with(open) || !text.ends_with(close)) continue;
    return trim_ascii(text.substr(open.size(), text.size() - open.size() - close.size()));
  }
  return text;
}

bool is_verifier_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         std::string_view("-._~").find(c) != std::string_view::npos;
}

//= rfc5849#2.2
//# oauth_verifier
//# The verification code.
//
// Jira sends `oauth_verifier=denied` where the user pressed Deny; a verifier of its own has six
// characters, which other providers are not bound to.
Result<std::string> checked_verifier(std::string_view verifier) {
  if (verifier.empty()) return tl::unexpected(unusable("there is no code in the answer"));
  if (verifier == "denied") return tl::unexpected(denied());
  if (verifier.size() <= longest_verifier &&
      std::all_of(verifier.begin(), verifier.end(), is_verifier_character)) {
    return std::string(verifier);
  }
  return tl::unexpected(unusable("this is neither a code nor the address of a redirect"));
}

/// The parameters of an address, wherever they stand in it: Jira appends them at the very end, be
/// there a fragment or not. Absent where the answer has none.
std::optional<std::string> query_of(std::string_view answer) {
  const auto begin = answer.find_first_of("?#");
  if (begin == std::string_view::npos) {
    if (answer.find("oauth_verifier=") == std::string_view::npos) return std::nullopt;
    return std::string(answer);
  }
  std::string query(answer.substr(begin + 1));
  std::replace_if(
      query.begin(), query.end(), [](char c) { return c == '?' || c == '#'; }, '&');
  return query;
}

}  // namespace

Result<std::string> verifier_in_query(std::string_view query, std::string_view token) {
  const auto pairs = http::parse_form(query);
  const auto named = [&](std::string_view name) {
    return std::count_if(pairs.begin(), pairs.end(), [&](const auto& p) { return p.name == name; });
  };
  if (named("oauth_token") != 1 || named("oauth_verifier") > 1) {
    return tl::unexpected(unusable("the address is not that of a redirect from the login"));
  }
  if (!equal_in_constant_time(*http::find(pairs, "oauth_token"), token)) {
    return fail(ErrorCode::usage, "the address belongs to another login",
                "give the one that follows Allow on the page that was shown last");
  }
  const auto verifier = http::find(pairs, "oauth_verifier");
  if (!verifier) return tl::unexpected(unusable("there is no code in the address"));
  return checked_verifier(*verifier);
}

Result<std::string> verifier_in_answer(std::string_view pasted, std::string_view token) {
  if (pasted.size() > longest_answer) return tl::unexpected(unusable("the answer is too long"));
  const auto answer = without_quotes(trim_ascii(pasted));
  if (const auto query = query_of(answer)) return verifier_in_query(*query, token);
  if (answer.find("://") != std::string_view::npos) {
    return tl::unexpected(unusable("there is no code in the address"));
  }
  return checked_verifier(answer);
}

}  // namespace applink::handshake

// Finds the verifier in a redirect, or in what a person made of it.
#include "applink/handshake/callback_answer.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "applink/base/secret.h"
#include "applink/base/text.h"
#include "applink/http/form.h"
#include "applink/oauth1/percent_encoding.h"

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

/// What copying adds and no answer consists of: white space, marks of no width, of direction and of
/// hyphenation; in UTF-8.
constexpr std::array<std::string_view, 34> blanks{
    " ",      "\t",     "\n",     "\r",     "\v",     "\f",     "\u0085", "\u00a0", "\u00ad",
    "\u061c", "\u2000", "\u2001", "\u2002", "\u2003", "\u2004", "\u2005", "\u2006", "\u2007",
    "\u2008", "\u2009", "\u200a", "\u200b", "\u200c", "\u200d", "\u200e", "\u200f", "\u2028",
    "\u2029", "\u202f", "\u205f", "\u2060", "\u3000", "\ufeff", "\u180e"};

std::string without_blanks(std::string_view text) {
  std::string rest;
  while (!text.empty()) {
    const auto* const blank = std::find_if(blanks.begin(), blanks.end(),
                                           [&](std::string_view b) { return text.starts_with(b); });
    if (blank == blanks.end()) rest += text.front();
    text.remove_prefix(blank == blanks.end() ? 1 : blank->size());
  }
  return rest;
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
    return text.substr(open.size(), text.size() - open.size() - close.size());
  }
  return text;
}

constexpr std::string_view verifier_is = "oauth_verifier=";

bool names_verifier(std::string_view text) {
  return text.find(verifier_is) != std::string_view::npos;
}

/// The answer without its dress: blanks, quotes, and one percent-encoding of the whole.
std::string undressed(std::string_view pasted) {
  const std::string bare = without_blanks(pasted);
  std::string answer(without_quotes(bare));
  if (names_verifier(answer) || answer.find('%') == std::string::npos) return answer;
  // "http%3A%2F%2F...", or a code with "%20": as an address bar or a log has them.
  const auto decoded = oauth1::percent_decode(answer);
  return decoded ? without_blanks(*decoded) : answer;
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
    if (!names_verifier(answer)) return std::nullopt;
    return std::string(answer);
  }
  std::string query(answer.substr(begin + 1));
  std::replace_if(
      query.begin(), query.end(), [](char c) { return c == '?' || c == '#'; }, '&');
  return query;
}

/// The token that an answer is about, where it names one: Twitter and its kin say `denied=TOKEN`.
std::optional<std::string_view> token_in(const std::vector<http::FormPair>& pairs) {
  const auto named = [&](std::string_view name) {
    return std::count_if(pairs.begin(), pairs.end(), [&](const auto& p) { return p.name == name; });
  };
  if (named("oauth_token") == 1) return http::find(pairs, "oauth_token");
  if (named("oauth_token") == 0 && named("denied") == 1) return http::find(pairs, "denied");
  return std::nullopt;
}

/// What providers of another make than Jira say after Deny; of a token that is known to be ours.
bool says_denied(const std::vector<http::FormPair>& pairs) {
  const auto problem = http::find(pairs, "oauth_problem").value_or("");
  if (problem == "user_refused" || problem == "permission_denied") return true;
  return http::find(pairs, "denied") && !http::find(pairs, "oauth_token");
}

}  // namespace

Result<std::string> verifier_in_query(std::string_view query, std::string_view token,
                                      oauth1::CallbackConfirmed confirmed) {
  const auto pairs = http::parse_form(query);
  const auto answered = token_in(pairs);
  const auto verifiers = std::count_if(
      pairs.begin(), pairs.end(), [](const auto& pair) { return pair.name == "oauth_verifier"; });
  if (!answered || verifiers > 1) {
    return tl::unexpected(unusable("the address is not that of a redirect from the login"));
  }
  if (!equal_in_constant_time(*answered, token)) {
    return fail(ErrorCode::usage, "the address belongs to another login",
                "give the one that follows Allow on the page that was shown last");
  }
  if (says_denied(pairs)) return tl::unexpected(denied());
  if (verifiers == 1) return checked_verifier(*http::find(pairs, "oauth_verifier"));
  const bool needs_none = confirmed == oauth1::CallbackConfirmed::no;
  if (needs_none && !http::find(pairs, "oauth_problem")) return std::string();
  return tl::unexpected(unusable("there is no code in the address"));
}

Result<std::string> verifier_in_answer(std::string_view pasted, std::string_view token,
                                       oauth1::CallbackConfirmed confirmed) {
  if (pasted.size() > longest_answer) return tl::unexpected(unusable("the answer is too long"));
  const auto answer = undressed(pasted);
  if (answer.starts_with(verifier_is) && answer.find('&') == std::string::npos) {
    return checked_verifier(std::string_view(answer).substr(verifier_is.size()));
  }
  if (const auto query = query_of(answer)) return verifier_in_query(*query, token, confirmed);
  if (answer.empty() && confirmed == oauth1::CallbackConfirmed::no) return std::string();
  if (answer.find("://") != std::string::npos) {
    return tl::unexpected(unusable("there is no code in the address"));
  }
  return checked_verifier(answer);
}

bool is_cut_address(std::string_view pasted) {
  if (pasted.size() > longest_answer) return false;
  const auto answer = undressed(pasted);
  if (answer.find("://") == std::string::npos) return false;
  if (const auto query = query_of(answer); query && says_denied(http::parse_form(*query))) {
    return false;
  }
  return !names_verifier(answer) || answer.ends_with(verifier_is);
}

bool belongs_to_another_login(std::string_view query, std::string_view token) {
  const auto pairs = http::parse_form(query);
  const auto answered = token_in(pairs);
  return answered && !equal_in_constant_time(*answered, token);
}

}  // namespace applink::handshake

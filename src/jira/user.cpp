// Reads who is logged in from the answers of four products.
#include "applink/jira/user.h"

#include <algorithm>
#include <initializer_list>
#include <optional>

#include "applink/base/text.h"
#include "jira/json_texts.h"

namespace applink::jira {
namespace {

constexpr std::size_t longest_user_name = 255;

std::string first_text(const JsonTexts& object, std::initializer_list<const char*> names) {
  for (const auto* const name : names) {
    if (auto text = text_at(object, name); !text.empty()) return text;
  }
  return {};
}

/// Jira Cloud names its users by an account id alone.
std::optional<User> user_in_json(std::string_view body) {
  const auto user = json_texts(body);
  if (!user) return std::nullopt;
  return User{.name = first_text(*user, {"name", "username", "accountId"}),
              .display_name = first_text(*user, {"displayName", "fullName"})};
}

/// Bitbucket answers with the name and nothing else.
std::optional<User> user_in_text(std::string_view body) {
  const auto name = trim_ascii(body);
  const bool is_a_word = name.find_first_of("<>{}[]\"= \t\r\n") == std::string_view::npos;
  if (!is_a_word) return std::nullopt;
  return User{.name = std::string(name), .display_name = {}};
}

/// Nobody knows what a generic provider calls it: the names that are common, the login before the
/// name of the person.
std::optional<User> user_anywhere_in(std::string_view body) {
  const auto user = json_texts(body);
  if (!user) return is_json(body) ? std::nullopt : user_in_text(body);
  return User{.name = first_text(*user, {"username", "user_name", "screen_name", "login",
                                         "preferred_username", "name", "id_str", "id"}),
              .display_name = first_text(
                  *user, {"displayName", "display_name", "fullName", "full_name", "name"})};
}

std::optional<User> user_in(Product product, std::string_view body) {
  switch (product) {
    case Product::bitbucket:
      return user_in_text(body);
    case Product::generic:
      return user_anywhere_in(body);
    case Product::jira:
    case Product::confluence:
    case Product::bamboo:
      break;
  }
  return user_in_json(body);
}

bool is_anonymous(const User& user) {
  return user.name.empty() || to_lower_ascii(user.name) == "anonymous";
}

}  // namespace

Result<User> parse_current_user(Product product, std::string_view body) {
  auto user = user_in(product, body);
  if (!user) {
    return fail(ErrorCode::refused, "the answer is not one that names a user",
                "check the base URL: something else may answer there, or a login stands before it");
  }
  if (is_anonymous(*user)) {
    return fail(ErrorCode::refused, "the answer names no user",
                "the product ran the request as nobody: log in again");
  }
  if (user->name.size() > longest_user_name || terminal_safe(user->name) != user->name) {
    return fail(ErrorCode::refused, "the answer's user name is not one that a product has",
                "check the base URL: something else may answer there");
  }
  return *std::move(user);
}

bool names_nobody(Product product, std::string_view body) {
  const auto user = user_in(product, body);
  return user && is_anonymous(*user);
}

}  // namespace applink::jira

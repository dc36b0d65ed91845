// application/x-www-form-urlencoded: the bodies of HTML forms, and query strings.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "applink/http/message.h"

namespace applink::http {

inline constexpr std::string_view form_media_type = "application/x-www-form-urlencoded";

struct FormPair {
  std::string name;
  std::string value;

  friend bool operator==(const FormPair&, const FormPair&) = default;
};

/// Every pair in its order, decoded: '+' is a space, a '%' that begins no escape stays as it is, a
/// name without '=' has an empty value, and nothing between two '&' is no pair. Never fails, as the
/// standard for URLs demands; bytes are not checked to be UTF-8.
std::vector<FormPair> parse_form(std::string_view text);

/// A space as '+'; letters, digits and "-._~" as they are; all else as %XX.
std::string encode_form(const std::vector<FormPair>& pairs);

/// The value of the first pair of this name.
std::optional<std::string_view> find(const std::vector<FormPair>& pairs, std::string_view name);

/// Whether Content-Type says that the body is a form.
bool is_form(const Headers& headers);

}  // namespace applink::http

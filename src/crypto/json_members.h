// JSON (RFC 8259) taken apart without copies, because a private JWK is a secret.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

namespace applink::crypto {

struct JsonMember {
  std::string_view name;   ///< as it is written, between its quotes
  std::string_view value;  ///< as it is written, with its quotes
};

/// The members of the object that is the whole of `text`, or its elements where it is an array.
/// Nothing where `text` is not well-formed, or nested more than 32 levels.
std::optional<std::vector<JsonMember>> json_members(std::string_view text);
std::optional<std::vector<std::string_view>> json_elements(std::string_view text);

/// The value of the member `name`, the first of that name.
std::optional<std::string_view> json_member(const std::vector<JsonMember>& members,
                                            std::string_view name);

/// The content of a string in which nothing is escaped.
std::optional<std::string_view> plain_json_string(std::string_view value);

}  // namespace applink::crypto

// The little that is read of JSON: texts of an object. The library that does it is a large header.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace applink::jira {

using JsonTexts = std::map<std::string, std::string, std::less<>>;

/// The fields of the JSON object `body` that are texts; absent where it is no JSON object.
std::optional<JsonTexts> json_texts(std::string_view body);

/// Whether it is JSON of any kind: an object, but a number or a word like true as well.
bool is_json(std::string_view body);

/// Empty where there is none of this name.
std::string text_at(const JsonTexts& texts, std::string_view name);

}  // namespace applink::jira

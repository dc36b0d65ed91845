// JSON as every --json prints it: docs/json.md says what is in it.
#pragma once

#include <optional>
#include <string>

#include <nlohmann/json.hpp>

#include "applink/base/clock.h"

namespace applink::cli {

using Json = nlohmann::ordered_json;

/// The version of what --json prints; a change that breaks a reader raises it.
inline constexpr int json_version = 1;

/// {"version": 1, NAME: value}, with a line end. Bytes that are no UTF-8 become U+FFFD.
std::string json_text(const std::string& name, Json value);

/// RFC 3339, or null.
Json json_time(std::optional<Timestamp> time);
/// null for an empty text: the absence of a thing is the same everywhere.
Json json_or_null(const std::string& text);

}  // namespace applink::cli

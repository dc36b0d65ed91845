// JSON as every --json prints it: docs/json.md says what is in it.
#pragma once

#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "applink/base/clock.h"

namespace applink::cli {

/// A value to be printed. What prints it is known to json_text.cpp alone: it is a large header.
class Json {
 public:
  using Array = std::vector<Json>;
  /// In the order in which the fields were first named.
  using Object = std::vector<std::pair<std::string, Json>>;
  using Value = std::variant<std::nullptr_t, bool, std::int64_t, std::string, Array, Object>;

  Json() = default;
  Json(std::nullptr_t) {}
  Json(bool value) : value_(value) {}
  template <std::integral Number>
  Json(Number number) : value_(static_cast<std::int64_t>(number)) {}
  Json(std::string text) : value_(std::move(text)) {}
  Json(std::string_view text) : value_(std::string(text)) {}
  Json(const char* text) : value_(std::string(text)) {}

  static Json array();
  static Json array(const std::vector<std::string>& texts);

  /// The field of this name; what was no object becomes one.
  Json& operator[](std::string_view name);
  void push_back(Json element);

  [[nodiscard]] const Value& value() const { return value_; }

 private:
  Value value_;
};

/// The version of what --json prints; a change that breaks a reader raises it.
inline constexpr int json_version = 1;

/// {"version": 1, NAME: value}, with a line end. Bytes that are no UTF-8 become U+FFFD.
std::string json_text(std::string_view name, Json value);

/// What json_text() says of an array, piece by piece: all of it is never in memory.
class JsonArrayText {
 public:
  explicit JsonArrayText(std::string_view name);

  std::string next(const Json& element);
  std::string end();

 private:
  std::string pending_;  // what comes before the next element
  bool empty_ = true;
};

/// RFC 3339, or null.
Json json_time(std::optional<Timestamp> time);
/// null for an empty text: the absence of a thing is the same everywhere.
Json json_or_null(const std::string& text);

}  // namespace applink::cli

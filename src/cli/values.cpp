// Reads numbers, ports and lengths of time, and refuses the rest in words.
#include "cli/values.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>

#include <fmt/core.h>

#include "applink/base/number.h"
#include "applink/base/text.h"

namespace applink::cli {
namespace {

struct Unit {
  char letter;
  std::chrono::seconds length;
};

constexpr Unit units[] = {{'s', std::chrono::seconds(1)},
                          {'m', std::chrono::minutes(1)},
                          {'h', std::chrono::hours(1)},
                          {'d', std::chrono::days(1)}};

constexpr std::uint32_t most_units = 1'000'000;

/// The number at these places; a sign is none.
std::optional<unsigned> digits_at(std::string_view text, std::size_t at, std::size_t size) {
  return number_in<unsigned>(text.substr(at, size));
}

std::optional<Timestamp> rfc3339(std::string_view text) {
  constexpr std::string_view shape = "0000-00-00T00:00:00Z";
  if (text.size() != shape.size()) return std::nullopt;
  for (std::size_t i = 0; i < shape.size(); ++i) {
    if (shape[i] != '0' && text[i] != shape[i]) return std::nullopt;
  }
  const auto year = digits_at(text, 0, 4);
  const auto month = digits_at(text, 5, 2);
  const auto day = digits_at(text, 8, 2);
  const auto hour = digits_at(text, 11, 2);
  const auto minute = digits_at(text, 14, 2);
  const auto second = digits_at(text, 17, 2);
  if (!year || !month || !day || !hour || !minute || !second) return std::nullopt;
  const std::chrono::year_month_day date(std::chrono::year(static_cast<int>(*year)),
                                         std::chrono::month(*month), std::chrono::day(*day));
  if (!date.ok() || *hour > 23 || *minute > 59 || *second > 59) return std::nullopt;
  return std::chrono::sys_days(date) + std::chrono::hours(*hour) + std::chrono::minutes(*minute) +
         std::chrono::seconds(*second);
}

}  // namespace

Result<int> parse_number(std::string_view text) {
  if (const auto number = number_in<int>(text)) return *number;
  return fail(ErrorCode::usage, fmt::format("not a number: {}", terminal_safe(text)),
              "write it in digits alone");
}

Result<std::uint16_t> parse_port(std::string_view text) {
  if (const auto port = number_in<std::uint16_t>(text)) return *port;
  return fail(ErrorCode::usage, fmt::format("not a port: {}", terminal_safe(text)),
              "a number from 0 to 65535");
}

Result<std::chrono::seconds> parse_duration(std::string_view text) {
  std::chrono::seconds length(1);
  std::string_view digits = text;
  for (const Unit& unit : units) {
    if (!text.empty() && text.back() == unit.letter) {
      length = unit.length;
      digits.remove_suffix(1);
    }
  }
  const auto number = number_in<std::uint32_t>(digits);
  if (number && *number <= most_units) return *number * length;
  return fail(ErrorCode::usage, fmt::format("not a length of time: {}", terminal_safe(text)),
              "seconds, or with a unit: 90s, 5m, 1h");
}

Result<Timestamp> parse_timestamp(std::string_view text) {
  const auto number = number_in<std::int64_t>(text);
  if (number && *number > 0) return Timestamp(std::chrono::seconds(*number));
  return fail(ErrorCode::usage, fmt::format("not a timestamp: {}", terminal_safe(text)),
              "seconds since 1970, more than none: date +%s prints those of now");
}

Result<oauth1::SignatureMethod> parse_signature_method(std::string_view text) {
  std::string capitals(text);
  std::transform(capitals.begin(), capitals.end(), capitals.begin(), [](char c) {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  });
  return oauth1::signature_method_named(capitals);
}

Result<Timestamp> parse_moment(std::string_view text) {
  if (const auto seconds = number_in<std::int64_t>(text); seconds && *seconds >= 0) {
    return Timestamp(std::chrono::seconds(*seconds));
  }
  if (const auto moment = rfc3339(text)) return *moment;
  return fail(ErrorCode::usage, fmt::format("not a moment: {}", terminal_safe(text)),
              "seconds since 1970, or as in 2026-11-25T04:47:36Z");
}

}  // namespace applink::cli

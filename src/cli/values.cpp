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

/// Whether `text` has digits where `shape` has zeros, and else the same characters.
bool is_shaped(std::string_view text, std::string_view shape) {
  return std::equal(text.begin(), text.end(), shape.begin(), shape.end(), [](char is, char wanted) {
    return wanted == '0' ? is >= '0' && is <= '9' : is == wanted;
  });
}

/// The midnight of UTC with which a day begins.
std::optional<Timestamp> day_of(std::string_view text) {
  if (!is_shaped(text, "0000-00-00")) return std::nullopt;
  const std::chrono::year_month_day date(
      std::chrono::year(static_cast<int>(*digits_at(text, 0, 4))),
      std::chrono::month(*digits_at(text, 5, 2)), std::chrono::day(*digits_at(text, 8, 2)));
  if (!date.ok()) return std::nullopt;
  return std::chrono::sys_days(date);
}

/// "07:21:52", of a day without leap seconds.
std::optional<std::chrono::seconds> time_of_day(std::string_view text) {
  if (!is_shaped(text, "00:00:00")) return std::nullopt;
  const auto hour = *digits_at(text, 0, 2);
  const auto minute = *digits_at(text, 3, 2);
  const auto second = *digits_at(text, 6, 2);
  if (hour > 23 || minute > 59 || second > 59) return std::nullopt;
  return std::chrono::hours(hour) + std::chrono::minutes(minute) + std::chrono::seconds(second);
}

std::optional<Timestamp> rfc3339(std::string_view text) {
  constexpr std::size_t of_day = std::string_view("0000-00-00").size();
  constexpr std::size_t whole = std::string_view("0000-00-00T00:00:00Z").size();
  if (text.size() != whole || text[of_day] != 'T' || text.back() != 'Z') return std::nullopt;
  const auto day = day_of(text.substr(0, of_day));
  const auto time = time_of_day(text.substr(of_day + 1, whole - of_day - 2));
  if (!day || !time) return std::nullopt;
  return *day + *time;
}

/// The same in another zone: "2007-12-03T08:21:52+01:00".
std::optional<Timestamp> rfc3339_with_offset(std::string_view text) {
  constexpr std::size_t of_offset = std::string_view("+00:00").size();
  if (text.size() <= of_offset) return std::nullopt;
  const std::string_view offset = text.substr(text.size() - of_offset);
  if (!is_shaped(offset, "+00:00") && !is_shaped(offset, "-00:00")) return std::nullopt;
  const auto there = rfc3339(std::string(text.substr(0, text.size() - of_offset)) + "Z");
  const auto ahead = time_of_day(std::string(offset.substr(1)) + ":00");
  if (!there || !ahead) return std::nullopt;
  return offset.front() == '+' ? *there - *ahead : *there + *ahead;
}

/// A length of time with its unit: a number alone could be anything.
std::optional<std::chrono::seconds> time_ago(std::string_view text) {
  const bool has_unit = std::any_of(std::begin(units), std::end(units),
                                    [&](const Unit& unit) { return text.ends_with(unit.letter); });
  if (!has_unit) return std::nullopt;
  const auto length = parse_duration(text);
  return length ? std::optional(*length) : std::nullopt;
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

Result<Timestamp> parse_since(std::string_view text, Timestamp now) {
  if (const auto ago = time_ago(text)) return now - *ago;
  if (const auto day = day_of(text)) return *day;
  if (const auto moment = rfc3339(text)) return *moment;
  if (const auto moment = rfc3339_with_offset(text)) return *moment;
  return fail(ErrorCode::usage, fmt::format("not a time: {}", terminal_safe(text)),
              "how long ago, as 7d, 24h or 90m; a day of UTC, as 2026-11-01; or a time, as "
              "2026-11-01T12:00:00Z");
}

}  // namespace applink::cli

// Retry-After, as seconds and as a date.
#include "http/retry_after.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <string_view>

#include "applink/base/number.h"
#include "applink/base/text.h"

namespace applink::http {
namespace {

constexpr std::array<std::string_view, 12> months = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                     "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
constexpr std::int64_t longest = std::int64_t{366} * 86400;  // whoever says more means never

std::optional<std::int64_t> number(std::string_view digits) {
  const auto value = number_in<std::int64_t>(digits);
  return value && *value >= 0 ? value : std::nullopt;
}

/// "Sun, 06 Nov 1994 08:49:37 GMT": the one form that RFC 9110 lets a server send.
std::optional<Timestamp> imf_fixdate(std::string_view text) {
  constexpr std::string_view shape = "Sun, 06 Nov 1994 08:49:37 GMT";
  if (text.size() != shape.size() || !text.ends_with(" GMT")) return std::nullopt;
  const auto* const month = std::find(months.begin(), months.end(), text.substr(8, 3));
  const auto day = number(text.substr(5, 2));
  const auto year = number(text.substr(12, 4));
  const auto hour = number(text.substr(17, 2));
  const auto minute = number(text.substr(20, 2));
  const auto second = number(text.substr(23, 2));
  if (month == months.end() || !day || !year || !hour || !minute || !second) return std::nullopt;

  const std::chrono::year_month_day date(
      std::chrono::year(static_cast<int>(*year)),
      std::chrono::month(static_cast<unsigned>(month - months.begin()) + 1),
      std::chrono::day(static_cast<unsigned>(*day)));
  if (!date.ok() || *hour > 23 || *minute > 59 || *second > 60) return std::nullopt;
  return std::chrono::sys_days(date) + std::chrono::hours(*hour) + std::chrono::minutes(*minute) +
         std::chrono::seconds(*second);
}

}  // namespace

std::optional<std::chrono::seconds> retry_after(const Headers& headers, Timestamp now) {
  const auto value = headers.find("Retry-After");
  if (!value) return std::nullopt;
  const std::string_view text = trim_ascii(*value);
  if (const auto seconds = number(text)) {
    return std::chrono::seconds(std::min(*seconds, longest));
  }
  const auto date = imf_fixdate(text);
  if (!date) return std::nullopt;
  return std::clamp(*date - now, std::chrono::seconds(0), std::chrono::seconds(longest));
}

}  // namespace applink::http

// Dates of HTTP, read and written.
#include "http/date.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include <fmt/chrono.h>
#include <fmt/format.h>

#include "http/natural_number.h"

namespace applink::http {
namespace {

constexpr std::array<std::string_view, 12> months = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                     "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
}  // namespace

std::optional<Timestamp> date_in(std::string_view text) {
  constexpr std::string_view shape = "Sun, 06 Nov 1994 08:49:37 GMT";
  if (text.size() != shape.size() || !text.ends_with(" GMT")) return std::nullopt;
  const auto* const month = std::find(months.begin(), months.end(), text.substr(8, 3));
  const auto day = natural_number(text.substr(5, 2));
  const auto year = natural_number(text.substr(12, 4));
  const auto hour = natural_number(text.substr(17, 2));
  const auto minute = natural_number(text.substr(20, 2));
  const auto second = natural_number(text.substr(23, 2));
  if (month == months.end() || !day || !year || !hour || !minute || !second) return std::nullopt;

  const std::chrono::year_month_day date(
      std::chrono::year(static_cast<int>(*year)),
      std::chrono::month(static_cast<unsigned>(month - months.begin()) + 1),
      std::chrono::day(static_cast<unsigned>(*day)));
  if (!date.ok() || *hour > 23 || *minute > 59 || *second > 60) return std::nullopt;
  return std::chrono::sys_days(date) + std::chrono::hours(*hour) + std::chrono::minutes(*minute) +
         std::chrono::seconds(*second);
}

std::string date_of(Timestamp time) {
  return fmt::format("{:%a, %d %b %Y %H:%M:%S} GMT", fmt::gmtime(time.time_since_epoch().count()));
}

}  // namespace applink::http

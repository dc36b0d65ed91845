// Retry-After, as seconds and as a date.
#include "http/retry_after.h"

#include <algorithm>
#include <cstdint>
#include <string_view>

#include "applink/base/text.h"
#include "http/date.h"
#include "http/natural_number.h"

namespace applink::http {
namespace {

constexpr std::int64_t longest = std::int64_t{366} * 86400;  // whoever says more means never

}  // namespace

std::optional<std::chrono::seconds> retry_after(const Headers& headers, Timestamp now) {
  const auto value = headers.find("Retry-After");
  if (!value) return std::nullopt;
  const std::string_view text = trim_ascii(*value);
  if (const auto seconds = natural_number(text)) {
    return std::chrono::seconds(std::min(*seconds, longest));
  }
  const auto date = date_in(text);
  if (!date) return std::nullopt;
  return std::clamp(*date - now, std::chrono::seconds(0), std::chrono::seconds(longest));
}

}  // namespace applink::http

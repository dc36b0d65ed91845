// Reads the variables, and where XDG has the directories.
#include "cli/environment.h"

#include <charconv>
#include <cstdint>
#include <cstdlib>

#include <fmt/format.h>

#include "applink/base/text.h"

namespace applink::cli {
namespace {

std::string variable(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

/// The XDG specification has relative paths ignored.
std::string absolute_path(const char* name) {
  std::string path = variable(name);
  return path.starts_with('/') ? path : "";
}

/// A century either way: enough for every test, too little to overflow a calendar.
Result<std::chrono::seconds> clock_offset() {
  constexpr std::int64_t limit = std::int64_t{100} * 366 * 86400;
  const std::string text = variable("APPLINK_CLOCK_OFFSET");
  if (text.empty()) return std::chrono::seconds(0);
  const char* begin = text.data() + (text.front() == '+' ? 1 : 0);
  const char* end = text.data() + text.size();
  std::int64_t seconds = 0;
  const auto [stopped, error] = std::from_chars(begin, end, seconds);
  if (error != std::errc{} || stopped != end || seconds > limit || seconds < -limit) {
    return fail(
        ErrorCode::usage,
        fmt::format("APPLINK_CLOCK_OFFSET is not a number of seconds: {}", terminal_safe(text)),
        "a clock that is five minutes late: APPLINK_CLOCK_OFFSET=300");
  }
  return std::chrono::seconds(seconds);
}

StorelessVariables storeless_variables() {
  return {variable("APPLINK_CONSUMER_KEY"),         variable("APPLINK_KEY_FILE"),
          variable("APPLINK_CONSUMER_SECRET_FILE"), variable("APPLINK_TOKEN"),
          variable("APPLINK_TOKEN_SECRET_FILE"),    variable("APPLINK_BASE_URL")};
}

}  // namespace

Result<Environment> read_environment() {
  Environment environment;
  environment.home = absolute_path("HOME");
  environment.config_home = absolute_path("XDG_CONFIG_HOME");
  environment.data_home = absolute_path("XDG_DATA_HOME");
  environment.store = variable("APPLINK_STORE");
  environment.link = variable("APPLINK_LINK");
  environment.storeless = storeless_variables();
  environment.passphrase_file = variable("APPLINK_PASSPHRASE_FILE");
  environment.passphrase_command = variable("APPLINK_PASSPHRASE_COMMAND");
  environment.browser = variable("BROWSER");
  environment.has_x11 = !variable("DISPLAY").empty();
  environment.has_wayland = !variable("WAYLAND_DISPLAY").empty();
  environment.no_color = !variable("NO_COLOR").empty();
  TRY_ASSIGN(environment.clock_offset, clock_offset());
  return environment;
}

}  // namespace applink::cli

// A line for each thing on the screen; then what people stumble over.
#include "cli/screen_text.h"

#include <string_view>

#include <fmt/format.h>

#include "applink/base/text.h"
#include "cli/layout.h"

namespace applink::cli {
namespace {

constexpr std::size_t screen_indent = 4;

std::string line_of(const jira::ScreenItem& item, std::size_t width) {
  if (item.doing == jira::Doing::open) return fmt::format("  - Open\n{}\n", item.value);
  std::string text = fmt::format("{} {}", jira::word_of(item.doing), item.label);
  const bool below = jira::is_copied(item.doing);
  if (!item.value.empty() && !below) text += fmt::format(": {}", item.value);
  const auto prose = wrapped(terminal_safe(text), screen_indent, width);
  if (!below) return fmt::format("  - {}\n", prose);
  return fmt::format("  - {}:\n{}\n", prose, trim_ascii(item.value));
}

}  // namespace

std::string text_of(const jira::Screen& screen, std::size_t width) {
  std::string text;
  for (const jira::ScreenItem& item : screen.items) text += line_of(item, width);
  for (const std::string& note : screen.notes) {
    text += fmt::format("  ! {}\n", wrapped(note, screen_indent, width));
  }
  if (!text.empty()) text.pop_back();
  return text;
}

}  // namespace applink::cli

// A bundle in Markdown.
#include <algorithm>
#include <string>
#include <string_view>

#include <fmt/format.h>

#include "applink/onboarding/bundle.h"
#include "onboarding/bundle_words.h"

namespace applink::onboarding {
namespace {

std::size_t longest_run_of_backticks(std::string_view text) {
  std::size_t longest = 0;
  std::size_t run = 0;
  for (const char c : text) {
    run = c == '`' ? run + 1 : 0;
    longest = std::max(longest, run);
  }
  return longest;
}

/// CommonMark 4.5: behind a fence that the text does not hold, as a part of the item of a list.
std::string code_block(std::string_view text) {
  constexpr std::size_t usual = 3;
  const std::string fence(std::max(usual, longest_run_of_backticks(text) + 1), '`');
  std::string block = fmt::format("\n  {}\n", fence);
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    block += fmt::format("  {}\n", text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return block + fmt::format("  {}\n", fence);
}

/// What Markdown could read as markup; all of it is ASCII punctuation (CommonMark 2.4).
std::string plain(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (std::string_view("\\`*_[]<>#&").find(c) != std::string_view::npos) out += '\\';
    out += c;
  }
  return out;
}

std::string line_of(const jira::ScreenItem& item) {
  if (item.doing == jira::Doing::open) return fmt::format("- Open <{}>\n", item.value);
  std::string line = fmt::format("- {} **{}**", jira::word_of(item.doing), plain(item.label));
  if (jira::is_copied(item.doing)) return line + ":\n" + code_block(item.value);
  if (!item.value.empty()) line += fmt::format(": **{}**", plain(item.value));
  return line + "\n";
}

std::string text_of(const jira::Screen& screen) {
  std::string text;
  for (const jira::ScreenItem& item : screen.items) text += line_of(item);
  for (const std::string& note : screen.notes) text += fmt::format("\n> {}\n", plain(note));
  return text;
}

}  // namespace

std::string as_markdown(const Bundle& bundle) {
  std::string text = fmt::format("# {}\n\n{}\n\n## First, compare the key\n\n{}\n\n    {}\n",
                                 plain(title_of(bundle)), plain(purpose_of(bundle)),
                                 plain(why_to_compare(bundle)), spoken(bundle.fingerprint));
  if (!bundle.screens.unconfirmed.empty()) {
    text += fmt::format("\n> {}\n", plain(bundle.screens.unconfirmed));
  }
  int number = 0;
  for (const jira::Screen& screen : bundle.screens.screens) {
    text += fmt::format("\n## {}. {}\n\n{}", ++number, plain(screen.title), text_of(screen));
  }
  text += fmt::format("\n## Done\n\n{}\n", plain(what_comes_then(bundle)));
  text += fmt::format("\n## To look at it again, or to mend it: {}\n\n{}",
                      plain(bundle.screens.check.title), text_of(bundle.screens.check));
  text += fmt::format("\n## To undo it\n\n{}", text_of(bundle.screens.undo));
  return text;
}

}  // namespace applink::onboarding

// Finds the command among the words, and has its arguments parsed.
#include "cli/command_line.h"

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "applink/base/text.h"
#include "cli/arguments.h"
#include "cli/commands.h"
#include "cli/context.h"
#include "cli/help.h"

namespace applink::cli {
namespace {

using Words = std::vector<std::string>;

std::string_view first_word(const Command& command) {
  return command.words.substr(0, command.words.find(' '));
}

std::string_view second_word(const Command& command) {
  const auto space = command.words.find(' ');
  return space == std::string_view::npos ? std::string_view{} : command.words.substr(space + 1);
}

/// The words that follow `first` in the table: none for a command of one word.
Words second_words(std::string_view first) {
  Words words;
  for (const Command& command : commands()) {
    if (first_word(command) == first && !second_word(command).empty()) {
      words.emplace_back(second_word(command));
    }
  }
  return words;
}

const Command* find_command(std::string_view first, std::string_view second) {
  for (const Command& command : commands()) {
    if (first_word(command) == first && second_word(command) == second) return &command;
  }
  return nullptr;
}

/// "applink --quiet key list" is "applink key list --quiet".
Words with_leading_options_behind(std::span<const std::string> typed) {
  std::size_t leading = 0;
  while (leading < typed.size() && typed[leading].starts_with('-') && typed[leading] != "--") {
    leading += typed[leading] == "--color" ? 2 : 1;
  }
  leading = std::min(leading, typed.size());
  const auto cut =
      std::find(typed.begin() + static_cast<std::ptrdiff_t>(leading), typed.end(), "--");
  Words words(typed.begin() + static_cast<std::ptrdiff_t>(leading), cut);
  words.insert(words.end(), typed.begin(), typed.begin() + static_cast<std::ptrdiff_t>(leading));
  words.insert(words.end(), cut, typed.end());
  return words;
}

bool asks_for_help(std::string_view word) {
  return word == "--help" || word == "-h";
}

CommandLine print(std::string text) {
  return {[text = std::move(text)](Context& context) { return context.console().answer(text); },
          Manners{}};
}

Error unknown(std::string_view word, const Words& known, std::string_view prefix) {
  const auto near = nearest(word, known);
  return {ErrorCode::usage, fmt::format("no command \"{}{}\"", prefix, terminal_safe(word)),
          near ? fmt::format("did you mean: applink {}{}", prefix, *near)
               : fmt::format("what there is: applink {}--help", prefix)};
}

/// The command that `words` begin with, and how many of them name it.
struct Found {
  const Command* command;
  std::size_t words;
};

Result<Found> find(const Words& words) {
  const std::string& first = words.front();
  if (const Command* command = find_command(first, "")) return Found{command, 1};
  const Words seconds = second_words(first);
  if (seconds.empty()) {
    Words known;
    for (const Command& command : commands()) known.emplace_back(first_word(command));
    return tl::unexpected(unknown(first, known, ""));
  }
  if (words.size() < 2 || words[1].starts_with('-')) {
    return fail(ErrorCode::usage,
                fmt::format("\"{}\" needs one word more: {}", first, fmt::join(seconds, ", ")),
                fmt::format("for example: {}", find_command(first, seconds.front())->example));
  }
  if (const Command* command = find_command(first, words[1])) return Found{command, 2};
  return tl::unexpected(unknown(words[1], seconds, first + " "));
}

Result<void> set_color(Manners& manners, std::string_view when) {
  if (when == "auto") manners.color = Color::automatic;
  if (when == "always") manners.color = Color::always;
  if (when == "never") manners.color = Color::never;
  if (when == "auto" || when == "always" || when == "never") return {};
  return fail(ErrorCode::usage, fmt::format("no such choice: {}", terminal_safe(when)),
              "auto, always or never");
}

/// The flags that every command takes, into places that outlive `arguments`.
struct MannersTyped {
  bool quiet = false;
  bool no_input = false;
  bool help = false;
  bool version = false;
  std::shared_ptr<StorePassphrase> store_passphrase = nullptr;
  Manners manners;

  void declare(Arguments& arguments) {
    arguments.flag("-q,--quiet", quiet, "say nothing beside the answer, warnings and errors");
    arguments.flag("--no-input", no_input, "never ask: fail where an answer is needed");
    arguments.option("--color", "WHEN",
                     std::function<Result<void>(const std::string&)>(
                         [this](const std::string& when) { return set_color(manners, when); }),
                     "colour messages: auto, always or never");
    arguments.flag("-h,--help", help, "say what this command does, and stop");
    // `sandbox --version 9` is the version of what it stands in for.
    if (arguments.declares("--version")) return;
    arguments.flag("--version", version, "say which version this is, and stop");
  }

  [[nodiscard]] Manners chosen() const {
    Manners chosen = manners;
    if (quiet) chosen.narration = Narration::muted;
    if (no_input) chosen.asking = Asking::forbidden;
    chosen.store_passphrase = store_passphrase;
    return chosen;
  }
};

/// "applink", "applink --help", "applink --version".
Result<CommandLine> without_command(const Words& words) {
  Arguments arguments;
  MannersTyped typed;
  typed.declare(arguments);
  auto asked = arguments.parse(words);
  if (!asked) {
    Error error = std::move(asked).error();
    if (error.hint.empty()) error.hint = "what there is: applink --help";
    return tl::unexpected(std::move(error));
  }
  return print(*asked == Asked::version ? version_line() : overview());
}

/// Standard input that a command takes as "-" or "@-" is not the passphrase as well.
Result<void> check_stdin(const StorePassphrase& passphrase, std::span<const std::string> words) {
  if (!passphrase.reads_stdin()) return {};
  const auto readers = std::count_if(words.begin(), words.end(), [](std::string_view word) {
    return word == "-" || word == "@-" || word.ends_with("=-") || word.ends_with("=@-");
  });
  const int own = passphrase.given_flag().ends_with("-file") ? 1 : 0;
  if (readers <= own) return {};
  return fail(
      ErrorCode::usage,
      fmt::format("standard input cannot serve {} and something else", passphrase.given_flag()),
      "give one of them as a file");
}

Result<CommandLine> with_command(const Command& command, std::span<const std::string> words) {
  Arguments arguments;
  MannersTyped typed;
  const Action action = command.declare(arguments);
  if (command.store == Command::Store::may_be_opened) {
    typed.store_passphrase = std::make_shared<StorePassphrase>();
    typed.store_passphrase->declare(arguments);
  }
  typed.declare(arguments);
  auto asked = arguments.parse(words);
  if (!asked) {
    Error error = std::move(asked).error();
    if (error.hint.empty()) error.hint = fmt::format("for example: {}", command.example);
    return tl::unexpected(std::move(error));
  }
  switch (*asked) {
    case Asked::help:
      return print(command_help(command, arguments));
    case Asked::version:
      return print(version_line());
    case Asked::run:
      break;
  }
  if (typed.store_passphrase) TRY(check_stdin(*typed.store_passphrase, words));
  return CommandLine{action, typed.chosen()};
}

}  // namespace

Result<CommandLine> read_command_line(std::span<const std::string> typed) {
  Words words = with_leading_options_behind(typed);
  if (!words.empty() && words.front() == "help") {
    words.erase(words.begin());
    words.emplace_back("--help");
  }
  if (words.empty() || words.front().starts_with('-')) return without_command(words);
  if (words.size() == 2 && asks_for_help(words[1]) && !second_words(words.front()).empty()) {
    return print(family_help(words.front()));
  }
  TRY_ASSIGN(const Found found, find(words));
  return with_command(*found.command, std::span<const std::string>(words).subspan(found.words));
}

}  // namespace applink::cli

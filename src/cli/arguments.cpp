// Options and positionals, by CLI11.
#include "cli/arguments.h"

#include <algorithm>
#include <utility>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "applink/base/text.h"
#include "cli/values.h"

namespace applink::cli {
namespace {

/// What puts a value into `into`, as `parse` reads it.
template <class Value, class Target>
auto read_into(Target& into, Result<Value> (*parse)(std::string_view)) {
  return [&into, parse](const std::string& text) -> Result<void> {
    TRY_ASSIGN(into, parse(text));
    return {};
  };
}

Result<std::string> as_typed(std::string_view text) {
  return std::string(text);
}

/// As CLI11 wants them, with commas between.
std::string all_flags(const Arguments::Option& option) {
  return option.flags + (option.other_name.empty() ? "" : ",") + option.other_name;
}

std::vector<std::string> names_of(const Arguments::Option& option) {
  std::vector<std::string> names;
  const std::string flags = all_flags(option);
  std::string_view rest = flags;
  while (!rest.empty()) {
    const auto comma = rest.find(',');
    names.emplace_back(rest.substr(0, comma));
    rest = comma == std::string_view::npos ? std::string_view{} : rest.substr(comma + 1);
  }
  return names;
}

bool looks_like_option(std::string_view word) {
  return word.size() > 1 && word.front() == '-';
}

/// What CLI11 found: each option's values in the order typed, and the words that are no option's.
struct Reading {
  std::vector<std::vector<std::string>> values;
  std::vector<std::string> others;
};

/// CLI11 2.1 splits "[1,2]" for an option that may take several words, so none may: each takes
/// exactly one, as often as it stands there, and what that means is decided by the caller.
void declare(CLI::App& app, const Arguments::Option& option, std::vector<std::string>& values) {
  if (option.value_name.empty()) {
    app.add_flag_function(all_flags(option),
                          [&values](std::int64_t times) { values.assign(std::max(times, {}), {}); })
        ->disable_flag_override();
    return;
  }
  const auto keep = [&values](const CLI::results_t& typed) {
    values = typed;
    return true;
  };
  app.add_option(all_flags(option), keep)
      ->expected(1)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll)
      ->allow_extra_args(false);
}

/// As every option takes one word, only the last word can lack its value; otherwise "--on=x" was
/// typed, of which CLI11 says "on was given …".
Error mismatch(const CLI::ArgumentMismatch& error, std::string_view last) {
  if (looks_like_option(last) && last.find('=') == std::string::npos) {
    return {ErrorCode::usage, fmt::format("{} needs a value", terminal_safe(last)), ""};
  }
  const std::string_view text = error.what();
  return {ErrorCode::usage, fmt::format("--{} takes no value", text.substr(0, text.find(' '))), ""};
}

/// CLI11's exceptions end here.
Result<Reading> read(const std::vector<Arguments::Option>& options,
                     std::vector<std::string> words) {
  CLI::App app;
  app.set_help_flag();
  app.allow_extras();
  Reading reading{std::vector<std::vector<std::string>>(options.size()), {}};
  for (std::size_t i = 0; i < options.size(); ++i) declare(app, options[i], reading.values[i]);

  const std::string last = words.empty() ? "" : words.back();
  std::reverse(words.begin(), words.end());  // the order in which CLI11 wants them
  try {
    app.parse(std::move(words));
  } catch (const CLI::ArgumentMismatch& error) {
    return tl::unexpected(mismatch(error, last));
  } catch (const CLI::ParseError& error) {
    return fail(ErrorCode::usage, terminal_safe(error.what()));
  }
  reading.others = app.remaining();
  return reading;
}

}  // namespace

void Arguments::required(std::string name, std::string& into, std::string help) {
  positionals_.push_back({std::move(name), std::move(help), Positional::Need::required,
                          [&into](const std::string& word) { into = word; }});
}

void Arguments::optional(std::string name, std::optional<std::string>& into, std::string help) {
  positionals_.push_back({std::move(name), std::move(help), Positional::Need::optional,
                          [&into](const std::string& word) { into = word; }});
}

void Arguments::rest(std::string name, std::vector<std::string>& into, std::string help) {
  positionals_.push_back({std::move(name), std::move(help), Positional::Need::rest,
                          [&into](const std::string& word) { into.push_back(word); }});
}

void Arguments::flag(std::string flags, bool& into, std::string help) {
  options_.push_back({std::move(flags), "", std::move(help), Option::Count::any,
                      [&into](const std::string&) -> Result<void> {
                        into = true;
                        return {};
                      }});
}

void Arguments::option(std::string flags, std::string value_name, std::string& into,
                       std::string help) {
  option(std::move(flags), std::move(value_name), read_into(into, as_typed), std::move(help));
}

void Arguments::option(std::string flags, std::string value_name, std::optional<std::string>& into,
                       std::string help) {
  option(std::move(flags), std::move(value_name), read_into(into, as_typed), std::move(help));
}

void Arguments::option(std::string flags, std::string value_name, int& into, std::string help) {
  option(std::move(flags), std::move(value_name), read_into(into, parse_number), std::move(help));
}

void Arguments::option(std::string flags, std::string value_name, std::uint16_t& into,
                       std::string help) {
  option(std::move(flags), std::move(value_name), read_into(into, parse_port), std::move(help));
}

void Arguments::option(std::string flags, std::string value_name,
                       std::optional<std::chrono::seconds>& into, std::string help) {
  option(std::move(flags), std::move(value_name), read_into(into, parse_duration), std::move(help));
}

void Arguments::repeatable(std::string flags, std::string value_name,
                           std::vector<std::string>& into, std::string help) {
  options_.push_back({std::move(flags), std::move(value_name), std::move(help), Option::Count::any,
                      [&into](const std::string& value) -> Result<void> {
                        into.push_back(value);
                        return {};
                      }});
}

void Arguments::option(std::string flags, std::string value_name,
                       std::function<Result<void>(const std::string&)> take, std::string help) {
  options_.push_back({std::move(flags), std::move(value_name), std::move(help), Option::Count::once,
                      std::move(take)});
}

const Arguments::Option* Arguments::find(std::string_view flag) const {
  for (const Option& option : options_) {
    for (const std::string& name : names_of(option)) {
      if (name == flag) return &option;
    }
  }
  return nullptr;
}

const Arguments::Positional* Arguments::rest() const {
  const bool is_there = !positionals_.empty() && positionals_.back().need == Positional::Need::rest;
  return is_there ? &positionals_.back() : nullptr;
}

/// CLI11 2.1 takes "--name=" and the word behind it together; as two words the empty value stays.
std::vector<std::string> Arguments::with_empty_values_apart(
    std::span<const std::string> words) const {
  const auto takes_value = [this](std::string_view flag) {
    const Option* option = find(flag);
    return option != nullptr && !option->value_name.empty();
  };
  std::vector<std::string> apart;
  bool is_value = false;
  for (const std::string& word : words) {
    const std::string_view name = std::string_view(word).substr(0, word.size() - 1);
    const bool empty_value =
        !is_value && word.size() > 3 && word.back() == '=' && takes_value(name);
    apart.emplace_back(empty_value ? name : std::string_view(word));
    if (empty_value) apart.emplace_back();
    is_value = !is_value && takes_value(word);
  }
  return apart;
}

Error Arguments::unknown_option(std::string_view word) const {
  const auto name = word.substr(0, word.find('='));
  if (rest() != nullptr) {
    return {ErrorCode::usage, fmt::format("no option {} here", terminal_safe(name)),
            fmt::format("{} stand behind --", rest()->name)};
  }
  std::vector<std::string> known;
  for (const Option& option : options_) {
    for (std::string& flag : names_of(option)) known.push_back(std::move(flag));
  }
  const auto near = name.starts_with("--") ? nearest(name, known) : std::nullopt;
  return {ErrorCode::usage, fmt::format("no option {} here", terminal_safe(name)),
          near ? fmt::format("did you mean {}?", *near) : ""};
}

Result<void> Arguments::take_positionals(std::span<const std::string> words) {
  for (std::size_t i = 0; i < positionals_.size(); ++i) {
    if (positionals_[i].need == Positional::Need::rest) {
      for (const std::string& word : words.subspan(std::min(i, words.size()))) {
        positionals_[i].take(word);
      }
    } else if (i < words.size()) {
      positionals_[i].take(words[i]);
    } else if (positionals_[i].need == Positional::Need::required) {
      return fail(ErrorCode::usage, fmt::format("{} is missing", positionals_[i].name));
    }
  }
  return {};
}

/// The word is said but where it stands behind a switch: then it was meant as its value, which with
/// --consumer-secret is a secret.
Result<void> Arguments::check_no_more_than_wanted(std::span<const std::string> positionals,
                                                  std::span<const std::string> words) const {
  if (positionals.size() <= positionals_.size() || rest() != nullptr) return {};
  const auto is_switch = [this](std::string_view word) {
    const Option* option = find(word);
    return option != nullptr && option->value_name.empty();
  };
  for (std::size_t i = 1; i < words.size(); ++i) {
    if (!is_switch(words[i - 1]) || looks_like_option(words[i])) continue;
    return fail(ErrorCode::usage, fmt::format("one word too many: {} takes no value", words[i - 1]),
                options_that_begin_with(words[i - 1] + "-"));
  }
  return fail(ErrorCode::usage, fmt::format("one word too many: {}",
                                            terminal_safe(positionals[positionals_.size()])));
}

/// "--consumer-secret-file FILE, --consumer-secret-fd N" for "--consumer-secret-"; empty for none.
std::string Arguments::options_that_begin_with(std::string_view prefix) const {
  std::string found;
  for (const Option& option : options_) {
    for (const std::string& name : names_of(option)) {
      if (!name.starts_with(prefix)) continue;
      found += fmt::format("{}{} {}", found.empty() ? "" : ", ", name, option.value_name);
    }
  }
  return found;
}

Result<void> Arguments::take_values(const std::vector<std::vector<std::string>>& values) const {
  for (std::size_t i = 0; i < options_.size(); ++i) {
    const Option& option = options_[i];
    const std::string name = option.flags.substr(option.flags.find(',') + 1);
    if (option.count == Option::Count::once && values[i].size() > 1) {
      return fail(ErrorCode::usage, fmt::format("{} was given twice", name));
    }
    for (const std::string& value : values[i]) {
      if (auto taken = option.take(value); !taken) {
        return tl::unexpected(in_context(name, std::move(taken).error()));
      }
    }
  }
  return {};
}

Result<Asked> Arguments::parse(std::span<const std::string> words) {
  if (unread_) return Asked::run;
  const auto cut = std::find(words.begin(), words.end(), "--");
  const auto before = words.first(static_cast<std::size_t>(cut - words.begin()));
  TRY_ASSIGN(Reading reading, read(options_, with_empty_values_apart(before)));

  const auto given = [&](std::string_view flag) {
    const Option* option = find(flag);
    return option != nullptr && option->value_name.empty() &&
           !reading.values[static_cast<std::size_t>(option - options_.data())].empty();
  };
  if (given("--help")) return Asked::help;
  if (given("--version")) return Asked::version;
  for (const std::string& word : reading.others) {
    if (looks_like_option(word)) return tl::unexpected(unknown_option(word));
  }
  TRY(take_values(reading.values));
  reading.others.insert(reading.others.end(), cut == words.end() ? cut : cut + 1, words.end());
  TRY(check_no_more_than_wanted(reading.others, words));
  TRY(take_positionals(reading.others));
  return Asked::run;
}

}  // namespace applink::cli

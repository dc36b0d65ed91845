// The arguments of one command: what it declares, what was typed, what help says of them.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "applink/base/result.h"

namespace applink::cli {

enum class Asked { run, help, version };

/// Every value arrives as the bytes that were typed: nothing is split, trimmed or expanded.
/// The targets must outlive parse().
class Arguments {
 public:
  struct Positional {
    std::string name;
    std::string help;
    enum class Need { required, optional, rest } need;
    std::function<void(const std::string&)> take;
  };
  struct Option {
    std::string flags;       ///< "-l,--link"
    std::string value_name;  ///< empty: a switch
    std::string help;
    enum class Count { once, any } count;
    std::function<Result<void>(const std::string&)> take;
    std::string other_name = {};  ///< taken as well, and not shown in help
  };

  void required(std::string name, std::string& into, std::string help);
  void optional(std::string name, std::optional<std::string>& into, std::string help);
  /// Every word that is left, declared last: the arguments of another program, which stand behind
  /// "--" for their options.
  void rest(std::string name, std::vector<std::string>& into, std::string help);

  void flag(std::string flags, bool& into, std::string help);
  void option(std::string flags, std::string value_name, std::string& into, std::string help);
  void option(std::string flags, std::string value_name, std::optional<std::string>& into,
              std::string help);
  void option(std::string flags, std::string value_name, int& into, std::string help);
  /// A port.
  void option(std::string flags, std::string value_name, std::uint16_t& into, std::string help);
  /// "90", "90s", "5m", "1h".
  void option(std::string flags, std::string value_name, std::optional<std::chrono::seconds>& into,
              std::string help);
  void repeatable(std::string flags, std::string value_name, std::vector<std::string>& into,
                  std::string help);
  /// Any other reading of a value.
  void option(std::string flags, std::string value_name,
              std::function<Result<void>(const std::string&)> take, std::string help);
  /// `flag`, which help does not show, is the option that was declared last.
  void also_as(std::string flag) { options_.back().other_name = std::move(flag); }

  /// parse() takes whatever there is, for a successor to read.
  void leave_unread() { unread_ = true; }

  [[nodiscard]] bool declares(std::string_view flag) const { return find(flag) != nullptr; }

  /// `words` up to the first "--" are options and positionals, behind it positionals alone.
  Result<Asked> parse(std::span<const std::string> words);

  [[nodiscard]] const std::vector<Positional>& positionals() const { return positionals_; }
  [[nodiscard]] const std::vector<Option>& options() const { return options_; }

 private:
  [[nodiscard]] const Option* find(std::string_view flag) const;
  [[nodiscard]] const Positional* rest() const;
  [[nodiscard]] std::vector<std::string> with_empty_values_apart(
      std::span<const std::string> words) const;
  Result<void> take_values(const std::vector<std::vector<std::string>>& values) const;
  Result<void> take_positionals(std::span<const std::string> words);
  [[nodiscard]] Result<void> check_no_more_than_wanted(std::span<const std::string> positionals,
                                                       std::span<const std::string> words) const;
  [[nodiscard]] std::string options_that_begin_with(std::string_view prefix) const;
  [[nodiscard]] Error unknown_option(std::string_view word) const;

  std::vector<Positional> positionals_;
  std::vector<Option> options_;
  bool unread_ = false;
};

}  // namespace applink::cli

// Where a secret comes from: a file, a descriptor, another program, or the person at the terminal.
// No flag takes a secret itself: a command line can be read by others.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "applink/base/result.h"
#include "applink/base/secret.h"
#include "cli/arguments.h"
#include "cli/terminal.h"

namespace applink::cli {

inline constexpr std::size_t longest_secret = 4096;

/// What `command`, split into words as a shell would and run without one, prints.
Result<Secret> secret_of_command(const std::string& command);

class SecretSource {
 public:
  SecretSource() = default;
  SecretSource(const SecretSource&) = delete;  // what it declares refers to it
  SecretSource& operator=(const SecretSource&) = delete;

  /// "--NAME-file FILE", "--NAME-fd N" and "--NAME-command COMMAND". `what` is the secret in their
  /// help: "the passphrase of FILE". `other_name` is taken as well.
  void declare(Arguments& arguments, std::string_view name, std::string_view what,
               std::string_view other_name = {});

  /// Whether one of the flags was given.
  [[nodiscard]] bool is_given() const { return file_ || descriptor_ || command_; }
  /// Whether it is standard input, which then serves for nothing else.
  [[nodiscard]] bool reads_stdin() const { return file_ == "-" || descriptor_ == 0; }
  /// The first flag that was given, for a message.
  [[nodiscard]] std::string given_flag() const;

  /// One line, not empty, without its line end: from where the flags say, else in answer to
  /// `question`, unseen.
  [[nodiscard]] Result<Secret> read(const Terminal& terminal, std::string_view question) const;
  /// The same for a secret that is made up now: asked for twice.
  [[nodiscard]] Result<Secret> read_new(const Terminal& terminal, std::string_view question) const;

 private:
  [[nodiscard]] Result<Secret> read_given() const;
  [[nodiscard]] Result<void> take_descriptor(const std::string& number);

  std::string name_;
  std::optional<std::string> file_;
  std::optional<int> descriptor_;
  std::optional<std::string> command_;
};

}  // namespace applink::cli

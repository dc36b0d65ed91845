// Asks the one place that the flags name, and takes one line from it.
#include "cli/secret_source.h"

#include <chrono>
#include <cstddef>

#include <fcntl.h>
#include <fmt/format.h>

#include "applink/base/files.h"
#include "cli/input.h"
#include "cli/secret_command.h"
#include "cli/values.h"
#include "cli/words.h"

namespace applink::cli {
namespace {

/// A person may have to unlock something first.
constexpr std::chrono::milliseconds patience = std::chrono::minutes(1);

}  // namespace

Result<Secret> secret_of_command(const std::string& command) {
  TRY_ASSIGN(const auto words, split_words(command));
  return output_of(words, longest_secret, patience);
}

void SecretSource::declare(Arguments& arguments, std::string_view name, std::string_view what,
                           std::string_view other_name) {
  name_ = name;
  const auto flag = [&](std::string_view kind) { return fmt::format("--{}-{}", name, kind); };
  const auto also = [&](std::string_view kind) {
    if (!other_name.empty()) arguments.also_as(fmt::format("--{}-{}", other_name, kind));
  };
  arguments.option(flag("file"), "FILE", file_,
                   fmt::format("a file with {} (-: standard input)", what));
  also("file");
  arguments.option(
      flag("fd"), "N", [this](const std::string& number) { return take_descriptor(number); },
      fmt::format("a file descriptor with {}", what));
  also("fd");
  arguments.option(flag("command"), "COMMAND", command_,
                   fmt::format("a command that prints {}", what));
  also("command");
}

/// Looked at while the arguments are read, for later the number may be that of a file of our own;
/// and kept from programs that are started.
Result<void> SecretSource::take_descriptor(const std::string& number) {
  TRY_ASSIGN(const int descriptor, parse_number(number));
  if (descriptor < 0 || ::fcntl(descriptor, F_SETFD, FD_CLOEXEC) != 0) {
    return fail(
        ErrorCode::usage, fmt::format("no descriptor {} is open", descriptor),
        fmt::format("open it on the same command line: {}<FILE", descriptor < 3 ? 3 : descriptor));
  }
  descriptor_ = descriptor;
  return {};
}

std::string SecretSource::given_flag() const {
  const std::string_view kind = file_ ? "file" : descriptor_ ? "fd" : "command";
  return fmt::format("--{}-{}", name_, kind);
}

Result<Secret> SecretSource::read_given() const {
  if (file_) {
    if (*file_ == "-") return read_secret_from_stdin(longest_secret);
    return read_private_file(*file_, longest_secret);
  }
  if (descriptor_) return read_secret_from_descriptor(*descriptor_, longest_secret);
  return secret_of_command(*command_);
}

Result<Secret> SecretSource::read(const Terminal& terminal, std::string_view question) const {
  const int given = (file_ ? 1 : 0) + (descriptor_ ? 1 : 0) + (command_ ? 1 : 0);
  if (given > 1) {
    return fail(ErrorCode::usage, fmt::format("the {} comes from one place", name_),
                fmt::format("give one of --{0}-file, --{0}-fd and --{0}-command", name_));
  }
  auto content = given == 1
                     ? read_given()
                     : terminal.ask_secret(question, fmt::format("--{0}-file FILE, --{0}-fd N or "
                                                                 "--{0}-command COMMAND",
                                                                 name_));
  if (!content) return content;
  auto line = one_line(*content);
  if (line) return line;
  return tl::unexpected(in_context(given == 1 ? given_flag() : name_, std::move(line).error()));
}

Result<Secret> SecretSource::read_new(const Terminal& terminal, std::string_view question) const {
  TRY_ASSIGN(Secret secret, read(terminal, question));
  if (is_given()) return secret;
  TRY_ASSIGN(const Secret again, read(terminal, "The same again:"));
  if (secret == again) return secret;
  return fail(ErrorCode::failed, "the two answers differ", "run the same command again");
}

}  // namespace applink::cli

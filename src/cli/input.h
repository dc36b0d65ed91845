// What a command reads beside its arguments: a file, or standard input for "-".
#pragma once

#include <string>

#include "applink/base/result.h"
#include "applink/base/secret.h"

namespace applink::cli {

inline constexpr std::size_t largest_body = std::size_t{64} << 20;

Result<std::string> read_input(const std::string& path_or_dash, std::size_t limit);

/// Before standard input is read, which serves one purpose in a process: ErrorCode::usage at the
/// second one. Whatever reads it here has asked.
Result<void> take_stdin();

/// The one line that `content` is, without its line end; refused where it is empty or has a second
/// line: then it is something else than a secret, or more.
Result<Secret> one_line(const Secret& content);

/// The one line of a file that nobody else can read, or of standard input for "-"; its line end is
/// no part of it.
Result<Secret> read_secret_line(const std::string& path_or_dash, std::size_t limit);

/// Standard input to its end, unseen: echo is off where it is a terminal.
Result<Secret> read_secret_from_stdin(std::size_t limit);

/// The same from a descriptor that whoever started us had opened.
Result<Secret> read_secret_from_descriptor(int descriptor, std::size_t limit);

/// The value of an environment variable, which is gone from the environment afterwards: no program
/// that is started inherits it.
Result<Secret> take_secret_from_environment(const std::string& name);

}  // namespace applink::cli

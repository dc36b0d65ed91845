// A command written so that a shell takes it as it is: the other way round from shell_words().
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "applink/base/result.h"

namespace applink::calls {

/// Where a command is pasted.
enum class Shell {
  /// Any shell of POSIX, so dash, bash, zsh and ksh; also where it is interactive and would take
  /// "!" for its history.
  sh,
  fish,
  /// Windows PowerShell 5.1 and PowerShell 7, on any system. They hand quotes to programs
  /// differently; the command asks for the older way, which all of them know, for itself alone.
  powershell,
  /// The prompt of cmd.exe with delayed expansion off, as it is usually. In a batch file "%" means
  /// something else.
  cmd,
};

/// "sh", "fish", "powershell", "cmd".
Result<Shell> shell_named(std::string_view word);

/// One line, or more where a word has line ends, without a line end behind it. `program` is found
/// by the shell; each argument reaches it byte for byte. What a terminal would act upon instead of
/// showing it (control characters, broken UTF-8) stands there as an escape.
///
/// ErrorCode::usage for what the shell cannot say: a NUL byte; to cmd any control character; to
/// PowerShell bytes that are no UTF-8, and a backslash before a quote where its versions would
/// disagree; and what is longer than the system behind it takes.
Result<std::string> shell_command(Shell shell, std::string_view program,
                                  std::span<const std::string> arguments);

}  // namespace applink::calls

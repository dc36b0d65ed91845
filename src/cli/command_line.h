// From the words typed to what is to be done.
#pragma once

#include <span>
#include <string>

#include "applink/base/result.h"
#include "cli/command.h"
#include "cli/console.h"
#include "cli/terminal.h"

namespace applink::cli {

/// Flags that every command takes.
struct Manners {
  Color color = Color::automatic;
  Narration narration = Narration::told;
  Asking asking = Asking::allowed;
};

struct CommandLine {
  Action action;
  Manners manners;
};

/// `words` without the program's name. Help and the version are actions like any other.
Result<CommandLine> read_command_line(std::span<const std::string> words);

}  // namespace applink::cli

// From the words typed to what is to be done.
#pragma once

#include <memory>
#include <span>
#include <string>

#include "applink/base/result.h"
#include "cli/command.h"
#include "cli/console.h"
#include "cli/store_passphrase.h"
#include "cli/terminal.h"

namespace applink::cli {

/// Flags that every command takes.
struct Manners {
  Color color = Color::automatic;
  Narration narration = Narration::told;
  Asking asking = Asking::allowed;
  std::shared_ptr<const StorePassphrase> store_passphrase;  ///< null: the command opens no store
};

struct CommandLine {
  Action action;
  Manners manners;
};

/// `words` without the program's name. Help and the version are actions like any other.
Result<CommandLine> read_command_line(std::span<const std::string> words);

}  // namespace applink::cli

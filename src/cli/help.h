// What applink says of itself.
#pragma once

#include <string>
#include <string_view>

#include "cli/arguments.h"
#include "cli/command.h"

namespace applink::cli {

/// Three examples that run, then the commands.
std::string overview();
/// The commands that begin with `word`: "key".
std::string family_help(std::string_view word);
std::string command_help(const Command& command, const Arguments& arguments);
std::string version_line();

}  // namespace applink::cli

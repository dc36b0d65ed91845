// The table of commands.
#pragma once

#include <span>

#include "cli/command.h"

namespace applink::cli {

std::span<const Command> commands();

}  // namespace applink::cli

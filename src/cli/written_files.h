// The files that a command wrote: its answer.
#pragma once

#include <vector>

#include "applink/base/result.h"
#include "applink/keyring/export.h"
#include "cli/console.h"

namespace applink::cli {

/// One path a line; where a file made room, its backup is told of.
Result<void> say_what_was_written(const std::vector<keyring::WrittenFile>& files, Console& console);

}  // namespace applink::cli

// The files that a command wrote: its answer.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "applink/base/result.h"
#include "applink/keyring/export.h"
#include "cli/console.h"

namespace applink::cli {

/// One path a line; where a file made room, its backup is told of.
Result<void> say_what_was_written(const std::vector<keyring::WrittenFile>& files, Console& console);

/// A new file of the user's choice, for anybody to read; one that is there is refused, or kept as a
/// backup. The path is the answer.
Result<void> write_answer_file(const std::string& path, std::string_view content,
                               keyring::Existing existing, Console& console);

}  // namespace applink::cli

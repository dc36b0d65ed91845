// A file that a user named for an answer: it may be a device, a pipe or a link.
#pragma once

#include <filesystem>
#include <string_view>

#include "applink/base/result.h"

namespace applink {

/// Whether write_output() can succeed, as far as that shows beforehand. Changes nothing.
Result<void> check_output(const std::filesystem::path& path);

/// A file is replaced as replace_file() does it and keeps its mode; a new one is private. Symbolic
/// links are followed. What is no file (a device, a pipe) stays, and is written to.
Result<void> write_output(const std::filesystem::path& path, std::string_view content);

}  // namespace applink

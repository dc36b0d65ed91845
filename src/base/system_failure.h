// What the system refused to do with a file, and what helps.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "applink/base/result.h"

namespace applink {

/// The path as messages show it.
std::string shown(const std::filesystem::path& path);

/// "WHAT PATH: REASON", the reason being that of errno, with its hint.
tl::unexpected<Error> system_failure(std::string_view what, const std::filesystem::path& path);

}  // namespace applink

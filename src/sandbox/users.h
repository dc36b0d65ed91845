// People of a sandbox, as the command line and a file name them.
#pragma once

#include <filesystem>
#include <string_view>
#include <vector>

#include "applink/base/result.h"
#include "sandbox/config.h"

namespace applink::sandbox {

/// "NAME[:PASSWORD]"; without one the password is the name.
Result<User> parse_user(std::string_view text);

/// A JSON list of objects: name, and where wanted password, display_name, email, groups, active.
Result<std::vector<User>> read_users(const std::filesystem::path& file);

}  // namespace applink::sandbox

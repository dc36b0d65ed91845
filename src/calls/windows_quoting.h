// Words for the two shells of Windows, and for the C runtime that splits a command line behind
// them.
#pragma once

#include <string>
#include <string_view>

#include "applink/base/result.h"

namespace applink::calls {

/// A word as a string of PowerShell, or an expression in parentheses.
Result<std::string> powershell_word(std::string_view word);

/// With a caret before everything that cmd.exe might act upon.
Result<std::string> cmd_word(std::string_view word);

}  // namespace applink::calls

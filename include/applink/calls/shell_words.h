// A command line as people paste it, split into words as their shell would have.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "applink/base/result.h"

namespace applink::calls {

/// One simple command of sh or bash: '…', "…", $'…', backslashes, lines continued by "\", comments.
/// Nothing is expanded: what only the shell that ran it could know ($NAME, `…`) and what makes more
/// than one command of it (| & ; < >) is refused, with words. Wildcards and braces stay as they
/// are.
Result<std::vector<std::string>> shell_words(std::string_view command);

}  // namespace applink::calls

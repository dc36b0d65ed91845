// A command that is the value of an option, as the words that it is started with.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "applink/base/result.h"

namespace applink::cli {

/// Words are apart by white space; '…' and "…" hold what belongs together, and a backslash takes
/// the character behind it as it stands (within "…" before " and \ alone). Nothing else of a
/// shell: no variables, no wildcards, no pipes. At least one word.
Result<std::vector<std::string>> split_words(std::string_view command);

}  // namespace applink::cli

// The files that curl reads options from.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "applink/base/result.h"

namespace applink::calls {

struct CurlConfigLine {
  std::string option;  ///< with its dashes, if it has any
  std::optional<std::string> value;
};

/// One option a line. Refuses what curl only warns of and its versions take differently; `file`
/// names it in messages.
Result<std::vector<CurlConfigLine>> parse_curl_config(std::string_view text, std::string_view file);

}  // namespace applink::calls

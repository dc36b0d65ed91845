// A captured message as lines, once what surrounds it is gone.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "applink/base/result.h"

namespace applink::calls {

struct CapturedText {
  std::string request_line;
  std::vector<std::string> fields;  ///< unfolded
  std::string body;
  bool has_body_in_it = true;         ///< `curl -v` shows none
  std::optional<std::string> scheme;  ///< where `curl -v` tells of the connection
};

Result<CapturedText> captured_text(std::string_view text);

}  // namespace applink::calls

// The body of a call, from whichever flag gave it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "applink/base/result.h"

namespace applink::cli {

struct BodyFlags {
  std::string_view form_flag = "--form-urlencoded";  ///< as the command calls it
  std::optional<std::string> data = {};              ///< or @FILE
  std::optional<std::string> data_file = {};         ///< - is standard input
  std::optional<std::string> json = {};              ///< or @FILE
  std::vector<std::string> form = {};                ///< NAME=VALUE
};

struct Body {
  std::string bytes;
  std::string content_type;  ///< empty where the flag says nothing about it
};

/// Whether the body comes from standard input.
[[nodiscard]] bool reads_stdin(const BodyFlags& flags);

/// Byte for byte as it was typed or as it is in the file; one flag at most.
Result<Body> body_of(const BodyFlags& flags);

}  // namespace applink::cli

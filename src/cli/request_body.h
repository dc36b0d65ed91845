// The body of a call, from whichever flag gave it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "applink/base/result.h"

namespace applink::cli {

struct BodyFlags {
  std::optional<std::string> data;       ///< or @FILE
  std::optional<std::string> data_file;  ///< - is standard input
  std::optional<std::string> json;       ///< or @FILE
  std::vector<std::string> form;         ///< NAME=VALUE
};

struct Body {
  std::string bytes;
  std::string content_type;  ///< empty where the flag says nothing about it
};

/// Byte for byte as it was typed or as it is in the file; one flag at most.
Result<Body> body_of(const BodyFlags& flags);

}  // namespace applink::cli

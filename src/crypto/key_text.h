// The text of a key file, freed of what programs did to it on its way.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "applink/base/secret.h"

namespace applink::crypto {

struct RepairedText {
  Secret text;
  std::vector<std::string> repairs;  ///< sentences for the user
};

/// UTF-16 becomes UTF-8, a byte order mark goes.
RepairedText as_utf8(std::string_view bytes);

/// Escapes as JSON, shells and programming languages write them become what they stand for: \n, \r,
/// \t, \/, \u003d and a backslash before a line end. Base64 and PEM have no backslash of their own.
RepairedText without_escapes(Secret text);

/// Sentences on line ends, indentation and line lengths, which change nothing for who reads PEM
/// here, and much for who reads it elsewhere. `pem` is from its BEGIN to its END line.
std::vector<std::string> layout_remarks(std::string_view pem);

}  // namespace applink::crypto

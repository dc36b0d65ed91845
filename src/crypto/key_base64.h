// Base64 as it is found in key files.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "applink/base/secret.h"

namespace applink::crypto {

struct DecodedBase64 {
  Secret bytes;
  std::vector<std::string> repairs;  ///< sentences for the user
};

/// White space is passed over; the alphabet may be that of base64url, and the padding may be
/// missing. Nothing where letters are foreign or of an impossible number.
std::optional<DecodedBase64> decode_found_base64(std::string_view text);

}  // namespace applink::crypto

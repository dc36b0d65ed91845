// PEM as text: armoured blocks (RFC 7468) and their headers (RFC 1421), without altering a byte.
#pragma once

#include <string_view>
#include <vector>

namespace applink::crypto {

enum class PemEnd { matching, missing, of_another_label };

/// Views into the text that was searched.
struct PemBlock {
  std::string_view label;    ///< "RSA PRIVATE KEY"
  std::string_view headers;  ///< "Proc-Type: 4,ENCRYPTED\nDEK-Info: …", or empty
  std::string_view base64;   ///< with its line ends
  std::string_view whole;    ///< from "-----BEGIN" to the last dash
  PemEnd end = PemEnd::missing;
};

/// All blocks in their order; text before, between and after them is passed over. A block without
/// its END line is the last.
std::vector<PemBlock> pem_blocks(std::string_view text);

}  // namespace applink::crypto

// A key file taken apart: its container, and the blobs within.
#pragma once

#include <string_view>

#include "crypto/key_blob.h"

namespace applink::crypto {

/// Never fails. Without blobs, the file is none of a key.
KeyContent key_content(std::string_view file);

}  // namespace applink::crypto

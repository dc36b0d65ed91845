// The outline of DER: enough to tell what a key file really holds before OpenSSL decodes it.
#pragma once

#include <string_view>

#include "crypto/key_blob.h"

namespace applink::crypto {

BlobKind kind_of_der(std::string_view der);

/// Whether `bytes` may be taken for DER rather than text: a text that begins with "0" is not.
bool is_der(std::string_view bytes);

/// The size of the structure that `bytes` begin with, for those that are `too_long`.
std::size_t size_of_first_der(std::string_view bytes);

}  // namespace applink::crypto

// Certificate requests (RFC 2986), which people hold for certificates.
#pragma once

#include <string_view>

#include "applink/base/result.h"
#include "applink/crypto/rsa_key.h"

namespace applink::crypto {

Result<RsaPublicKey> key_of_request(std::string_view der);

}  // namespace applink::crypto

// What a client shows in TLS: a certificate, and the key that proves it.
#pragma once

#include <string_view>

#include "applink/base/result.h"
#include "applink/base/secret.h"

namespace applink::crypto {

/// That the first certificate of `certificate_pem` and the first private key of `key_pem`, of
/// whatever algorithm, belong together. A key under a passphrase is refused: nobody would be there
/// to type it.
Result<void> check_client_certificate(std::string_view certificate_pem, const Secret& key_pem);

}  // namespace applink::crypto

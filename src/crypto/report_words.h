// The words of a report about a key file.
#pragma once

#include <optional>
#include <string>

#include "applink/base/error.h"
#include "applink/crypto/key_inspection.h"
#include "crypto/key_blob.h"

namespace applink::crypto {

/// "PKCS#8 PEM", "X.509 DER", "JWK".
std::string form_of(BlobKind kind, Container container);

/// One line: what the file is and, where `error` is set, what is wrong with it.
std::string described(const KeyFileReport& report, const std::optional<Error>& error);

}  // namespace applink::crypto

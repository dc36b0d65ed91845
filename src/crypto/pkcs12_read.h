// What a PKCS#12 file holds (RFC 7292).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "applink/base/result.h"
#include "applink/crypto/key_reading.h"
#include "crypto/openssl.h"

namespace applink::crypto {

struct Pkcs12Key {
  OwnedPkcs8 info;
  std::string name;  ///< its friendlyName, foreign text; empty where it has none
};

struct Pkcs12Content {
  std::vector<Pkcs12Key> keys;
  std::vector<OwnedCertificate> certificates;
  std::vector<std::string> remarks;  ///< what was left out, in sentences for the user
};

/// Opens with no passphrase or an empty one where that is the file's own, before it asks. A MAC
/// that OpenSSL does not know (RFC 9579) counts as none: what the passphrase opens is taken.
Result<Pkcs12Content> read_pkcs12(std::string_view der, const AskPassphrase& ask);

}  // namespace applink::crypto

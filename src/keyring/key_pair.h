// What making, importing and loading have in common.
#pragma once

#include <string_view>

#include "applink/base/clock.h"
#include "applink/base/result.h"
#include "applink/base/secret.h"
#include "applink/keyring/create.h"
#include "applink/store/key_pair.h"

namespace applink::keyring {

/// The key of a PKCS#1 or PKCS#8 PEM, checked down to its primes.
Result<crypto::RsaPrivateKey> proven_private_key(const Secret& pem);

Result<store::KeyPair> key_pair_with_new_certificate(std::string_view name,
                                                     crypto::RsaPrivateKey private_key,
                                                     const CertificateDetails& details,
                                                     const Clock& clock);

}  // namespace applink::keyring

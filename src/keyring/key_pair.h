// What making and importing have in common.
#pragma once

#include <string_view>

#include "applink/base/clock.h"
#include "applink/base/result.h"
#include "applink/keyring/create.h"
#include "applink/store/key_pair.h"

namespace applink::keyring {

Result<store::KeyPair> key_pair_with_new_certificate(std::string_view name,
                                                     crypto::RsaPrivateKey private_key,
                                                     const CertificateDetails& details,
                                                     const Clock& clock);

}  // namespace applink::keyring

// A key pair made here.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "applink/base/clock.h"
#include "applink/base/result.h"
#include "applink/crypto/rsa_key.h"
#include "applink/store/key_pair.h"

namespace applink::keyring {

/// Jira checks neither the name nor the validity of a certificate; people who look at it do.
struct CertificateDetails {
  std::optional<std::string> common_name;  ///< the name of the key where none is given
  std::chrono::days validity{3650};
};

/// Not stored yet: whoever asked for it puts it into the vault before saying that it exists.
/// `bits` and `on_search` are as crypto::RsaPrivateKey::generate() takes them.
Result<store::KeyPair> create_key_pair(std::string_view name, int bits,
                                       const CertificateDetails& details, const Clock& clock,
                                       const crypto::OnPrimeSearch& on_search = {});

}  // namespace applink::keyring

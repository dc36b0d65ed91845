// What OpenSSL leaves behind in memory that it frees.
#pragma once

namespace applink::crypto {

/// From now on everything that OpenSSL frees in this process is wiped first. By itself it wipes
/// numbers and keys, and leaves what its parsers and writers made of them on the way. For the first
/// lines of `main`: false, and nothing is changed, where OpenSSL has allocated something already.
bool wipe_what_openssl_frees() noexcept;

}  // namespace applink::crypto

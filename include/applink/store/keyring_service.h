// The operating system's keyring, which opens with the user's login: one of the ways to unlock the
// store.
#pragma once

#include <optional>
#include <string_view>

#include "applink/base/result.h"
#include "applink/base/secret.h"

namespace applink::store {

/// Secrets under identifiers, in a keyring such as the freedesktop Secret Service. Identifiers are
/// ASCII; a secret is text without a NUL byte, as a password would be. Every call is over within a
/// second, also where no keyring answers; one that has to ask its user first is too late.
///
/// ErrorCode::locked everywhere where the keyring is locked, missing or silent; the message says
/// which, and the hint what helps.
class KeyringService {
 public:
  KeyringService() = default;
  KeyringService(const KeyringService&) = delete;
  KeyringService& operator=(const KeyringService&) = delete;
  virtual ~KeyringService() = default;

  /// Keeps `secret` under `identifier`, in the place of what was there. The keyring's own programs
  /// show it to the user as `label`.
  virtual Result<void> keep(std::string_view identifier, std::string_view label,
                            const Secret& secret) = 0;
  /// nullopt where the keyring answers and has no such secret.
  virtual Result<std::optional<Secret>> find(std::string_view identifier) = 0;
  /// Removes it where there is one.
  virtual Result<void> forget(std::string_view identifier) = 0;
};

}  // namespace applink::store

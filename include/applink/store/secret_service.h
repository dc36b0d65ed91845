// The keyring of a Linux desktop (GNOME Keyring, KWallet, KeePassXC): the freedesktop Secret
// Service.
#pragma once

#include <memory>
#include <string>

#include "applink/store/keyring_service.h"

namespace applink::store {

class Libsecret;

/// Asks the keyring on the session's D-Bus, through libsecret, which is loaded when it is first
/// needed: where the session has no bus, it is not. No bus is started for it. Every call is over
/// within a second; a keyring that waits for its user is too late. The secrets are in the default
/// collection, with the attribute "store" (docs/formats.md section 4).
///
/// One thread uses it at a time. GLib's threads, which stay, take no signals of the process.
class SecretServiceKeyring final : public KeyringService {
 public:
  /// `library` is what the dynamic linker is asked for.
  explicit SecretServiceKeyring(std::string library = "libsecret-1.so.0");
  ~SecretServiceKeyring() override;

  /// ErrorCode::locked also where the keyring says that it has the secret, and has not.
  Result<void> keep(std::string_view identifier, std::string_view label,
                    const Secret& secret) override;
  Result<std::optional<Secret>> find(std::string_view identifier) override;
  Result<void> forget(std::string_view identifier) override;

 private:
  Result<const Libsecret*> libsecret();

  std::string library_;
  std::unique_ptr<const Libsecret> libsecret_;
};

}  // namespace applink::store

// Each operation has a second, a bus connection and a main context of its own.
#include "applink/store/secret_service.h"

#include <chrono>
#include <utility>

#include "store/libsecret.h"
#include "store/secret_service_session.h"

namespace applink::store {
namespace {

constexpr std::chrono::milliseconds limit{1000};

/// A keyring that looks for a secret in vain may be one that cannot see what is locked.
Result<void> check_that_it_sees_all(SecretServiceSession& session) {
  TRY(session.default_collection());
  return {};
}

}  // namespace

SecretServiceKeyring::SecretServiceKeyring(std::string library) : library_(std::move(library)) {}

SecretServiceKeyring::~SecretServiceKeyring() = default;

Result<const Libsecret*> SecretServiceKeyring::libsecret() {
  if (!has_session_bus()) {
    return fail(ErrorCode::locked, "this session has no D-Bus that leads to a keyring",
                "log in at the desktop, and start applink from there");
  }
  if (!libsecret_) {
    TRY_ASSIGN(const Libsecret loaded, Libsecret::load(library_));
    libsecret_ = std::make_unique<const Libsecret>(loaded);
  }
  return libsecret_.get();
}

Result<void> SecretServiceKeyring::keep(std::string_view identifier, std::string_view label,
                                        const Secret& secret) {
  TRY_ASSIGN(const Libsecret* library, libsecret());
  SecretServiceSession session(*library, limit);
  TRY(session.open());
  TRY_ASSIGN(const std::string collection, session.default_collection());
  TRY(session.put(collection, identifier, label, secret));
  // libsecret reports success also where the keyring asked its user, and the user said no.
  TRY_ASSIGN(const auto kept, session.find(identifier));
  if (kept && *kept == secret) return {};
  return fail(ErrorCode::locked, "the keyring did not keep the secret",
              "see whether it asked for something on the desktop");
}

Result<std::optional<Secret>> SecretServiceKeyring::find(std::string_view identifier) {
  TRY_ASSIGN(const Libsecret* library, libsecret());
  SecretServiceSession session(*library, limit);
  TRY(session.open());
  TRY_ASSIGN(auto found, session.find(identifier));
  if (!found) TRY(check_that_it_sees_all(session));
  return found;
}

Result<void> SecretServiceKeyring::forget(std::string_view identifier) {
  TRY_ASSIGN(const Libsecret* library, libsecret());
  SecretServiceSession session(*library, limit);
  TRY(session.open());
  TRY_ASSIGN(const auto found, session.find(identifier));
  if (!found) return check_that_it_sees_all(session);
  TRY(session.remove(identifier));
  TRY_ASSIGN(const auto left, session.find(identifier));
  if (!left) return {};
  return fail(ErrorCode::locked, "the keyring did not forget the secret",
              "see whether it asked for something on the desktop");
}

}  // namespace applink::store

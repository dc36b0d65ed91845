// One conversation with the Secret Service on the session's bus.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "applink/base/result.h"
#include "applink/base/secret.h"
#include "store/libsecret.h"
#include "store/limited_calls.h"

namespace applink::store {

/// Whether the environment names a session bus that is there: GLib would start one else.
bool has_session_bus();

/// Every error is ErrorCode::locked, and says what is not as it should be.
class SecretServiceSession {
 public:
  /// `library` outlives it. From now on there is `limit` for all that is asked.
  SecretServiceSession(const Libsecret& library, std::chrono::milliseconds limit);
  SecretServiceSession(const SecretServiceSession&) = delete;
  SecretServiceSession& operator=(const SecretServiceSession&) = delete;
  ~SecretServiceSession();

  /// Comes first: finds the service, and agrees with it on a key for secrets on their way.
  Result<void> open();
  /// The path of the collection that new secrets go to; an error where it is locked, or ends with
  /// the session.
  Result<std::string> default_collection();
  /// nullopt where the collections that can be looked into have none; an error where it is locked.
  Result<std::optional<Secret>> find(std::string_view identifier);
  /// Takes the place of the one that is there.
  Result<void> put(const std::string& collection, std::string_view identifier,
                   std::string_view label, const Secret& secret);
  Result<void> remove(std::string_view identifier);

 private:
  Result<void> connect();
  Result<GlibObject<SecretCollection>> collection_of(const char* alias);
  [[nodiscard]] GlibTable attributes(std::string_view identifier) const;

  const Libsecret* library_;
  LimitedCalls calls_;
  GlibObject<GDBusConnection> bus_;
  gulong closing_ = 0;
  GlibObject<SecretService> service_;
};

}  // namespace applink::store

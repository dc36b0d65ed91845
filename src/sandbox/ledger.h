// The tokens that a sandbox has given out, in memory and, where it has one, in its state file.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "applink/base/clock.h"
#include "applink/base/result.h"
#include "sandbox/state_lock.h"

namespace applink::sandbox {

/// Whether the token was asked for with oauth_callback: without one there is no verifier.
enum class OAuthVersion { one_zero, one_zero_a };
enum class Decision { none, allowed, denied };

// Token secrets and handles are plain strings: RSA-SHA1 never uses the secret, and what these
// tokens open is a sandbox.

/// RFC 5849's temporary credentials.
struct RequestToken {
  std::string token;
  std::string secret;
  std::string consumer_key;
  OAuthVersion version = OAuthVersion::one_zero_a;
  std::optional<std::string> callback;
  Timestamp created;
  Decision decision = Decision::none;
  std::string user;      ///< who allowed it
  std::string verifier;  ///< of an allowed one of OAuth 1.0a

  friend bool operator==(const RequestToken&, const RequestToken&) = default;
};

/// What a renewal continues.
struct Session {
  std::string handle;
  Timestamp created;
  Timestamp last_renewal;

  friend bool operator==(const Session&, const Session&) = default;
};

/// RFC 5849's token credentials.
struct AccessToken {
  std::string token;
  std::string secret;
  std::string consumer_key;
  std::string user;
  Timestamp created;
  std::optional<Session> session;

  friend bool operator==(const AccessToken&, const AccessToken&) = default;
};

using RequestTokens = std::map<std::string, RequestToken, std::less<>>;
using AccessTokens = std::map<std::string, AccessToken, std::less<>>;

struct Tokens {
  RequestTokens request_tokens;
  AccessTokens access_tokens;

  friend bool operator==(const Tokens&, const Tokens&) = default;
};

/// A change is in the state file before the call that makes it returns; one that cannot be written
/// is not made.
class Ledger {
 public:
  /// Remembers until the process ends.
  Ledger() = default;
  /// Continues what `state_file` holds, or starts it where it is missing. Refuses a file that no
  /// sandbox wrote, and leaves it as it is; and one that another sandbox works on.
  static Result<Ledger> open(std::filesystem::path state_file);

  /// Null where there is none; valid until the next change.
  [[nodiscard]] const RequestToken* request_token(std::string_view token) const;
  [[nodiscard]] const AccessToken* access_token(std::string_view token) const;

  [[nodiscard]] const Tokens& tokens() const { return tokens_; }
  /// Puts other tokens in the place of all.
  Result<void> replace(Tokens tokens) { return become(std::move(tokens)); }

  /// Adds the token, or replaces the one of the same name.
  Result<void> put(RequestToken token);
  /// Adds `issued` and removes the request or access token that it was given for.
  Result<void> exchange(std::string_view spent, AccessToken issued);

 private:
  Ledger(std::filesystem::path state_file, StateLock lock)
      : state_file_(std::move(state_file)), lock_(std::move(lock)) {}
  Result<void> become(Tokens changed);

  std::filesystem::path state_file_;
  StateLock lock_;
  Tokens tokens_;
};

}  // namespace applink::sandbox

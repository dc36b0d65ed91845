// What a sandbox is started with, as the command line says it.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "applink/base/result.h"
#include "sandbox/config.h"
#include "sandbox/front.h"

namespace applink::sandbox {

/// One consumer as the command line names it.
struct ConsumerOption {
  std::string key;
  std::filesystem::path public_key_file;  ///< SPKI PEM, bare base64 SPKI, or an X.509 certificate
  std::string name;                       ///< shown on the authorize page; empty: the key
  std::string description;
  std::optional<std::string> callback;  ///< where the browser goes when the token names no callback
};

/// "hub=keys/hub/public_key.pem". The key is one word; the file is read by load_config.
Result<ConsumerOption> parse_consumer(std::string_view text);

/// "admin=TOKEN".
Result<PersonalAccessToken> parse_personal_access_token(std::string_view text);

struct Options {
  std::uint16_t port = 0;  ///< 0: any free one
  Release release;
  std::optional<std::string> context_path;  ///< none: the usual one of the product
  std::vector<ConsumerOption> consumers;
  /// What the pages say of the consumer; only where there is exactly one.
  std::optional<std::string> consumer_name;
  std::optional<std::string> consumer_description;
  /// Of every consumer.
  TwoLeggedOAuth two_legged = TwoLeggedOAuth::refused;
  std::optional<std::string> execute_as;
  Impersonation impersonation = Impersonation::refused;
  /// In the place of alice, bob and admin.
  std::optional<std::filesystem::path> users_file;
  /// Beside those; one of the same name takes the other's place.
  std::vector<User> users;
  std::vector<PersonalAccessToken> personal_access_tokens;
  /// Answers the authorize page as if this user had pressed Allow.
  std::optional<std::string> approve_as;
  Lifetimes lifetimes;
  std::vector<Mishap> mishaps;
  /// Tokens outlive the process in this file; it is made when missing.
  std::optional<std::filesystem::path> state_file;
  /// A line of JSON for each request, at the end of this file; "-" is standard error.
  std::optional<std::filesystem::path> log_file;
  /// Where the control endpoint is, and its token: a new file.
  std::optional<std::filesystem::path> control_file;
  std::optional<TlsFiles> tls;
  Connector connector;
};

/// Checks every option and reads every file, but those of state and TLS.
Result<Config> load_config(const Options& options);

}  // namespace applink::sandbox

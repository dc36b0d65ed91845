// What a sandbox is told before the first request, and what its administrator changes later: its
// address, its consumers, its users.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "applink/crypto/rsa_key.h"
#include "sandbox/mishaps.h"
#include "sandbox/product.h"

namespace applink::sandbox {

/// Jira's flag of the same name, hidden from its screens: whether users may be asked at all.
enum class ThreeLeggedOAuth { allowed, refused };

/// The administrator's boxes "Allow 2-Legged OAuth" and "Allow user impersonation through 2-Legged
/// OAuth".
enum class TwoLeggedOAuth { refused, allowed };
enum class Impersonation { refused, allowed };

/// Shared by the consumer and by whatever remembers it longer than the consumer does.
using PublicKey = std::shared_ptr<const crypto::RsaPublicKey>;

/// An application link's incoming side.
struct Consumer {
  std::string key;
  std::string name;
  std::string description;
  std::optional<std::string> callback;
  PublicKey public_key;
  PublicKey previous_key = nullptr;  ///< before it was replaced; null: there was none
  ThreeLeggedOAuth three_legged = ThreeLeggedOAuth::allowed;
  TwoLeggedOAuth two_legged = TwoLeggedOAuth::refused;
  std::string execute_as = {};  ///< the user of two-legged requests; empty: nobody
  Impersonation impersonation = Impersonation::refused;
};

enum class LoginRight { granted, withdrawn };

struct User {
  std::string name;
  std::string password;
  std::string display_name;
  std::string email;
  std::vector<std::string> groups = {};
  LoginRight login = LoginRight::granted;
};

/// alice, bob and admin, each with the name as password: a sandbox guards nothing.
std::vector<User> sandbox_users();

/// "Personal Access Tokens" of a user's profile.
struct PersonalAccessToken {
  std::string user;
  std::string token;
};

/// Each is over when its age is greater.
struct Lifetimes {
  std::chrono::seconds request_token = std::chrono::minutes(10);
  std::chrono::seconds access_token = std::chrono::days(5 * 365);
  std::chrono::seconds session = std::chrono::days(5 * 365 + 30);  ///< since the last renewal
};

struct Config {
  Release release;
  std::string origin;        ///< "http://127.0.0.1:8090"
  std::string context_path;  ///< "/jira", or empty
  std::vector<Consumer> consumers;
  std::vector<User> users = sandbox_users();
  std::vector<PersonalAccessToken> personal_access_tokens = {};
  std::optional<std::string> approve_as;
  Lifetimes lifetimes;
  std::vector<Mishap> mishaps;  ///< those that are on from the start
  /// What opens the control endpoint; none: there is no such endpoint.
  std::optional<std::string> control_token;

  /// As an administrator would have configured it: realm, links, serverInfo.
  [[nodiscard]] std::string base_url() const { return origin + context_path; }
  /// Null where there is none.
  [[nodiscard]] const Consumer* find_consumer(std::string_view key) const;
  [[nodiscard]] const User* find_user(std::string_view name) const;
  [[nodiscard]] Consumer* find_consumer(std::string_view key);
  [[nodiscard]] User* find_user(std::string_view name);
};

}  // namespace applink::sandbox

// What a sandbox knows before the first request: its address, its consumers, its users.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "applink/crypto/rsa_key.h"

namespace applink::sandbox {

/// Jira's flag of the same name, hidden from its screens: whether users may be asked at all.
enum class ThreeLeggedOAuth { allowed, refused };

/// An application link's incoming side.
struct Consumer {
  std::string key;
  std::string name;
  std::string description;
  std::optional<std::string> callback;
  crypto::RsaPublicKey public_key;
  ThreeLeggedOAuth three_legged = ThreeLeggedOAuth::allowed;
};

enum class LoginRight { granted, withdrawn };

struct User {
  std::string name;
  std::string password;
  std::string display_name;
  std::string email;
  LoginRight login = LoginRight::granted;
};

/// alice, bob and admin, each with the name as password: a sandbox guards nothing.
std::vector<User> sandbox_users();

/// Each is over when its age is greater.
struct Lifetimes {
  std::chrono::seconds request_token = std::chrono::minutes(10);
  std::chrono::seconds access_token = std::chrono::days(5 * 365);
  std::chrono::seconds session = std::chrono::days(5 * 365 + 30);  ///< since the last renewal
};

struct Config {
  std::string origin;        ///< "http://127.0.0.1:8090"
  std::string context_path;  ///< "/jira", or empty
  std::vector<Consumer> consumers;
  std::vector<User> users = sandbox_users();
  std::optional<std::string> approve_as;
  Lifetimes lifetimes;

  /// As an administrator would have configured it: realm, links, serverInfo.
  [[nodiscard]] std::string base_url() const { return origin + context_path; }
  /// Null where there is none.
  [[nodiscard]] const Consumer* find_consumer(std::string_view key) const;
  [[nodiscard]] const User* find_user(std::string_view name) const;
};

}  // namespace applink::sandbox

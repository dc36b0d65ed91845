// Looking up what a sandbox knows.
#include "sandbox/config.h"

#include <algorithm>

namespace applink::sandbox {

std::vector<User> sandbox_users() {
  return {{"alice", "alice", "Alice Archer", "alice@example.com"},
          {"bob", "bob", "Bob Baker", "bob@example.com"},
          {"admin", "admin", "Ada Admin", "admin@example.com"}};
}

const Consumer* Config::find_consumer(std::string_view key) const {
  const auto found = std::find_if(consumers.begin(), consumers.end(),
                                  [key](const Consumer& consumer) { return consumer.key == key; });
  return found == consumers.end() ? nullptr : &*found;
}

const User* Config::find_user(std::string_view name) const {
  const auto found = std::find_if(users.begin(), users.end(),
                                  [name](const User& user) { return user.name == name; });
  return found == users.end() ? nullptr : &*found;
}

}  // namespace applink::sandbox

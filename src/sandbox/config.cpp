// Looking up what a sandbox knows.
#include "sandbox/config.h"

#include <algorithm>

namespace applink::sandbox {
namespace {

template <class Consumers>
auto consumer_in(Consumers& consumers, std::string_view key) {
  const auto found = std::find_if(consumers.begin(), consumers.end(),
                                  [key](const Consumer& consumer) { return consumer.key == key; });
  return found == consumers.end() ? nullptr : &*found;
}

template <class Users>
auto user_in(Users& users, std::string_view name) {
  const auto found = std::find_if(users.begin(), users.end(),
                                  [name](const User& user) { return user.name == name; });
  return found == users.end() ? nullptr : &*found;
}

}  // namespace

std::vector<User> sandbox_users() {
  const std::string users = "jira-software-users";
  return {{"alice", "alice", "Alice Archer", "alice@example.com", {users}},
          {"bob", "bob", "Bob Baker", "bob@example.com", {users}},
          {"admin", "admin", "Ada Admin", "admin@example.com", {"jira-administrators", users}}};
}

const Consumer* Config::find_consumer(std::string_view key) const {
  return consumer_in(consumers, key);
}

const User* Config::find_user(std::string_view name) const {
  return user_in(users, name);
}

Consumer* Config::find_consumer(std::string_view key) {
  return consumer_in(consumers, key);
}

User* Config::find_user(std::string_view name) {
  return user_in(users, name);
}

}  // namespace applink::sandbox

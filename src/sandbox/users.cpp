// Users read and checked.
#include "sandbox/users.h"

#include <algorithm>
#include <set>
#include <string>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "applink/base/files.h"
#include "applink/base/text.h"

namespace applink::sandbox {
namespace {

using nlohmann::json;

constexpr std::size_t file_limit = std::size_t{1} << 20;
constexpr std::string_view shape =
    R"(give a list such as [{"name":"carol","password":"secret","groups":["dev"]}])";

// It stands in a header of every answer.
Result<void> check_name(std::string_view name) {
  const bool printable =
      std::all_of(name.begin(), name.end(), [](char c) { return c > ' ' && c <= '~' && c != ':'; });
  if (!name.empty() && printable) return {};
  return fail(ErrorCode::usage, fmt::format("\"{}\" is no name of a user", terminal_safe(name)),
              "a name is one word of ASCII without a colon");
}

User user_named(std::string_view name, std::string_view password) {
  User user;
  user.name = user.display_name = name;
  user.password = password;
  user.email = user.name + "@example.com";
  return user;
}

// Whether every field is known and of its type.
bool is_user(const json& object) {
  if (!object.is_object() || !object.contains("name")) return false;
  for (const auto& field : object.items()) {
    const json& value = field.value();
    const std::string& name = field.key();
    const bool is_text =
        name == "name" || name == "password" || name == "display_name" || name == "email";
    const bool good =
        is_text            ? value.is_string()
        : name == "active" ? value.is_boolean()
        : name == "groups"
            ? value.is_array() && std::all_of(value.begin(), value.end(),
                                              [](const json& group) { return group.is_string(); })
            : false;
    if (!good) return false;
  }
  return true;
}

User user_in(const json& object) {
  const std::string name = object["name"];
  User user = user_named(name, object.value("password", name));
  user.display_name = object.value("display_name", user.display_name);
  user.email = object.value("email", user.email);
  user.groups = object.value("groups", user.groups);
  user.login = object.value("active", true) ? LoginRight::granted : LoginRight::withdrawn;
  return user;
}

}  // namespace

Result<User> parse_user(std::string_view text) {
  const std::size_t colon = text.find(':');
  const std::string_view name = text.substr(0, colon);
  TRY(check_name(name));
  return user_named(name, colon == std::string_view::npos ? name : text.substr(colon + 1));
}

Result<std::vector<User>> read_users(const std::filesystem::path& file) {
  TRY_ASSIGN(const std::string content, read_file(file, file_limit));
  const json document = json::parse(content, nullptr, false);
  const bool good = document.is_array() && !document.empty() &&
                    std::all_of(document.begin(), document.end(), is_user);
  if (!good) {
    return fail(ErrorCode::failed,
                fmt::format("{} is no list of users", terminal_safe(file.string())),
                std::string(shape));
  }
  std::vector<User> users;
  std::set<std::string> names;
  for (const json& object : document) {
    users.push_back(user_in(object));
    TRY(check_name(users.back().name));
    if (names.insert(users.back().name).second) continue;
    return fail(ErrorCode::failed,
                fmt::format("{} names {} twice", terminal_safe(file.string()), users.back().name),
                "a user has one name");
  }
  return users;
}

}  // namespace applink::sandbox

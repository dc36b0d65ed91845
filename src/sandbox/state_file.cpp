// The tokens as JSON, and back with every field checked.
#include "sandbox/state_file.h"

#include <array>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "applink/base/files.h"
#include "applink/base/text.h"

namespace applink::sandbox {
namespace {

using nlohmann::json;
namespace fs = std::filesystem;

constexpr std::string_view format_name = "applink-sandbox-state";
constexpr int format_version = 1;
constexpr std::size_t size_limit = std::size_t{64} << 20;

// Thrown and caught in this file, as the exceptions of the JSON library are.
class NotOurs : public std::runtime_error {
  using std::runtime_error::runtime_error;
};

constexpr std::array<std::pair<OAuthVersion, std::string_view>, 2> versions{
    {{OAuthVersion::one_zero, "1.0"}, {OAuthVersion::one_zero_a, "1.0a"}}};
constexpr std::array<std::pair<Decision, std::string_view>, 3> decisions{
    {{Decision::none, "none"}, {Decision::allowed, "allowed"}, {Decision::denied, "denied"}}};

template <class Table, class Value>
std::string name_of(const Table& table, Value value) {
  for (const auto& entry : table) {
    if (entry.first == value) return std::string(entry.second);
  }
  return {};
}

template <class Table>
auto value_of(const Table& table, const json& object, const char* field) {
  const auto& name = object.at(field).get_ref<const std::string&>();
  for (const auto& entry : table) {
    if (entry.second == name) return entry.first;
  }
  throw NotOurs(fmt::format("{} is unknown", field));
}

std::string text_of(const json& object, const char* field) {
  return object.at(field).get_ref<const std::string&>();
}

Timestamp time_of(const json& object, const char* field) {
  const json& value = object.at(field);
  if (!value.is_number_integer()) throw NotOurs(fmt::format("{} is no time", field));
  return Timestamp(std::chrono::seconds(value.get<std::int64_t>()));
}

std::int64_t seconds(Timestamp time) {
  return time.time_since_epoch().count();
}

json to_json(const RequestToken& token) {
  json out{{"token", token.token},
           {"secret", token.secret},
           {"consumer_key", token.consumer_key},
           {"version", name_of(versions, token.version)},
           {"created", seconds(token.created)},
           {"decision", name_of(decisions, token.decision)},
           {"user", token.user},
           {"verifier", token.verifier}};
  if (token.callback) out["callback"] = *token.callback;
  return out;
}

json to_json(const AccessToken& token) {
  json out{{"token", token.token},
           {"secret", token.secret},
           {"consumer_key", token.consumer_key},
           {"user", token.user},
           {"created", seconds(token.created)}};
  if (!token.session) return out;
  out["session"] = {{"handle", token.session->handle},
                    {"created", seconds(token.session->created)},
                    {"last_renewal", seconds(token.session->last_renewal)}};
  return out;
}

RequestToken request_token_of(const json& object) {
  RequestToken token{text_of(object, "token"),
                     text_of(object, "secret"),
                     text_of(object, "consumer_key"),
                     value_of(versions, object, "version"),
                     std::nullopt,
                     time_of(object, "created"),
                     value_of(decisions, object, "decision"),
                     text_of(object, "user"),
                     text_of(object, "verifier")};
  if (object.contains("callback")) token.callback = text_of(object, "callback");
  return token;
}

AccessToken access_token_of(const json& object) {
  AccessToken token{text_of(object, "token"),        text_of(object, "secret"),
                    text_of(object, "consumer_key"), text_of(object, "user"),
                    time_of(object, "created"),      std::nullopt};
  if (!object.contains("session")) return token;
  const json& session = object.at("session");
  token.session = Session{text_of(session, "handle"), time_of(session, "created"),
                          time_of(session, "last_renewal")};
  return token;
}

const json& array_in(const json& document, const char* field) {
  const json& array = document.at(field);
  if (!array.is_array()) throw NotOurs(fmt::format("{} is no list", field));
  return array;
}

Tokens tokens_of(const json& document) {
  if (document.at("format") != format_name) throw NotOurs("the format is another one");
  if (document.at("version") != format_version) throw NotOurs("the version is not known");
  Tokens tokens;
  for (const json& object : array_in(document, "request_tokens")) {
    RequestToken token = request_token_of(object);
    tokens.request_tokens.insert_or_assign(token.token, token);
  }
  for (const json& object : array_in(document, "access_tokens")) {
    AccessToken token = access_token_of(object);
    tokens.access_tokens.insert_or_assign(token.token, token);
  }
  return tokens;
}

}  // namespace

Result<Tokens> read_state_file(const fs::path& path) {
  std::error_code failure;
  if (!fs::exists(path, failure) && !failure) return Tokens{};
  TRY_ASSIGN(const std::string content, read_file(path, size_limit));
  try {
    return tokens_of(json::parse(content));
  } catch (const std::exception& reason) {
    return fail(ErrorCode::failed,
                fmt::format("{} is not the state of a sandbox: {}", terminal_safe(path.string()),
                            terminal_safe(reason.what())),
                "move that file away, or name another with --state");
  }
}

Result<void> write_state_file(const fs::path& path, const Tokens& tokens) {
  json document{{"format", format_name},
                {"version", format_version},
                {"request_tokens", json::array()},
                {"access_tokens", json::array()}};
  for (const auto& entry : tokens.request_tokens) {
    document["request_tokens"].push_back(to_json(entry.second));
  }
  for (const auto& entry : tokens.access_tokens) {
    document["access_tokens"].push_back(to_json(entry.second));
  }
  return replace_file(path, document.dump(1, ' ', false, json::error_handler_t::replace) + '\n',
                      FileMode::private_file);
}

}  // namespace applink::sandbox

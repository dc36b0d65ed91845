// Options checked, files read.
#include "sandbox/options.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "applink/base/files.h"
#include "applink/base/text.h"
#include "crypto/jira_doors.h"
#include "crypto/signature_policy.h"
#include "sandbox/callback.h"
#include "sandbox/control.h"
#include "sandbox/users.h"

namespace applink::sandbox {
namespace {

constexpr std::size_t key_file_limit = std::size_t{64} << 10;

// Jira wants one word.
bool is_consumer_key(std::string_view key) {
  return !key.empty() &&
         std::all_of(key.begin(), key.end(), [](char c) { return c > ' ' && c <= '~'; });
}

bool is_segment_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
         c == '.' || c == '_' || c == '~';
}

bool is_segment(std::string_view segment) {
  return !segment.empty() && segment != "." && segment != ".." &&
         std::all_of(segment.begin(), segment.end(), is_segment_character);
}

// "/jira" and "/a/b"; "/" is the same as none.
Result<std::string> checked_context_path(std::string_view text) {
  if (text.empty() || text == "/") return std::string();
  std::string_view rest = text;
  bool good = true;
  while (good && !rest.empty()) {
    good = rest.front() == '/';
    rest.remove_prefix(1);
    const std::size_t end = std::min(rest.find('/'), rest.size());
    good = good && is_segment(rest.substr(0, end));
    rest.remove_prefix(end);
  }
  if (good) return std::string(text);
  return fail(ErrorCode::usage, fmt::format("\"{}\" is no context path", terminal_safe(text)),
              "give one that begins with '/' and does not end with it, such as /jira");
}

Result<Consumer> load_consumer(const ConsumerOption& option) {
  if (!is_consumer_key(option.key)) {
    return fail(ErrorCode::usage,
                fmt::format("the consumer key \"{}\" is not one word", terminal_safe(option.key)),
                "Jira takes no spaces in it either: choose letters and digits");
  }
  if (option.callback && !is_callback(*option.callback)) {
    return fail(ErrorCode::usage,
                fmt::format("the callback of consumer {} is no http or https URL", option.key),
                "for example http://127.0.0.1:8080/callback");
  }
  const auto at_consumer = [&option](Error error) {
    return in_context(fmt::format("consumer {}", option.key), std::move(error));
  };
  const auto pem = read_file(option.public_key_file, key_file_limit).map_error(at_consumer);
  if (!pem) return tl::unexpected(pem.error());
  auto key = crypto::key_at_admin_form(*pem).map_error(at_consumer);
  if (!key) return tl::unexpected(key.error());
  // Where OpenSSL refuses them, every signature would look forged.
  TRY(crypto::check_verification(*key, crypto::Digest::sha1));
  return Consumer{option.key, option.name.empty() ? option.key : option.name, option.description,
                  option.callback, std::make_shared<const crypto::RsaPublicKey>(*std::move(key))};
}

/// What the pages say of the one consumer.
Result<void> introduce(std::vector<Consumer>& consumers, const Options& options) {
  if (!options.consumer_name && !options.consumer_description) return {};
  if (consumers.size() != 1) {
    const std::string_view given = options.consumer_name ? "name" : "description";
    return fail(ErrorCode::usage,
                fmt::format("a {} for one consumer, but there are {}", given, consumers.size()),
                fmt::format("give --consumer once, or leave --consumer-{} out", given));
  }
  Consumer& consumer = consumers.front();
  consumer.name = options.consumer_name.value_or(consumer.name);
  consumer.description = options.consumer_description.value_or(consumer.description);
  return {};
}

Result<std::vector<Consumer>> load_consumers(const Options& options) {
  std::vector<Consumer> consumers;
  for (const ConsumerOption& option : options.consumers) {
    const bool twice = std::any_of(consumers.begin(), consumers.end(),
                                   [&](const Consumer& known) { return known.key == option.key; });
    if (twice) {
      return fail(ErrorCode::usage,
                  fmt::format("consumer {} is given twice", terminal_safe(option.key)),
                  "a consumer has one key at a time, as in Jira");
    }
    TRY_ASSIGN(Consumer consumer, load_consumer(option));
    consumers.push_back(std::move(consumer));
  }
  TRY(introduce(consumers, options));
  return consumers;
}

Result<void> check_user(const Config& config, const std::optional<std::string>& name) {
  if (!name || config.find_user(*name) != nullptr) return {};
  std::vector<std::string> names;
  for (const User& user : config.users) names.push_back(user.name);
  const auto near = nearest(*name, names);
  return fail(ErrorCode::usage,
              fmt::format("no user of the sandbox is called \"{}\"", terminal_safe(*name)),
              near ? fmt::format("did you mean {}?", *near)
                   : fmt::format("its users are {}", fmt::join(names, ", ")));
}

// What the administrator's boxes are for all of them.
Result<void> check_two_legged(const Options& options) {
  const bool cloud = options.release.deployment == Deployment::cloud;
  const bool wanted = options.two_legged == TwoLeggedOAuth::allowed ||
                      options.impersonation == Impersonation::allowed;
  if (cloud && wanted) {
    return fail(ErrorCode::usage, "two-legged OAuth never worked in the cloud",
                "leave --deployment cloud out");
  }
  if (!options.execute_as || options.two_legged == TwoLeggedOAuth::allowed) return {};
  return fail(ErrorCode::usage, "a user to execute as, but no two-legged OAuth",
              "add --two-legged");
}

void allow_two_legged(const Options& options, Consumer& consumer) {
  consumer.two_legged = options.two_legged;
  consumer.execute_as = options.execute_as.value_or("");
  consumer.impersonation = options.impersonation;
}

Result<std::vector<User>> load_users(const Options& options) {
  std::vector<User> users = sandbox_users();
  if (options.users_file) {
    TRY_ASSIGN(users, read_users(*options.users_file));
  }
  for (const User& user : options.users) {
    std::erase_if(users, [&user](const User& one) { return one.name == user.name; });
    users.push_back(user);
  }
  return users;
}

Result<void> check_lifetimes(const Lifetimes& lifetimes) {
  for (const auto lifetime : {lifetimes.request_token, lifetimes.access_token, lifetimes.session}) {
    if (lifetime > std::chrono::seconds::zero()) continue;
    return fail(ErrorCode::usage, "a lifetime of no time at all", "give 90s, 10m, 1h or 30d");
  }
  return {};
}

}  // namespace

Result<Config> load_config(const Options& options) {
  Config config;
  TRY(check(options.release));
  TRY(check_two_legged(options));
  TRY(check_lifetimes(options.lifetimes));
  TRY(check_connector(options.connector));
  config.release = options.release;
  TRY_ASSIGN(config.context_path, checked_context_path(options.context_path.value_or(
                                      std::string(options.release.context_path()))));
  TRY_ASSIGN(config.consumers, load_consumers(options));
  for (Consumer& consumer : config.consumers) allow_two_legged(options, consumer);
  TRY_ASSIGN(config.users, load_users(options));
  config.approve_as = options.approve_as;
  config.personal_access_tokens = options.personal_access_tokens;
  for (const auto& token : config.personal_access_tokens) TRY(check_user(config, token.user));
  TRY(check_user(config, options.approve_as));
  TRY(check_user(config, options.execute_as));
  config.lifetimes = options.lifetimes;
  config.mishaps = options.mishaps;
  return config;
}

Result<ConsumerOption> parse_consumer(std::string_view text) {
  const std::size_t equals = text.find('=');
  if (equals == std::string_view::npos || equals == 0 || equals + 1 == text.size()) {
    return fail(ErrorCode::usage,
                fmt::format("\"{}\" names no consumer and its key file", terminal_safe(text)),
                "give KEY=FILE, such as hub=keys/hub/public_key.pem");
  }
  ConsumerOption option;
  option.key = text.substr(0, equals);
  option.public_key_file = text.substr(equals + 1);
  return option;
}

Result<PersonalAccessToken> parse_personal_access_token(std::string_view text) {
  const std::size_t equals = text.find('=');
  if (equals == std::string_view::npos || equals == 0 || equals + 1 == text.size()) {
    return fail(ErrorCode::usage, "that names no user and a token",
                "give USER=TOKEN, such as admin=let-me-in");
  }
  return PersonalAccessToken{std::string(text.substr(0, equals)),
                             std::string(text.substr(equals + 1))};
}

}  // namespace applink::sandbox

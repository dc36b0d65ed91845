// Options checked, files read, then a port opened.
#include "sandbox/sandbox.h"

#include <algorithm>
#include <future>
#include <utility>

#include <fmt/format.h>

#include "applink/base/files.h"
#include "applink/base/text.h"
#include "crypto/jira_doors.h"
#include "http/server.h"
#include "sandbox/callback.h"
#include "sandbox/config.h"
#include "sandbox/ledger.h"
#include "sandbox/provider.h"
#include "sandbox/wire_mishaps.h"

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
  return Consumer{option.key, option.name.empty() ? option.key : option.name, option.description,
                  option.callback, std::make_shared<const crypto::RsaPublicKey>(*std::move(key))};
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
  if (!options.consumer_name) return consumers;
  if (consumers.size() != 1) {
    return fail(ErrorCode::usage,
                fmt::format("a name for one consumer, but there are {}", consumers.size()),
                "give --consumer once, or leave --consumer-name out");
  }
  consumers.front().name = *options.consumer_name;
  return consumers;
}

Result<void> check_approver(const Config& config) {
  if (!config.approve_as || config.find_user(*config.approve_as) != nullptr) return {};
  std::vector<std::string> names;
  for (const User& user : config.users) names.push_back(user.name);
  const auto near = nearest(*config.approve_as, names);
  return fail(
      ErrorCode::usage,
      fmt::format("no user of the sandbox is called \"{}\"", terminal_safe(*config.approve_as)),
      near ? fmt::format("did you mean {}?", *near)
           : fmt::format("its users are {}", fmt::join(names, ", ")));
}

Result<Config> load_config(const Options& options) {
  Config config;
  TRY_ASSIGN(config.context_path, checked_context_path(options.context_path));
  TRY_ASSIGN(config.consumers, load_consumers(options));
  config.approve_as = options.approve_as;
  TRY(check_approver(config));
  TRY(check_connector(options.connector));
  return config;
}

http::ServerOptions server_options(const Options& options, const std::optional<TlsFront>& tls) {
  http::ServerOptions made{.port = options.port};
  made.workers = 32;  // an answer that hangs holds one
  if (tls) made.tls = tls->server;
  made.other_hosts = hosts_of(options.connector);
  return made;
}

}  // namespace

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

RunningSandbox::RunningSandbox(std::unique_ptr<Provider> provider,
                               std::unique_ptr<http::Server> server, std::string base_url)
    : provider_(std::move(provider)), server_(std::move(server)), base_url_(std::move(base_url)) {}

RunningSandbox::RunningSandbox(RunningSandbox&&) noexcept = default;
RunningSandbox::~RunningSandbox() = default;

std::string RunningSandbox::origin() const {
  return server_->origin();
}

void RunningSandbox::stop() {
  server_->stop();
}

Result<RunningSandbox> start_sandbox(const Options& options, const Clock& clock) {
  TRY_ASSIGN(Config config, load_config(options));
  Ledger ledger;
  if (options.state_file) {
    TRY_ASSIGN(ledger, Ledger::open(*options.state_file));
  }
  std::optional<TlsFront> tls;
  if (options.tls) {
    TRY_ASSIGN(tls, make_tls_front(*options.tls, clock));
  }
  // The provider has to know its port, which the server alone can tell: a request that comes in
  // between waits.
  std::promise<Provider*> promise;
  const std::shared_future<Provider*> ready = promise.get_future().share();
  const http::Handler handler =
      [ready, connector = options.connector](const http::Request& request) -> http::Answer {
    Provider* const asked = std::shared_future<Provider*>(ready).get();
    Answered answered = asked->answer(seen_through(connector, request));
    return on_the_wire(std::move(answered.response), answered.struck, request.method);
  };
  TRY_ASSIGN(auto server, http::Server::start(handler, server_options(options, tls)));
  config.origin = origin_behind(options.connector, server->origin());
  std::string base_url = config.base_url();
  auto provider = std::make_unique<Provider>(std::move(config), std::move(ledger), clock);
  promise.set_value(provider.get());
  RunningSandbox running(std::move(provider), std::move(server), std::move(base_url));
  // Last: the file of a sandbox that did not start would be in the way of the next one.
  if (tls) TRY(write_new_file(options.tls->ca_file, tls->authority_pem, FileMode::public_file));
  return running;
}

}  // namespace applink::sandbox

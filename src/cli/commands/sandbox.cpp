// applink sandbox
#include "sandbox/sandbox.h"

#include <csignal>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "cli/arguments.h"
#include "cli/commands/all.h"
#include "cli/context.h"
#include "cli/values.h"
#include "sandbox/users.h"

namespace applink::cli {
namespace {

struct Input {
  sandbox::Options options;
  std::vector<std::string> consumers;
  bool two_legged = false;
  bool impersonation = false;
  std::optional<std::string> users_file;
  std::vector<std::string> users;
  std::vector<std::string> personal_access_tokens;
  std::vector<std::string> mishaps;
  std::optional<std::string> state_file;
  std::optional<std::string> log_file;
  std::optional<std::string> control_file;
  bool tls = false;
  std::optional<std::string> tls_ca_file;
  std::optional<std::string> tls_client_ca;
};

/// SIGINT and SIGTERM, kept from every thread started after it until somebody waits for one.
class HeldSignals {
 public:
  HeldSignals() {
    ::sigemptyset(&signals_);
    ::sigaddset(&signals_, SIGINT);
    ::sigaddset(&signals_, SIGTERM);
    ::pthread_sigmask(SIG_BLOCK, &signals_, nullptr);
  }

  [[nodiscard]] int wait() const {
    int signal = 0;
    ::sigwait(&signals_, &signal);
    return signal;
  }

 private:
  sigset_t signals_{};
};

/// Without a file for it, nobody could trust the certificate.
Result<std::optional<sandbox::TlsFiles>> tls_of(const Input& input) {
  if (input.tls && input.tls_ca_file) {
    sandbox::TlsFiles files{*input.tls_ca_file};
    if (input.tls_client_ca) files.client_ca_file = *input.tls_client_ca;
    return files;
  }
  if (input.tls) {
    return fail(ErrorCode::usage, "with --tls there is a certificate to trust, and no file for it",
                "add --tls-ca-file FILE, a new file, and give it to: applink link add --ca-file");
  }
  if (input.tls_ca_file || input.tls_client_ca) {
    return fail(ErrorCode::usage, "a certificate, but no TLS", "add --tls");
  }
  return std::nullopt;
}

template <class T>
Result<void> parse_all(const std::vector<std::string>& words, Result<T> (*parse)(std::string_view),
                       std::vector<T>& into) {
  for (const std::string& word : words) {
    TRY_ASSIGN(T value, parse(word));
    into.push_back(std::move(value));
  }
  return {};
}

Result<sandbox::Options> options_of(const Input& input) {
  sandbox::Options options = input.options;
  TRY(parse_all(input.consumers, sandbox::parse_consumer, options.consumers));
  TRY(parse_all(input.users, sandbox::parse_user, options.users));
  TRY(parse_all(input.personal_access_tokens, sandbox::parse_personal_access_token,
                options.personal_access_tokens));
  TRY(parse_all(input.mishaps, sandbox::parse_mishap, options.mishaps));
  if (input.two_legged) options.two_legged = sandbox::TwoLeggedOAuth::allowed;
  if (input.impersonation) options.impersonation = sandbox::Impersonation::allowed;
  if (input.users_file) options.users_file = *input.users_file;
  if (input.state_file) options.state_file = *input.state_file;
  if (input.log_file) options.log_file = *input.log_file;
  if (input.control_file) options.control_file = *input.control_file;
  TRY_ASSIGN(options.tls, tls_of(input));
  return options;
}

Result<void> run(const Input& input, Context& context) {
  TRY_ASSIGN(const auto options, options_of(input));
  const HeldSignals signals;
  TRY_ASSIGN(auto running, sandbox::start_sandbox(options, context.clock()));
  TRY(context.console().answer(running.base_url() + "\n"));
  context.console().narrate("a sandbox runs here; Ctrl-C ends it");
  if (options.connector.is_set()) {
    context.console().narrate("the proxy finds it at " + running.origin());
  }
  if (options.consumers.empty()) {
    context.console().warn(
        "it knows no consumer and refuses every login: give one with --consumer KEY=FILE, "
        "where FILE is what applink key export NAME --public-pem prints");
  }
  const int signal = signals.wait();
  running.stop();
  if (signal == SIGINT) return fail(ErrorCode::interrupted, "interrupted");
  return {};
}

/// Reads a value by `parse`, whose words are those of the error.
template <class T, class Parse>
std::function<Result<void>(const std::string&)> read_by(Parse parse, T& into) {
  return [parse, &into](const std::string& value) -> Result<void> {
    TRY_ASSIGN(into, parse(value));
    return {};
  };
}

void declare_product(Arguments& arguments, sandbox::Options& options) {
  arguments.option("--product", "NAME", read_by(sandbox::product_named, options.release.product),
                   "jira (the usual), confluence, bitbucket or bamboo");
  arguments.option("--version", "N", options.release.major,
                   "of the product: 7, 8, 9 (the usual) or 10");
  arguments.option("--deployment", "KIND",
                   read_by(sandbox::deployment_named, options.release.deployment),
                   "server (the usual, and Data Center) or cloud");
  arguments.option("--context-path", "PATH", options.context_path,
                   "where the pages begin (/jira, /confluence …)");
}

void declare_consumers(Arguments& arguments, Input& input) {
  arguments.repeatable("--consumer", "KEY=FILE", input.consumers,
                       "a consumer and its public key, in PEM or a certificate");
  arguments.option("--consumer-name", "TEXT", input.options.consumer_name,
                   "the name of the one consumer on the pages");
  arguments.option("--consumer-description", "TEXT", input.options.consumer_description,
                   "what the authorize page says of it");
  arguments.flag("--two-legged", input.two_legged, "consumers may call without a user's token");
  arguments.option("--execute-as", "USER", input.options.execute_as,
                   "whom two-legged calls run as, instead of nobody");
  arguments.flag("--impersonation", input.impersonation,
                 "consumers may name any user in xoauth_requestor_id");
}

void declare_people(Arguments& arguments, Input& input) {
  arguments.repeatable("--user", "NAME[:PASSWORD]", input.users, "a user more");
  arguments.option("--users", "FILE", input.users_file,
                   "users from this JSON file, instead of alice, bob and admin");
  arguments.repeatable("--personal-access-token", "USER=TOKEN", input.personal_access_tokens,
                       "a token that this user may show as Bearer");
  arguments.option("--approve-as", "USER", input.options.approve_as,
                   "answer the authorize page as if this user pressed Allow");
}

void declare_tokens(Arguments& arguments, Input& input) {
  sandbox::Lifetimes& lifetimes = input.options.lifetimes;
  arguments.option("--request-token-lifetime", "TIME",
                   read_by(parse_duration, lifetimes.request_token), "10m, the usual, and so on");
  arguments.option("--access-token-lifetime", "TIME",
                   read_by(parse_duration, lifetimes.access_token), "1825d, the usual");
  arguments.option("--session-lifetime", "TIME", read_by(parse_duration, lifetimes.session),
                   "how long a token can be renewed: 1855d, the usual");
  arguments.option("--state", "FILE", input.state_file,
                   "keep tokens in this file, for the next start");
}

void declare_tests(Arguments& arguments, Input& input) {
  arguments.repeatable("--mishap", "NAME[=VALUE][@PLACE]", input.mishaps,
                       "go wrong in this way; docs/sandbox.md lists them");
  arguments.option("--control", "FILE", input.control_file,
                   "be steered while running; write address and token to this new file");
  arguments.option("--log", "FILE", input.log_file,
                   "append a line of JSON for each request; - is standard error");
}

void declare_front(Arguments& arguments, Input& input) {
  arguments.flag("--tls", input.tls, "speak https, with a certificate made for this start");
  arguments.option("--tls-ca-file", "FILE", input.tls_ca_file,
                   "write what a client has to trust to this new file");
  arguments.option("--tls-client-ca", "FILE", input.tls_client_ca,
                   "demand a client certificate that is signed by one of these");
  arguments.option("--proxy-scheme", "SCHEME", input.options.connector.scheme,
                   "behind a reverse proxy: https or http, by which clients ask it");
  arguments.option("--proxy-name", "HOST", input.options.connector.proxy_name,
                   "the proxy's host, as clients name it");
  arguments.option("--proxy-port", "N", read_by(parse_port, input.options.connector.proxy_port),
                   "the proxy's port");
}

}  // namespace

Action sandbox(Arguments& arguments) {
  const auto input = std::make_shared<Input>();
  arguments.option("--port", "N", input->options.port, "0, the usual, is any that is free");
  declare_product(arguments, input->options);
  declare_consumers(arguments, *input);
  declare_people(arguments, *input);
  declare_tokens(arguments, *input);
  declare_front(arguments, *input);
  declare_tests(arguments, *input);
  return [input](Context& context) { return run(*input, context); };
}

}  // namespace applink::cli

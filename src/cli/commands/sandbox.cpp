// applink sandbox
#include "sandbox/sandbox.h"

#include <csignal>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "cli/arguments.h"
#include "cli/commands/all.h"
#include "cli/context.h"

namespace applink::cli {
namespace {

struct Input {
  sandbox::Options options;
  std::vector<std::string> consumers;
  std::optional<std::string> state_file;
  bool tls = false;
  std::optional<std::string> tls_ca_file;
  std::optional<std::string> tls_client_ca;
  std::uint16_t proxy_port = 0;
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

Result<sandbox::Options> options_of(const Input& input) {
  sandbox::Options options = input.options;
  for (const std::string& text : input.consumers) {
    TRY_ASSIGN(auto consumer, sandbox::parse_consumer(text));
    options.consumers.push_back(std::move(consumer));
  }
  if (input.state_file) options.state_file = *input.state_file;
  TRY_ASSIGN(options.tls, tls_of(input));
  if (input.proxy_port != 0) options.connector.proxy_port = input.proxy_port;
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
        "it knows no consumer and refuses every login: give one with --consumer KEY=FILE, where "
        "FILE "
        "is what applink key export NAME --public-pem prints");
  }
  const int signal = signals.wait();
  running.stop();
  if (signal == SIGINT) return fail(ErrorCode::interrupted, "interrupted");
  return {};
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
  arguments.option("--proxy-port", "N", input.proxy_port, "the proxy's port");
}

}  // namespace

Action sandbox(Arguments& arguments) {
  const auto input = std::make_shared<Input>();
  arguments.option("--port", "N", input->options.port, "0, the usual, is any that is free");
  arguments.repeatable("--consumer", "KEY=FILE", input->consumers,
                       "a consumer and its public key, in PEM or a certificate");
  arguments.option("--consumer-name", "TEXT", input->options.consumer_name,
                   "the name of the one consumer on the pages");
  arguments.option("--approve-as", "USER", input->options.approve_as,
                   "answer the authorize page as if this user pressed Allow");
  arguments.option("--context-path", "PATH", input->options.context_path,
                   "where the pages begin (/jira)");
  arguments.option("--state", "FILE", input->state_file,
                   "keep tokens in this file, for the next start");
  declare_front(arguments, *input);
  return [input](Context& context) { return run(*input, context); };
}

}  // namespace applink::cli

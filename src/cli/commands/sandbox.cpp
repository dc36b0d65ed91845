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

Result<sandbox::Options> options_of(const Input& input) {
  sandbox::Options options = input.options;
  for (const std::string& text : input.consumers) {
    TRY_ASSIGN(auto consumer, sandbox::parse_consumer(text));
    options.consumers.push_back(std::move(consumer));
  }
  if (input.state_file) options.state_file = *input.state_file;
  return options;
}

Result<void> run(const Input& input, Context& context) {
  TRY_ASSIGN(const auto options, options_of(input));
  const HeldSignals signals;
  TRY_ASSIGN(auto running, sandbox::start_sandbox(options, context.clock()));
  TRY(context.console().answer(running.base_url() + "\n"));
  context.console().narrate("a sandbox runs here; Ctrl-C ends it");
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
  return [input](Context& context) { return run(*input, context); };
}

}  // namespace applink::cli

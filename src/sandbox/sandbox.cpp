// A provider, a server for it, and the files that say how to reach them.
#include "sandbox/sandbox.h"

#include <chrono>
#include <future>
#include <system_error>
#include <utility>

#include <nlohmann/json.hpp>

#include "applink/base/files.h"
#include "crypto/random.h"
#include "http/server.h"
#include "sandbox/control.h"
#include "sandbox/ledger.h"
#include "sandbox/provider.h"
#include "sandbox/request_log.h"
#include "sandbox/request_record.h"
#include "sandbox/wire_mishaps.h"

namespace applink::sandbox {
namespace {

namespace fs = std::filesystem;
constexpr std::size_t control_token_length = 43;  // 256 bits

http::ServerOptions server_options(const Options& options, const std::optional<TlsFront>& tls) {
  http::ServerOptions made{.port = options.port};
  made.workers = 32;  // an answer that hangs holds one
  if (tls) made.tls = tls->server;
  made.other_hosts = hosts_of(options.connector);
  return made;
}

/// From the wire to the product and back, with a line in the log.
class Entrance {
 public:
  Entrance(Connector connector, std::shared_ptr<RequestLog> log, const Clock& clock)
      : connector_(std::move(connector)), log_(std::move(log)), clock_(&clock) {}

  http::Answer answer(Provider& provider, const http::Request& request) const {
    const auto begin = std::chrono::steady_clock::now();
    Answered answered = provider.answer(seen_through(connector_, request));
    if (log_) write(request, answered, std::chrono::steady_clock::now() - begin);
    return on_the_wire(std::move(answered.response), answered.struck, request.method);
  }

 private:
  void write(const http::Request& request, const Answered& answered,
             std::chrono::steady_clock::duration duration) const {
    auto record = request_record(request, answered.response, answered.struck);
    record["time"] = to_rfc3339(clock_->now());
    record["duration_us"] = std::chrono::duration_cast<std::chrono::microseconds>(duration).count();
    log_->write(record);
  }

  Connector connector_;
  std::shared_ptr<RequestLog> log_;
  const Clock* clock_;
};

Result<std::shared_ptr<RequestLog>> open_log(const Options& options) {
  if (!options.log_file) return std::shared_ptr<RequestLog>();
  return RequestLog::open(*options.log_file);
}

struct NewFile {
  fs::path path;
  std::string content;
  FileMode mode;
};

/// All of them or none: what is left of a sandbox that did not start is in the way of the next one.
Result<void> write_new_files(const std::vector<NewFile>& files) {
  for (auto file = files.begin(); file != files.end(); ++file) {
    auto written = write_new_file(file->path, file->content, file->mode);
    if (written) continue;
    std::error_code ignored;
    for (auto earlier = files.begin(); earlier != file; ++earlier) {
      fs::remove(earlier->path, ignored);
    }
    return written;
  }
  return {};
}

std::vector<NewFile> new_files(const Options& options, const std::optional<TlsFront>& tls,
                               const std::string& origin, const std::string& control_token) {
  std::vector<NewFile> files;
  if (tls) files.push_back({options.tls->ca_file, tls->authority_pem, FileMode::public_file});
  if (options.control_file) {
    const nlohmann::json control{{"url", origin + std::string(control_path)},
                                 {"token", control_token}};
    files.push_back({*options.control_file, control.dump() + '\n', FileMode::private_file});
  }
  return files;
}

}  // namespace

RunningSandbox::RunningSandbox(std::unique_ptr<Provider> provider,
                               std::unique_ptr<http::Server> server, std::string base_url)
    : provider_(std::move(provider)), server_(std::move(server)), base_url_(std::move(base_url)) {}

RunningSandbox::RunningSandbox(RunningSandbox&&) noexcept = default;
RunningSandbox::~RunningSandbox() {
  if (server_) stop();
}

std::string RunningSandbox::origin() const {
  return server_->origin();
}

void RunningSandbox::stop() {
  server_->stop();
  std::error_code ignored;
  for (const auto& file : std::exchange(files_, {})) std::filesystem::remove(file, ignored);
}

Result<RunningSandbox> start_sandbox(const Options& options, const Clock& clock) {
  TRY_ASSIGN(Config config, load_config(options));
  const std::string control_token = crypto::random_alphanumeric(control_token_length);
  if (options.control_file) config.control_token = control_token;
  Ledger ledger;
  if (options.state_file) {
    TRY_ASSIGN(ledger, Ledger::open(*options.state_file));
  }
  std::optional<TlsFront> tls;
  if (options.tls) {
    TRY_ASSIGN(tls, make_tls_front(*options.tls, clock));
  }
  TRY_ASSIGN(auto log, open_log(options));
  // The provider has to know its port, which the server alone can tell: a request that comes in
  // between waits.
  std::promise<Provider*> promise;
  const std::shared_future<Provider*> ready = promise.get_future().share();
  const http::Handler handler = [ready, entrance = Entrance(options.connector, std::move(log),
                                                            clock)](const http::Request& request) {
    return entrance.answer(*std::shared_future<Provider*>(ready).get(), request);
  };
  TRY_ASSIGN(auto server, http::Server::start(handler, server_options(options, tls)));
  const std::string origin = server->origin();
  config.origin = origin_behind(options.connector, origin);
  std::string base_url = config.base_url();
  auto provider = std::make_unique<Provider>(std::move(config), std::move(ledger), clock);
  promise.set_value(provider.get());
  RunningSandbox running(std::move(provider), std::move(server), std::move(base_url));
  // Last: a file of a sandbox that did not start would be in the way of the next one.
  const auto files = new_files(options, tls, origin, control_token);
  TRY(write_new_files(files));
  for (const NewFile& file : files) running.files_.push_back(file.path);
  return running;
}

}  // namespace applink::sandbox

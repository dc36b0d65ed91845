// Waits for input and for the end of whoever reads the output, at the same time.
#include "cli/sign_batch.h"

#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

#include <fmt/format.h>
#include <poll.h>
#include <unistd.h>

#include "applink/calls/batch.h"
#include "cli/input.h"
#include "cli/progress.h"
#include "cli/terminal.h"
#include "cli/values.h"

namespace applink::cli {
namespace {

constexpr int most_jobs = 256;

tl::unexpected<Error> unreadable() {
  return fail(ErrorCode::failed,
              fmt::format("could not read standard input: {}", std::strerror(errno)),
              "connect a file or a pipe to it");
}

/// A program at the other end of the pipe that is gone, as `head` is, shall not leave us waiting
/// for input that nobody wants signed.
Result<std::size_t> read_standard_input(std::span<char> buffer) {
  while (true) {
    std::array<pollfd, 2> ends{{{STDIN_FILENO, POLLIN, 0}, {STDOUT_FILENO, 0, 0}}};
    if (::poll(ends.data(), ends.size(), -1) < 0 && errno != EINTR) return unreadable();
    if ((ends[1].revents & POLLERR) != 0) {
      return fail(ErrorCode::failed, "nobody reads the answers any more",
                  "check the program at the other end of the pipe");
    }
    if (ends[0].revents == 0) continue;
    const auto got = ::read(STDIN_FILENO, buffer.data(), buffer.size());
    if (got >= 0) return static_cast<std::size_t>(got);
    if (errno != EINTR && errno != EAGAIN) return unreadable();
  }
}

Result<void> outcome(const calls::BatchSummary& summary) {
  if (summary.failed == 0) return {};
  return fail(ErrorCode::failed,
              fmt::format("{} of {} lines could not be signed; the first is line {}",
                          summary.failed, summary.lines, summary.first_failed.value_or(0)),
              "the answers to them say why: jq -c 'select(.error)'");
}

}  // namespace

Result<unsigned> batch_jobs(const std::optional<std::string>& typed) {
  if (!typed) return 0U;
  TRY_ASSIGN(const int jobs, parse_number(*typed));
  if (jobs >= 1 && jobs <= most_jobs) return static_cast<unsigned>(jobs);
  return fail(ErrorCode::usage, fmt::format("{} is no number of jobs", jobs),
              fmt::format("--jobs takes 1 to {}", most_jobs));
}

Result<Client> client_of_batch(Context& context, const ClientFlags& flags) {
  const auto& environment = context.environment();
  if (flags.is_storeless(environment) && !flags.base_url &&
      environment.storeless.base_url.empty()) {
    return fail(ErrorCode::usage, "--batch without a store does not know where its requests go",
                "--base-url https://jira.example.com/jira: nothing else is signed for");
  }
  return client_of(context, flags, "/");
}

Result<void> sign_batch(Context& context, Client client, unsigned jobs) {
  TRY(take_stdin());
  TRY_ASSIGN(const auto base_url, http::Url::parse(client.link.base_url));
  warn_of_plain_http(context, base_url);
  const signing::RequestSigner signer(std::move(client.link), std::move(client.proof),
                                      context.clock(), context.nonces());
  BatchProgress progress(context.console());
  const calls::BatchStreams streams{
      .read = read_standard_input,
      .write = [&](std::string_view lines) { return context.console().answer(lines); },
      .tell = [&](const calls::BatchSummary& summary) { progress.tell(summary); }};
  const calls::BatchOptions options{
      .jobs = jobs, .choices = std::move(client.choices), .in_words = [](Error error) {
        return in_storeless_words(std::move(error));
      }};
  auto summary = calls::sign_batch(streams, signer, client.credentials, options);
  progress.end();
  if (!summary) return tl::unexpected(std::move(summary).error());
  if (summary->lines == 0) context.console().narrate("no lines came in, so none went out");
  return outcome(*summary);
}

}  // namespace applink::cli

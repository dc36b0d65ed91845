// Equal workers: each takes the next line, signs it, and puts the answer in its place. Whoever
// fills the first gap writes what is ready, while the others go on.
#include "applink/calls/batch.h"

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <exception>
#include <mutex>
#include <string>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

#include "calls/batch_answer.h"
#include "calls/line_reader.h"

namespace applink::calls {
namespace {

/// Bytes of answers that wait for those before them. From here on no line is taken.
constexpr std::size_t most_waiting = std::size_t{4} << 20;

class Batch {
 public:
  Batch(const BatchStreams& streams, BatchSigner by)
      : streams_(streams), by_(by), lines_(streams.read, longest_batch_line) {}

  /// Until there is nothing left to take.
  void work() noexcept {
    try {
      while (const auto taken = take()) put(taken->number, answer_to(taken->line, by_));
    } catch (...) {
      const std::scoped_lock lock(mutex_);
      thrown_ = std::current_exception();
      stop({});
    }
  }

  /// How it went, once everybody is back from work.
  Result<BatchSummary> result() const {
    if (thrown_) std::rethrow_exception(thrown_);
    if (failure_) return tl::unexpected(*failure_);
    return summary_;
  }

 private:
  struct Taken {
    std::uint64_t number;
    LineReader::Line line;
  };

  /// The next line and its number; nothing when the batch is at its end. One waits here for room
  /// and for input, and the others for it.
  std::optional<Taken> take() {
    const std::scoped_lock reading(reading_);
    {
      std::unique_lock lock(mutex_);
      written_.wait(lock, [this] { return waiting_bytes_ < most_waiting || stopped_; });
      if (stopped_) return std::nullopt;
    }
    auto line = lines_.next();
    const std::scoped_lock lock(mutex_);
    if (line && *line && !stopped_) {
      waiting_.emplace_back();
      return Taken{first_waiting_ + waiting_.size() - 1, **std::move(line)};
    }
    stop(line ? std::nullopt : std::optional(std::move(line).error()));
    return std::nullopt;
  }

  void put(std::uint64_t number, BatchAnswer answer) {
    std::unique_lock lock(mutex_);
    waiting_bytes_ += answer.line.size();
    waiting_.at(number - first_waiting_) = std::move(answer);
    if (writing_) return;
    writing_ = true;
    while (!unwritable_ && !waiting_.empty() && waiting_.front()) write(lock);
    writing_ = false;
  }

  /// What is ready at the front. Unlocked meanwhile: only the bytes' own thread is held up.
  void write(std::unique_lock<std::mutex>& lock) {
    const std::string ready = take_ready();
    const BatchSummary summary = summary_;
    lock.unlock();
    auto written = streams_.write(ready);
    if (written && streams_.tell) streams_.tell(summary);
    lock.lock();
    waiting_bytes_ -= ready.size();
    if (!written) {
      unwritable_ = true;
      stop(std::move(written).error());
    }
    written_.notify_all();
  }

  std::string take_ready() {
    std::string ready;
    while (!waiting_.empty() && waiting_.front()) {
      const BatchAnswer& answer = *waiting_.front();
      ++summary_.lines;
      if (answer.outcome == BatchAnswer::Outcome::failed) {
        ++summary_.failed;
        if (!summary_.first_failed) summary_.first_failed = summary_.lines;
      }
      ready += answer.line;
      waiting_.pop_front();
      ++first_waiting_;
    }
    return ready;
  }

  /// No line is taken any more. The first reason is the one that counts.
  void stop(std::optional<Error> reason) {
    stopped_ = true;
    if (reason && !failure_) failure_ = std::move(reason);
    written_.notify_all();
  }

  const BatchStreams& streams_;
  const BatchSigner by_;

  std::mutex reading_;
  LineReader lines_;  // of whoever holds reading_

  std::mutex mutex_;  // of all that follows; never held while anything is read, signed or written
  std::condition_variable written_;
  std::deque<std::optional<BatchAnswer>> waiting_;  // a place for each line taken and not written
  std::uint64_t first_waiting_ = 0;                 // the number of the line at the front
  std::size_t waiting_bytes_ = 0;
  bool writing_ = false;
  bool unwritable_ = false;
  bool stopped_ = false;
  std::optional<Error> failure_;
  std::exception_ptr thrown_;
  BatchSummary summary_;
};

unsigned workers(const BatchOptions& options) {
  return options.jobs > 0 ? options.jobs : std::max(1U, std::thread::hardware_concurrency());
}

}  // namespace

Result<BatchSummary> sign_batch(const BatchStreams& streams, const signing::RequestSigner& signer,
                                const signing::Credentials& credentials,
                                const BatchOptions& options) {
  Batch batch(streams, {signer, credentials, options});
  {
    std::vector<std::jthread> others;
    try {
      for (unsigned i = 1; i < workers(options); ++i)
        others.emplace_back([&batch] { batch.work(); });
    } catch (const std::system_error&) {
      // The machine gives no more threads: those that there are do the work.
    }
    batch.work();
  }
  return batch.result();
}

}  // namespace applink::calls

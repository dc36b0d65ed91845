// Many requests signed in one go: JSON lines in, JSON lines out. docs/json.md says what is in them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string_view>

#include "applink/base/result.h"
#include "applink/signing/request_signer.h"

namespace applink::calls {

/// How a batch went. The n-th line out answers the n-th line in.
struct BatchSummary {
  std::uint64_t lines = 0;                    ///< that were answered
  std::uint64_t failed = 0;                   ///< of these, with an error
  std::optional<std::uint64_t> first_failed;  ///< the number of that line, from 1 on
};

/// What a batch needs of the world. Each is called by one thread at a time, but not always by the
/// same one, and while `read` waits for more the others are called.
struct BatchStreams {
  /// Fills the beginning of the buffer, as read(2) does: waits for the first byte alone. 0 is the
  /// end of the input. An error ends the batch: what was read before is answered first.
  std::function<Result<std::size_t>(std::span<char>)> read;
  /// Takes whole lines, as soon as they are ready. An error ends the batch.
  std::function<Result<void>(std::string_view)> write;
  /// Learns after each write how far the batch is; may be empty.
  std::function<void(const BatchSummary&)> tell;
};

struct BatchOptions {
  unsigned jobs = 0;  ///< lines that are signed at the same time; 0: one for each processor
  signing::SigningChoices choices = {};  ///< where a line says nothing else
  /// How the error of a line is put; as it is where this is empty. Several threads may call it.
  std::function<Error(Error)> in_words = {};
};

/// A longer line is answered with an error, and never kept.
inline constexpr std::size_t longest_batch_line = std::size_t{1} << 20;

/// Signs the request in each line as the client of `signer` with the token of `credentials`.
///
/// A line that cannot be signed is answered with its error, and the next ones go on; so the result
/// is an error only where input or output failed. Answers come in the order of the lines, each as
/// soon as those before it are out: the first one while the input is still being written. At most
/// a few megabytes wait for their turn, however long the input is.
Result<BatchSummary> sign_batch(const BatchStreams& streams, const signing::RequestSigner& signer,
                                const signing::Credentials& credentials,
                                const BatchOptions& options = {});

}  // namespace applink::calls

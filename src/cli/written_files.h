// The files that a command wrote: its answer.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "applink/base/backup.h"
#include "applink/base/result.h"
#include "cli/console.h"

namespace applink::cli {

/// One path a line; where a file made room, its backup is told of.
Result<void> say_what_was_written(const std::vector<WrittenFile>& files, Console& console);

/// What was written, or the way round a file that is there: the --force of the command.
template <class Written>
Result<Written> with_way_round(Result<Written> written, Existing existing) {
  const bool was_there = !written && written.error().code == ErrorCode::conflict;
  if (!was_there || existing == Existing::kept_as_backup) return written;
  Error error = std::move(written).error();
  error.hint += "; or say --force, which keeps it as a backup";
  return tl::unexpected(std::move(error));
}

/// A new file of the user's choice; one that is there is refused, or kept as a backup. The path is
/// the answer.
Result<void> write_answer_file(const std::string& path, std::string_view content, FileMode mode,
                               Existing existing, Console& console);

}  // namespace applink::cli

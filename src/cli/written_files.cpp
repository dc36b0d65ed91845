// The paths on standard output, and beside it what became of older files.
#include "cli/written_files.h"

#include <string>
#include <utility>

#include <fmt/format.h>

#include "applink/base/backup.h"
#include "applink/base/files.h"
#include "applink/base/text.h"

namespace applink::cli {

Result<void> say_what_was_written(const std::vector<keyring::WrittenFile>& files,
                                  Console& console) {
  std::string lines;
  for (const auto& file : files) {
    if (file.backup) {
      console.narrate(
          fmt::format("what was there is kept as {}", terminal_safe(file.backup->string())));
    }
    lines += file.path.string() + "\n";
  }
  return console.answer(lines);
}

Result<void> write_answer_file(const std::string& path, std::string_view content,
                               keyring::Existing existing, Console& console) {
  keyring::WrittenFile written{path, std::nullopt};
  if (existing == keyring::Existing::kept_as_backup) {
    TRY_ASSIGN(written.backup, replace_keeping_backup(path, content, FileMode::public_file));
    return say_what_was_written({written}, console);
  }
  if (auto made = write_new_file(path, content, FileMode::public_file); !made) {
    Error error = std::move(made).error();
    if (error.code == ErrorCode::conflict) {
      error.hint = "choose another name; or say --force, which keeps what is there as a backup";
    }
    return tl::unexpected(std::move(error));
  }
  return say_what_was_written({written}, console);
}

}  // namespace applink::cli

// The paths on standard output, and beside it what became of older files.
#include "cli/written_files.h"

#include <string>

#include <fmt/format.h>

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

}  // namespace applink::cli

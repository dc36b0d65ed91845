// The paths on standard output, and beside it what became of older files.
#include "cli/written_files.h"

#include <string>

#include <fmt/format.h>

#include "applink/base/files.h"
#include "applink/base/text.h"

namespace applink::cli {

Result<void> say_what_was_written(const std::vector<WrittenFile>& files, Console& console) {
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

Result<void> write_answer_file(const std::string& path, std::string_view content, FileMode mode,
                               Existing existing, Console& console) {
  TRY_ASSIGN(const auto written,
             with_way_round(write_file(path, content, mode, existing), existing));
  return say_what_was_written({written}, console);
}

}  // namespace applink::cli

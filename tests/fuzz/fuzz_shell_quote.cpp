// Words of anything, apart by the byte 0x1f: quoted for sh they are read again as they were, and no
// shell is given what a terminal would act upon.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <vector>

#include "applink/base/text.h"
#include "applink/base/utf8.h"
#include "applink/calls/shell_quote.h"
#include "applink/calls/shell_words.h"

namespace {

using namespace applink::calls;

void demand(bool holds) {
  if (!holds) std::abort();
}

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words;
  while (!text.empty()) {
    const auto end = std::min(text.find('\x1f'), text.size());
    words.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return words;
}

/// Line ends alone may stand there as they are.
bool may_be_pasted(std::string text) {
  std::replace(text.begin(), text.end(), '\n', ' ');
  return applink::terminal_safe(text) == text;
}

void check_sh(const std::string& line, const std::vector<std::string>& words) {
  // What printf writes, only a shell knows.
  if (line.find("$(printf") != std::string::npos) return;
  const auto again = shell_words(line);
  demand(again && std::equal(again->begin() + 1, again->end(), words.begin(), words.end()));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto words = words_of({reinterpret_cast<const char*>(data), size});
  for (const auto shell : {Shell::sh, Shell::fish, Shell::powershell, Shell::cmd}) {
    const auto line = shell_command(shell, "curl", words);
    if (!line) {
      demand(!line.error().message.empty() && !line.error().hint.empty());
      continue;
    }
    demand(may_be_pasted(*line));
    demand(shell != Shell::cmd || line->find('\n') == std::string::npos);
    if (shell == Shell::sh) check_sh(*line, words);
  }
  return 0;
}

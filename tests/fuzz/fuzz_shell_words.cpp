// A pasted command line: words that are quoted and split again are the same words.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "applink/calls/shell_words.h"

namespace {

std::string quoted(const std::string& word) {
  std::string text = "'";
  for (const char c : word) text += c == '\'' ? std::string(R"('\'')") : std::string(1, c);
  return text + "' ";
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto words = applink::calls::shell_words({reinterpret_cast<const char*>(data), size});
  if (!words) {
    if (words.error().message.empty() || words.error().hint.empty()) std::abort();
    return 0;
  }
  std::string again;
  for (const std::string& word : *words) again += quoted(word);
  const auto same = applink::calls::shell_words(again);
  if (words->empty() || !same || *same != *words) std::abort();
  return 0;
}

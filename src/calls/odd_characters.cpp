// Tells what may be pasted as it is from what must be escaped.
#include "calls/odd_characters.h"

#include <algorithm>

#include "applink/base/text.h"
#include "applink/base/utf8.h"

namespace applink::calls {
namespace {

bool is_odd(std::string_view character) {
  return character != "\n" && terminal_safe(character) != character;
}

}  // namespace

std::optional<WordRun> first_run(std::string_view word) {
  if (word.empty()) return std::nullopt;
  std::optional<bool> odd;
  std::size_t length = 0;
  while (length < word.size()) {
    const auto rest = word.substr(length);
    const auto next = rest.substr(0, std::max<std::size_t>(1, first_code_point(rest).length));
    if (!odd) odd = is_odd(next);
    if (*odd != is_odd(next)) break;
    length += next.size();
  }
  return WordRun{word.substr(0, length), *odd};
}

}  // namespace applink::calls

// The parts of a word that do not survive a terminal as they are.
#pragma once

#include <optional>
#include <string_view>

namespace applink::calls {

/// So many bytes of a word, all of one kind.
struct WordRun {
  std::string_view bytes;
  bool odd = false;  ///< control characters but the line feed, broken UTF-8, what deceives the eye
};

/// The run that `word` begins with; absent where it is empty.
std::optional<WordRun> first_run(std::string_view word);

}  // namespace applink::calls

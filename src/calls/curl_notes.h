// What is said about a command of curl, each thing once.
#pragma once

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace applink::calls {

inline void add_once(std::vector<std::string>& notes, std::string note) {
  if (std::find(notes.begin(), notes.end(), note) == notes.end()) notes.push_back(std::move(note));
}

}  // namespace applink::calls

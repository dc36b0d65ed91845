// What happened in the store, for people and for programs.
#pragma once

#include <string>

#include "applink/store/event.h"
#include "cli/json_text.h"

namespace applink::cli {

/// "added the key hubkey".
std::string in_words(const store::Event& event);

/// As docs/json.md describes an event.
Json json_of(const store::Event& event);

}  // namespace applink::cli

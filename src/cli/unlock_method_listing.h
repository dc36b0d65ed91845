// What unlocks a store, for people and for programs.
#pragma once

#include <string>
#include <vector>

#include "applink/store/unlock_methods.h"

namespace applink::cli {

std::string as_text(const std::vector<store::UnlockMethodState>& states);
std::string as_json(const std::vector<store::UnlockMethodState>& states);

}  // namespace applink::cli

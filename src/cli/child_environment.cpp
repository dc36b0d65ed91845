// Leaves out what is for applink alone.
#include "cli/child_environment.h"

#include <string_view>

#include <unistd.h>

namespace applink::cli {

std::vector<char*> environment_for_others() {
  std::vector<char*> kept;
  for (char** variable = environ; *variable != nullptr; ++variable) {
    if (!std::string_view(*variable).starts_with("APPLINK_")) kept.push_back(*variable);
  }
  kept.push_back(nullptr);
  return kept;
}

}  // namespace applink::cli

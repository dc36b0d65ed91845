// The environment of programs that are started.
#pragma once

#include <vector>

namespace applink::cli {

/// Our own, null at its end, without our APPLINK_… variables: they may hold a token. It points into
/// our own, and is good as long as that stays as it is.
std::vector<char*> environment_for_others();

}  // namespace applink::cli

// What the process says when it ends: one status for each kind of error.
#pragma once

#include "applink/base/error.h"

namespace applink::cli {

inline constexpr int exit_done = 0;
inline constexpr int exit_bug = 70;
inline constexpr int exit_interrupted = 130;

int exit_status(ErrorCode code);

}  // namespace applink::cli

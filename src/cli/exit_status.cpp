// The number of each kind of error.
#include "cli/exit_status.h"

namespace applink::cli {

int exit_status(ErrorCode code) {
  switch (code) {
    case ErrorCode::failed:
    case ErrorCode::conflict:
      return 1;
    case ErrorCode::usage:
      return 2;
    case ErrorCode::refused:
      return 3;
    case ErrorCode::locked:
      return 4;
    case ErrorCode::unreachable:
      return 5;
    case ErrorCode::denied:
      return 6;
    case ErrorCode::bug:
      return exit_bug;
    case ErrorCode::interrupted:
      return exit_interrupted;
  }
  return exit_bug;
}

}  // namespace applink::cli

// What a curl line cannot have.
#pragma once

#include <string>
#include <utility>

#include "applink/base/result.h"

namespace applink::calls {

inline tl::unexpected<Error> refuse_line(std::string message, std::string hint) {
  return fail(ErrorCode::usage, std::move(message), std::move(hint));
}

}  // namespace applink::calls

// The signature base string that a server sent back, in whatever a user kept of its answer.
#pragma once

#include <string>
#include <string_view>

#include "applink/base/result.h"

namespace applink::calls {

/// `kept` is the body of the answer, its WWW-Authenticate field, the whole answer (also as
/// `curl -v` and `curl -i` print it), or the base string itself, percent-encoded or not.
Result<std::string> server_base_string(std::string_view kept);

}  // namespace applink::calls

// The escapes within bash's $'…', which browsers write where a request has control characters.
#pragma once

#include <string>
#include <string_view>

namespace applink::calls {

/// Takes one escape off `rest`, which begins behind its backslash and is not empty, and gives what
/// it stands for. An unknown one stands for itself, backslash included, as in bash. A NUL, from
/// which on bash takes nothing of what is quoted, gives nothing.
std::string take_ansi_c_escape(std::string_view& rest);

}  // namespace applink::calls

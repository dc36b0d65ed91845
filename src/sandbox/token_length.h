// How long the words are that the provider makes up; all are letters and digits.
#pragma once

#include <cstddef>

namespace applink::sandbox {

inline constexpr std::size_t token_length = 32;  ///< tokens, secrets and session handles
inline constexpr std::size_t verifier_length = 6;

}  // namespace applink::sandbox

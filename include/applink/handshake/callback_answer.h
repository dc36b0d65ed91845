// What comes back from the authorize page: by redirect, or by the hand of a person.
#pragma once

#include <string>
#include <string_view>

#include "applink/base/result.h"

namespace applink::handshake {

/// The verifier in what a person pastes: the code, in quotes or among spaces perhaps, or the whole
/// address that the browser was sent to. ErrorCode::denied for a denial, ErrorCode::usage for what
/// is neither, or belongs to another login than that of `token`.
Result<std::string> verifier_in_answer(std::string_view pasted, std::string_view token);

/// The same for the query of a redirect.
Result<std::string> verifier_in_query(std::string_view query, std::string_view token);

}  // namespace applink::handshake

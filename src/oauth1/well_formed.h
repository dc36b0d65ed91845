// What is refused before it is signed, because two programs could read it differently.
#pragma once

#include <string_view>

#include "applink/base/result.h"

namespace applink::oauth1 {

/// `text` as application/x-www-form-urlencoded: every pair has a name, every '%' begins an escape,
/// and only printable ASCII is raw. `where` names the text in the error: "the query".
Result<void> check_form_encoding(std::string_view text, std::string_view where);

/// Control characters are in no name, token, nonce or callback that anyone means.
Result<void> check_no_control_characters(std::string_view value, std::string_view name);

bool has_control_characters(std::string_view text);

}  // namespace applink::oauth1

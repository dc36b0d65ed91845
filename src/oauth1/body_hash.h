// The value of oauth_body_hash: the OAuth Request Body Hash 1.0 draft.
#pragma once

#include <string>
#include <string_view>

#include "applink/oauth1/signature_method.h"

namespace applink::oauth1 {

/// The draft names SHA-1 for the methods with SHA-1 and leaves it to new methods to name theirs;
/// everybody takes the hash of the method. Of no body it is the hash of nothing.
std::string body_hash(SignatureMethod method, std::string_view body);

}  // namespace applink::oauth1

// What `sign --print` prints of a signed request.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "applink/base/result.h"
#include "cli/sign_explanation.h"

namespace applink::cli {

enum class SignedPart { header, signature, base_string, url, body, curl, json };

Result<SignedPart> signed_part_named(std::string_view word);

/// The one that carries the signature.
SignedPart usual_part(oauth1::Placement placement);

/// Whether the signature stands in it, which is the secrets themselves with PLAINTEXT.
bool shows_signature(SignedPart part, oauth1::Placement placement);

/// With a line end, save the body, which is printed as it is sent. Refused where the request has no
/// such part.
Result<std::string> printed(SignedPart part, const SignedRequest& made);

}  // namespace applink::cli

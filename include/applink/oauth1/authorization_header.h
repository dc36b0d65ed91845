// Protocol parameters in the Authorization header: RFC 5849 section 3.5.1.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "applink/base/result.h"
#include "applink/oauth1/parameters.h"

namespace applink::oauth1 {

/// The value of the header. `realm` is not encoded but quoted, so one with control characters or
/// bytes outside of ASCII is refused.
Result<std::string> authorization_header(const Parameters& protocol_parameters,
                                         std::optional<std::string_view> realm);

struct AuthorizationHeader {
  std::optional<std::string> realm;
  Parameters parameters;  ///< decoded, in the order of the header, repeats kept, without realm
};

/// Whether the scheme of this header value is OAuth, in any case; the rest is not looked at.
bool is_oauth_authorization(std::string_view header_value);

/// By the letter: every item is name="value", encoded as section 3.6 says, and items are separated
/// by commas. Refuses more than 16 KiB or 64 items.
Result<AuthorizationHeader> parse_authorization_header(std::string_view header_value);

}  // namespace applink::oauth1

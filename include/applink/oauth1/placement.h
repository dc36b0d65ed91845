// Where the protocol parameters are sent: RFC 5849 section 3.5.
#pragma once

#include <array>
#include <optional>
#include <string_view>

#include "applink/base/result.h"
#include "applink/http/message.h"

namespace applink::oauth1 {

struct Signature;

enum class Placement {
  header,  ///< the Authorization header (3.5.1)
  query,   ///< the URL (3.5.3); whoever logs the URL logs the token
  body     ///< the form in the body (3.5.2)
};

inline constexpr std::array placements = {Placement::header, Placement::query, Placement::body};

std::string_view to_string(Placement placement);
Result<Placement> placement_named(std::string_view name);

/// The request that sign() signed, with the protocol parameters where the signature says. Nothing
/// else of it changes, so what is sent is what was signed. A realm goes into the header alone.
Result<http::Request> placed(http::Request request, const Signature& signature,
                             std::optional<std::string_view> realm);

}  // namespace applink::oauth1

// The words for a store that something else has changed.
#pragma once

#include <string>
#include <string_view>

#include "applink/base/result.h"
#include "store/records.h"

namespace applink::store {

inline constexpr std::string_view altered = "is not as it was written";
inline constexpr std::string_view put_back = "was put back to an older version";
inline constexpr std::string_view put_in_by_another = "was put in by something else";
inline constexpr std::string_view taken_out = "was taken out by something else";

/// The token "prod/alice".
std::string described(const RecordId& id);

/// For `return tampering("event 7 …");`.
tl::unexpected<Error> tampering(std::string_view what);
tl::unexpected<Error> tampering(const RecordId& id, std::string_view what);

}  // namespace applink::store

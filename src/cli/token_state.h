// How a token stands at a moment: good, due for renewal, expired.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "applink/base/clock.h"
#include "applink/store/token.h"

namespace applink::cli {

enum class TokenState { good, renewal_due, expired };

/// Renewal is due in the last 30 days of a token's life: the time that Jira's session outlives it.
TokenState state_of(const store::Token& token, Timestamp now);

/// Whether `token renew` can help: the session behind the token outlives it.
bool can_be_renewed(const store::Token& token, Timestamp now);

/// The word of listings: "renewal due".
std::string_view to_string(TokenState state);

/// What to tell somebody who is about to use `token`; absent where it is good.
std::optional<std::string> word_of_caution(const store::Token& token, Timestamp now);

}  // namespace applink::cli

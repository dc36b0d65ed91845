// What comes back from the authorize page: by redirect, or by the hand of a person.
#pragma once

#include <string>
#include <string_view>

#include "applink/base/result.h"
#include "applink/oauth1/credentials.h"

namespace applink::handshake {

/// The verifier in what a person pastes: the code, alone or as `oauth_verifier=CODE`, or the whole
/// address that the browser was sent to; in quotes, cut into lines, percent-encoded or with what
/// else copying adds. ErrorCode::denied for a denial, ErrorCode::usage for what is neither, or
/// belongs to another login than that of `token`. Where the callback was not confirmed the provider
/// speaks OAuth 1.0: then there may be no verifier, and the answer may be empty.
Result<std::string> verifier_in_answer(
    std::string_view pasted, std::string_view token,
    oauth1::CallbackConfirmed confirmed = oauth1::CallbackConfirmed::yes);

/// Whether `pasted` is the beginning of an address whose rest, the code with it, is missing: a
/// terminal or a mail cut it, and each piece arrives as a line of its own.
bool is_cut_address(std::string_view pasted);

/// The same for the query of a redirect.
Result<std::string> verifier_in_query(
    std::string_view query, std::string_view token,
    oauth1::CallbackConfirmed confirmed = oauth1::CallbackConfirmed::yes);

/// Whether the query of a redirect names one token, and another than `token`.
bool belongs_to_another_login(std::string_view query, std::string_view token);

}  // namespace applink::handshake

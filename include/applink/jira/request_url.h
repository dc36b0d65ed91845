// The URL of a call as a person typed it, made one that the server reads as it was signed.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "applink/base/result.h"
#include "applink/http/url.h"
#include "applink/jira/application_link.h"

namespace applink::jira {

struct RequestUrl {
  http::Url url;
  std::vector<std::string> notes;  ///< what was escaped, for the user: a sentence each
};

/// What resolve() makes of `typed`, with characters that no URL may contain (a space, "ü", "[")
/// percent-encoded first. ErrorCode::usage for what cannot be made right without guessing: a "%"
/// that begins no escape, a control character, broken UTF-8, dot segments, a fragment, a parameter
/// without a name; and, of Atlassian's products, what their server answers with 400 before it looks
/// at a signature (%2F in a path, "_" in the host, a target of 8 KiB) or reads as something else
/// (a query that is not UTF-8).
Result<RequestUrl> request_url(const ApplicationLink& link, std::string_view typed);

/// The first step alone, for a URL whose link is still to be found.
Result<std::string> escaped_url(std::string_view typed);

}  // namespace applink::jira

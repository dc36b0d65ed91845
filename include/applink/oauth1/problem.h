// Why a server refused, in its own words: the wire form of the OAuth problem reporting extension.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "applink/http/message.h"
#include "applink/oauth1/parameters.h"

namespace applink::oauth1 {

/// Foreign text throughout: terminal_safe() before a user sees it.
struct Problem {
  std::string name;    ///< the value of oauth_problem
  Parameters details;  ///< the other parameters, and `realm` where the header has one

  [[nodiscard]] std::optional<std::string_view> find(std::string_view detail) const;
};

/// The problem in the body or in WWW-Authenticate of a response with a status of 400 or more; what
/// the body leaves out is taken from the header. Lenient: a badly encoded value is kept as it came.
std::optional<Problem> problem_of(const http::Response& response);

}  // namespace applink::oauth1

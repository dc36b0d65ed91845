// The mistakes that clients make with what they sign: pure functions, one for each, in a table.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "applink/calls/signed_text.h"
#include "applink/http/message.h"
#include "applink/http/url.h"

namespace applink::calls {

/// What a mistake may have been made with.
struct MistakeClues {
  const http::Request& request;
  std::optional<std::string> realm;            ///< of the Authorization header
  std::optional<http::Url> base_url;           ///< of the product, with its context path
  crypto::Digest hash = crypto::Digest::sha1;  ///< of the signature method
};

struct Mistaken {
  SignedText text;
  std::string instead;  ///< what the signature would be right for: "http://h/path"; may be empty
  std::string deed;     ///< what the client did: "signed the URL without TLS". Foreign text
};

struct UsualMistake {
  std::string_view name;  ///< "scheme": for programs
  /// Every text that a client signs who makes this mistake; none where it cannot be made here.
  std::vector<Mistaken> (*made)(const SignedText& right, const MistakeClues& clues);
};

/// The more usual ones first.
std::span<const UsualMistake> usual_mistakes();

}  // namespace applink::calls

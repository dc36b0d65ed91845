// What a client signed, or may have signed instead: a signature base string before it is put
// together.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "applink/base/result.h"
#include "applink/crypto/digest.h"
#include "applink/http/message.h"
#include "applink/oauth1/parameters.h"
#include "applink/oauth1/request_parameters.h"

namespace applink::calls {

/// The first of each enumeration is the way of RFC 5849; the others are those that clients go
/// instead.
struct SignedText {
  std::string method;
  std::string scheme;
  std::string host;
  std::optional<std::uint16_t> port;  ///< where the base string names one
  std::string path;
  std::string query_in_url;  ///< "?a=b", where a client leaves it there
  oauth1::Parameters query;
  oauth1::Parameters protocol;  ///< of the headers, without realm and oauth_signature
  oauth1::Parameters form;

  enum class Encoding {
    standard,
    lower_case,      ///< %2f
    plus_for_space,  ///< as in a form
    of_a_form,       ///< as Java's URLEncoder: "+" for a space, "*" raw, "~" as %7E
    marks_raw,       ///< "!*'()" raw, as JavaScript's encodeURIComponent
    tilde_escaped,   ///< "~" as %7E
    twice,
    none,
  };
  Encoding encoding = Encoding::standard;

  enum class Order { by_bytes, as_sent, by_name_alone };
  Order order = Order::by_bytes;

  /// Which of the two are encoded as a whole before they are joined.
  enum class Joining { both_encoded, parameters_raw, url_raw, both_raw };
  Joining joining = Joining::both_encoded;

  /// What is done to the base string before it is signed.
  enum class Ending { none, line_end, hashed, hashed_in_hex, hashed_in_base64 };
  Ending ending = Ending::none;
  crypto::Digest hash = crypto::Digest::sha1;  ///< of what is hashed

  friend bool operator==(const SignedText&, const SignedText&) = default;
};

/// Of a request that oauth1::verify() found well-formed: text_of() is then its base string.
Result<SignedText> signed_text_of(const http::Request& request, oauth1::FormBodyRule rule);

std::string text_of(const SignedText& text);

/// A base string, or what is signed in its place.
std::string ended(std::string_view base_string, SignedText::Ending ending, crypto::Digest hash);

/// "https://h:8443/path", as the text names it.
std::string url_of(const SignedText& text);

}  // namespace applink::calls

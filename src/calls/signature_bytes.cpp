// The value of oauth_signature as bytes, however it was written down.
#include <algorithm>

#include "applink/base/encoding.h"
#include "applink/oauth1/percent_encoding.h"
#include "calls/signature_reading.h"

namespace applink::calls {
namespace {

std::string with_plus_for_blanks(std::string text) {
  std::replace(text.begin(), text.end(), ' ', '+');
  return text;
}

std::string without_white_space(std::string text) {
  std::erase_if(text, [](char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; });
  return text;
}

std::string with_usual_letters(std::string text) {
  std::replace(text.begin(), text.end(), '-', '+');
  std::replace(text.begin(), text.end(), '_', '/');
  while (text.size() % 4 != 0) text += '=';
  return text;
}

}  // namespace

std::vector<SignatureBytes> bytes_of_signature(std::string_view value) {
  std::vector<SignatureBytes> found;
  const auto add = [&found](Result<std::string> bytes, std::string deed) {
    if (!bytes || bytes->empty()) return;
    const bool known = std::any_of(found.begin(), found.end(),
                                   [&](const auto& other) { return other.bytes == *bytes; });
    if (!known) found.push_back({*std::move(bytes), std::move(deed)});
  };
  const std::string text(value);
  add(base64_decode(text), "");
  if (const auto decoded = oauth1::percent_decode(text)) {
    add(base64_decode(*decoded), "percent-encoded the signature twice");
  }
  add(base64_decode(with_plus_for_blanks(text)),
      "sent the + in the signature unencoded: it arrived as a space");
  add(base64_decode(without_white_space(text)), "broke the signature into lines");
  add(base64_decode(with_usual_letters(without_white_space(text))),
      "wrote the signature in base64url or without its padding");
  add(hex_decode(text), "wrote the signature in hexadecimal and not in base64");
  if (const auto once = base64_decode(text)) {
    add(base64_decode(*once), "wrote the signature in base64 twice");
    add(hex_decode(*once), "wrote the signature in hexadecimal, and that in base64");
    add(std::string(once->rbegin(), once->rend()),
        "wrote the bytes of the signature backwards, as Windows' CryptoAPI gives them");
  }
  return found;
}

}  // namespace applink::calls

// Base64 brought into RFC 4648's strict form, then decoded.
#include "crypto/key_base64.h"

#include <algorithm>
#include <iterator>

#include "applink/base/encoding.h"

namespace applink::crypto {
namespace {

bool is_space(char letter) {
  return letter == ' ' || (letter >= '\t' && letter <= '\r');
}

// RFC 4648 section 5.
bool from_url_alphabet(std::string& letters) {
  if (letters.find_first_of("-_") == std::string::npos) return false;
  std::replace(letters.begin(), letters.end(), '-', '+');
  std::replace(letters.begin(), letters.end(), '_', '/');
  return true;
}

}  // namespace

std::optional<DecodedBase64> decode_found_base64(std::string_view text) {
  std::string letters;
  letters.reserve(text.size() + 2);  // and the padding
  std::remove_copy_if(text.begin(), text.end(), std::back_inserter(letters), is_space);
  std::vector<std::string> repairs;
  if (from_url_alphabet(letters)) {
    repairs.emplace_back("the base64 was in the alphabet for URLs");
  }
  if (letters.size() % 4 >= 2) {
    letters.append(4 - letters.size() % 4, '=');
    repairs.emplace_back("the padding of the base64 (=) was missing");
  }
  auto bytes = base64_decode(letters);
  wipe(letters);
  if (!bytes) return std::nullopt;
  return DecodedBase64{Secret::take(std::move(*bytes)), std::move(repairs)};
}

}  // namespace applink::crypto

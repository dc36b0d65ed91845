// JSON taken apart: every member and element is itself JSON.
#include <cstdlib>

#include "crypto/json_members.h"
#include "crypto/jwk_read.h"
#include "fuzz/key_input.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace applink::crypto;
  const std::string_view input = input_of(data, size);
  if (const auto members = json_members(input)) {
    for (const auto& member : *members) {
      if (member.value.empty()) std::abort();
      if (member.value.front() == '{' && !json_members(member.value)) std::abort();
      if (member.value.front() == '[' && !json_elements(member.value)) std::abort();
    }
  }
  static_cast<void>(jwk_outline(input));
  static_cast<void>(private_key_from_jwk(input));
  static_cast<void>(public_key_from_jwk(input));
  return 0;
}

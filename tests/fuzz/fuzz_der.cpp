// The outline of any DER: the first structure lies within the bytes, and what is whole stays so.
#include <cstdlib>

#include "crypto/der.h"
#include "fuzz/key_input.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace applink::crypto;
  const std::string_view input = input_of(data, size);
  const BlobKind kind = kind_of_der(input);
  static_cast<void>(is_der(input));
  const std::size_t first = size_of_first_der(input);
  if (first > size) std::abort();
  if (kind == BlobKind::too_long && kind_of_der(input.substr(0, first)) == BlobKind::too_long) {
    std::abort();
  }
  return 0;
}

// PEM blocks in any text: each is a piece of it, and they follow each other.
#include <cstdlib>

#include "crypto/pem.h"
#include "fuzz/key_input.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input = input_of(data, size);
  const char* at = input.data();
  for (const auto& block : applink::crypto::pem_blocks(input)) {
    if (block.whole.data() < at || !block.whole.starts_with("-----BEGIN ")) std::abort();
    if (block.whole.find(block.base64) == std::string_view::npos) std::abort();
    at = block.whole.data() + block.whole.size();
    if (at > input.data() + input.size()) std::abort();
  }
  return 0;
}

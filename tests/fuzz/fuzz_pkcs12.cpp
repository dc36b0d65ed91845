// PKCS#12 from any bytes, past the MAC that would stop nearly all of them. The passphrase of the
// seeds is "test".
#include <cstdlib>

#include "crypto/pkcs12_read.h"
#include "fuzz/key_input.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace applink;
  const auto ask = []() -> Result<Secret> { return Secret("test"); };
  const auto content = crypto::read_pkcs12(input_of(data, size), ask);
  if (!content && content.error().message.empty()) std::abort();
  return 0;
}

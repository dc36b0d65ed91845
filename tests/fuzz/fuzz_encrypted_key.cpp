// Encrypted keys from any bytes, with the passphrase of the test keys: asked for once at most.
#include <cstdlib>

#include "applink/crypto/key_reading.h"
#include "fuzz/key_input.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace applink;
  int asked = 0;
  const auto ask = [&asked]() -> Result<Secret> {
    ++asked;
    return Secret("test");
  };
  const auto file = crypto::read_private_key(Secret(input_of(data, size)), ask);
  if (asked > 1 || (!file && file.error().message.empty())) std::abort();
  return 0;
}

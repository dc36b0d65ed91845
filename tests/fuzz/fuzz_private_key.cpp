// Private keys from any bytes: what is taken is the same when it is written and read again.
#include <cstdlib>

#include "applink/crypto/jwk.h"
#include "applink/crypto/key_formats.h"
#include "applink/crypto/key_reading.h"
#include "fuzz/key_input.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace applink;
  const Secret input(input_of(data, size));
  const auto file = crypto::read_private_key(input);
  static_cast<void>(crypto::private_key_from_pkcs8_der(input));
  if (!file) {
    if (file.error().message.empty() || file.error().hint.empty()) std::abort();
    return 0;
  }
  const Secret written = crypto::to_pkcs1_pem(file->key);
  const auto again = crypto::read_private_key(written);
  if (!again || !again->repairs.empty()) std::abort();
  if (!(crypto::to_pkcs1_pem(again->key) == written)) std::abort();
  const auto from_jwk = crypto::read_private_key(crypto::to_private_jwk(file->key));
  if (!from_jwk || !(crypto::to_pkcs1_pem(from_jwk->key) == written)) std::abort();
  return 0;
}

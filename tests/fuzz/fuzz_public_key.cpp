// Public keys and certificates from any bytes: what is taken is the same when it is written and
// read again.
#include <cstdlib>

#include "applink/crypto/certificate.h"
#include "applink/crypto/jwk.h"
#include "applink/crypto/key_formats.h"
#include "applink/crypto/key_reading.h"
#include "fuzz/key_input.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace applink::crypto;
  const std::string_view input = input_of(data, size);
  if (const auto file = read_public_key(input)) {
    const auto again = read_public_key(to_spki_pem(file->key));
    if (!again || to_spki_der(again->key) != to_spki_der(file->key)) std::abort();
    const auto from_jwk = read_public_key(to_public_jwk(file->key));
    if (!from_jwk || to_spki_der(from_jwk->key) != to_spki_der(file->key)) std::abort();
  }
  if (const auto certificate = Certificate::from_pem(input)) {
    static_cast<void>(certificate->subject());
    const auto again = Certificate::from_pem(certificate->to_pem());
    if (!again || again->to_der() != certificate->to_der()) std::abort();
  }
  return 0;
}

// Public keys and certificates from any bytes: what is taken is the same when it is written and
// read again.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "applink/crypto/certificate.h"
#include "applink/crypto/key_formats.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace applink::crypto;
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  if (const auto key = public_key_from_pem(input)) {
    const auto again = public_key_from_pem(to_spki_pem(*key));
    if (!again || to_spki_der(*again) != to_spki_der(*key)) std::abort();
  }
  if (const auto certificate = Certificate::from_pem(input)) {
    static_cast<void>(certificate->subject());
    const auto again = Certificate::from_pem(certificate->to_pem());
    if (!again || again->to_der() != certificate->to_der()) std::abort();
  }
  return 0;
}

// Private keys from any bytes, as PEM and as DER: what is taken is the same when it is written and
// read again.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "applink/crypto/key_formats.h"

namespace {

using namespace applink;

void check(const Result<crypto::RsaPrivateKey>& key) {
  if (!key) {
    if (key.error().message.empty()) std::abort();
    return;
  }
  const Secret written = crypto::to_pkcs1_pem(*key);
  const auto again = crypto::private_key_from_pem(written);
  if (!again || !(crypto::to_pkcs1_pem(*again) == written)) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const Secret input{std::string_view(reinterpret_cast<const char*>(data), size)};
  check(crypto::private_key_from_pem(input));
  check(crypto::private_key_from_pkcs8_der(input));
  return 0;
}

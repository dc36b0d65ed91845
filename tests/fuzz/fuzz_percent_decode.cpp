// percent_decode() of anything: what it takes comes back the same, encoded and decoded again.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "applink/oauth1/percent_encoding.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace applink::oauth1;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (percent_decode(percent_encode(text)) != text) std::abort();
  if (const auto decoded = percent_decode(text)) {
    if (percent_decode(percent_encode(*decoded)) != *decoded) std::abort();
  }
  return 0;
}

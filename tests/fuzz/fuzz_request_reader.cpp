// RequestReader on any bytes: however they are cut, it reads the same, and within its limit.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "http/request_reader.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using applink::http::RequestReader;
  constexpr std::size_t limit = 64;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  RequestReader whole(limit);
  whole.feed(bytes);
  RequestReader pieces(limit);
  for (std::size_t i = 0; i < size; ++i) pieces.feed(bytes.substr(i, 1));
  if (whole.state() != pieces.state() || whole.refusal().why != pieces.refusal().why ||
      whole.head().target != pieces.head().target || whole.body() != pieces.body() ||
      whole.body().size() > limit) {
    std::abort();
  }
  return 0;
}

// parse_form on any bytes: what it read is written and read again without loss.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "applink/http/form.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace applink::http;
  const auto pairs = parse_form({reinterpret_cast<const char*>(data), size});
  if (parse_form(encode_form(pairs)) != pairs) std::abort();
  return 0;
}

// The repair of base64 and of the text around it.
#include <cstdlib>

#include "applink/base/encoding.h"
#include "crypto/key_base64.h"
#include "crypto/key_content.h"
#include "crypto/key_text.h"
#include "fuzz/key_input.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace applink::crypto;
  const std::string_view input = input_of(data, size);
  if (const auto decoded = decode_found_base64(input)) {
    const auto again = decode_found_base64(applink::base64_encode(decoded->bytes.reveal()));
    if (!again || !again->repairs.empty() || !(again->bytes == decoded->bytes)) std::abort();
  }
  auto text = as_utf8(input);
  static_cast<void>(layout_remarks(text.text.reveal()));
  static_cast<void>(without_escapes(std::move(text.text)));
  static_cast<void>(key_content(input));
  return 0;
}

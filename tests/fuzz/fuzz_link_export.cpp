// An exported link of anybody's making: its armour, and, as who knows the passphrase may have made
// it, what is sealed in it. What is taken is written as it was read; what is not has a hint.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "store/link_export.h"
#include "store/link_export_content.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto sealed = applink::store::read_armoured(bytes);
  if (!sealed && sealed.error().hint.empty()) std::abort();
  if (sealed) {
    const auto again = applink::store::read_armoured(applink::store::armoured(*sealed));
    if (!again || again->envelope != sealed->envelope || again->salt != sealed->salt) std::abort();
  }
  const auto exported = applink::store::decode_link_export(bytes);
  if (!exported && exported.error().hint.empty()) std::abort();
  if (exported && !applink::store::decode_link_export(encode(*exported).reveal())) std::abort();
  return 0;
}

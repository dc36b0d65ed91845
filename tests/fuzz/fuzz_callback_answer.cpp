// Whatever a person pastes: never a crash, and a verifier that comes out has no odd bytes.
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "applink/handshake/callback_answer.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  for (const auto& verifier : {applink::handshake::verifier_in_answer(input, "reqtoken"),
                               applink::handshake::verifier_in_query(input, "reqtoken")}) {
    if (!verifier) continue;
    if (verifier->empty() || *verifier == "denied") std::abort();
    for (const char c : *verifier) {
      if (c <= ' ' || c > '~') std::abort();
    }
  }
  return 0;
}

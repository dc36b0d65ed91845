// What somebody kept of a server's answer: a base string is found there, or the words say why not.
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "applink/calls/server_base_string.h"
#include "applink/oauth1/base_string_diff.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto found =
      applink::calls::server_base_string({reinterpret_cast<const char*>(data), size});
  if (!found) {
    if (found.error().hint.empty()) std::abort();
    return 0;
  }
  for (const auto& difference :
       applink::oauth1::base_string_differences("GET&http%3A%2F%2Fh%2F&a%3Db", *found)) {
    if (applink::oauth1::in_words(difference).empty()) std::abort();
  }
  return 0;
}

// ResponseCollector on any lines: every field it keeps has a name that is a token.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "http/response_collector.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace applink::http;
  std::string_view bytes(reinterpret_cast<const char*>(data), size);
  ResponseCollector collector(64);
  while (!bytes.empty() && !collector.overflowed()) {
    const auto line = bytes.substr(0, bytes.find('\n') + 1);
    const auto taken = line.empty() ? bytes : line;
    (void)collector.take_header_line(taken);
    (void)collector.take_body(taken.substr(0, 8));
    bytes.remove_prefix(taken.size());
  }
  const auto response = std::move(collector).response();
  const auto named = [](const Header& field) { return is_token(field.name); };
  if (response.body.size() > 64 || response.status < 0 || response.status > 999 ||
      !std::all_of(response.headers.begin(), response.headers.end(), named)) {
    std::abort();
  }
  return 0;
}

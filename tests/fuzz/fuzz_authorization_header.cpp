// parse_authorization_header() of anything: what it takes is the same when it is written and read.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "applink/oauth1/authorization_header.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace applink::oauth1;
  const auto header =
      parse_authorization_header(std::string_view(reinterpret_cast<const char*>(data), size));
  if (!header) return 0;
  const auto written = authorization_header(header->parameters, std::nullopt);
  // Written without needless escapes it can only be shorter.
  const auto again = parse_authorization_header(written.value());
  if (again ? again->parameters != header->parameters : written->size() <= size) std::abort();
  if (header->realm) static_cast<void>(authorization_header(header->parameters, *header->realm));
  return 0;
}

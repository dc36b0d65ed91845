// Url::parse on any bytes: what it accepts is kept whole, and its parts put together are it again.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "applink/http/url.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto url = applink::http::Url::parse(text);
  if (!url) {
    if (url.error().message.empty() || url.error().hint.empty()) std::abort();
    return 0;
  }
  // The scheme has a letter case of its own, and a port is a number without leading zeros.
  auto joined = std::string(text.substr(0, url->scheme().size())) + "://";
  joined += url->host();
  if (url->explicit_port()) joined += ":" + std::to_string(*url->explicit_port());
  joined += url->path();
  if (url->query()) joined.append("?").append(*url->query());
  if (url->fragment()) joined.append("#").append(*url->fragment());
  if (url->text() != text || joined != text || !url->same_origin(*url)) std::abort();
  return 0;
}

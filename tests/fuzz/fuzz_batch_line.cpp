// read_batch_line() of anything: the id that it tells is one JSON value on one line, and what it
// refuses has a hint.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include <nlohmann/json.hpp>

#include "calls/batch_line.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto line = applink::calls::read_batch_line({reinterpret_cast<const char*>(data), size});
  const bool whole = nlohmann::json::accept(line.id) && line.id.find('\n') == std::string::npos;
  if (!whole || (!line.request && line.request.error().hint.empty())) std::abort();
  return 0;
}

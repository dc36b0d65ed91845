// The sandbox's query language on any bytes: what it finds is among the issues, and no more.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "sandbox/jql.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace applink::sandbox;
  static const Issues issues{applink::Timestamp{}};
  const auto found = search(issues, {reinterpret_cast<const char*>(data), size});
  if (!found) return found.error().empty() ? (std::abort(), 0) : 0;
  if (found->size() > issues.all().size()) std::abort();
  for (const Issue& issue : *found) {
    if (issues.find(issue.key) == nullptr) std::abort();
  }
  return 0;
}

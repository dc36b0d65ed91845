// Inspection of any bytes: it always says something, and never takes what the reader refuses.
#include <cstdlib>

#include "applink/base/text.h"
#include "applink/crypto/key_inspection.h"
#include "fuzz/key_input.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace applink;
  const auto report = crypto::inspect_key_file(input_of(data, size), Timestamp{});
  if (report.description.empty() || terminal_safe(report.description) != report.description) {
    std::abort();
  }
  if (report.admin_form.takes != report.admin_form.why_not.empty()) std::abort();
  if (report.rest.takes && !report.admin_form.takes) std::abort();
  if (report.key.has_value() != report.fingerprints.has_value()) std::abort();
  return 0;
}

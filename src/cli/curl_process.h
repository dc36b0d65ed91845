// curl in the place of this process, with files in memory that it inherits.
#pragma once

#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "applink/base/result.h"
#include "base/descriptor.h"
#include "cli/process.h"

namespace applink::cli {

class CurlProcess {
 public:
  /// Keeps `content` in memory, as a file that curl opens by this path: never standard input.
  Result<std::string> hand_over(std::string_view content);

  /// Finds curl in PATH and becomes it: signals, terminal, standard descriptors and exit status are
  /// then curl's own. Returns where that fails.
  Result<void> become(const std::vector<std::string>& arguments, const Inherited& inherited);

 private:
  std::deque<Descriptor> files_;
};

}  // namespace applink::cli

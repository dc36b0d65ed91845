// What the process does to itself before it does anything else.
#pragma once

#include <vector>

#include <sys/types.h>

#include "applink/base/result.h"

namespace applink::cli {

/// What whoever started this process had set, and it altered for itself.
struct Inherited {
  mode_t mask = 0;           ///< of new files
  std::vector<int> ignored;  ///< signals
};

/// No core file and no debugger's look at secrets, none left in memory that OpenSSL frees, new
/// files private, a broken pipe or a file size limit an error that is reported, and the three
/// standard descriptors taken, so that no file is opened in their place. Returns how it was before.
Result<Inherited> harden_process();

/// For a program that takes the place of this one: files and signals as they were before. Core
/// files stay forbidden.
void give_back(const Inherited& inherited);

}  // namespace applink::cli

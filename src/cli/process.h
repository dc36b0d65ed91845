// What the process does to itself before it does anything else.
#pragma once

#include "applink/base/result.h"

namespace applink::cli {

/// No core file and no debugger's look at secrets, none left in memory that OpenSSL frees, new
/// files private, a broken pipe or a file size limit an error that is reported, and the three
/// standard descriptors taken, so that no file is opened in their place.
Result<void> harden_process();

}  // namespace applink::cli

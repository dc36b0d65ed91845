// One sandbox a state file.
#pragma once

#include <filesystem>
#include <memory>

#include "applink/base/result.h"
#include "base/descriptor.h"

namespace applink::sandbox {

/// Held for as long as it lives, and gone with the process however that ends. It is a file of its
/// own beside the state file, "FILE.lock", for the state file is replaced at every change.
using StateLock = std::shared_ptr<const Descriptor>;

/// Refuses a state file that another sandbox works on, and one that is no regular file.
Result<StateLock> lock_state_file(const std::filesystem::path& state_file);

}  // namespace applink::sandbox

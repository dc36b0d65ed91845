// The state file: a ledger's tokens as JSON, for a sandbox that is restarted.
#pragma once

#include <filesystem>

#include "applink/base/result.h"
#include "sandbox/ledger.h"

namespace applink::sandbox {

/// Nothing where the file is missing; an error for whatever a sandbox did not write.
Result<Tokens> read_state_file(const std::filesystem::path& path);

/// Whole or not at all, readable by the owner alone.
Result<void> write_state_file(const std::filesystem::path& path, const Tokens& tokens);

}  // namespace applink::sandbox

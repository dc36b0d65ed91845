// The database as it was, beside the one that is taken to a newer format.
#pragma once

#include <filesystem>
#include <string_view>

#include "applink/base/result.h"

namespace applink::store {

/// Keeps `bytes` as DATABASE.format-N, or as DATABASE.format-N.2 and so on where a file of another
/// content is there; its path. Mode 0600, on the disk before this returns.
Result<std::filesystem::path> back_up_version(const std::filesystem::path& database, int format,
                                              std::string_view bytes);

}  // namespace applink::store

// One key under two names.
#pragma once

#include "applink/base/result.h"
#include "applink/store/vault.h"
#include "cli/console.h"

namespace applink::cli {

/// Names of one key are no error, but seldom what was meant.
Result<void> tell_of_other_names(const store::KeyPair& pair, const store::Vault& vault,
                                 Console& console);

}  // namespace applink::cli

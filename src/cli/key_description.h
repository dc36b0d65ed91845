// What listings say of a key pair: nothing of it is secret.
#pragma once

#include "applink/store/key_pair.h"
#include "cli/json_text.h"

namespace applink::cli {

Json json_of(const store::KeySummary& key);

}  // namespace applink::cli

// What listings say of a token: nothing of it is secret.
#pragma once

#include "applink/base/clock.h"
#include "applink/store/token.h"
#include "cli/json_text.h"

namespace applink::cli {

Json json_of(const store::Token& token, Timestamp now);

}  // namespace applink::cli

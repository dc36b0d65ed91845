// Percent encoding (RFC 5849 section 3.6) of what must not stay in freed memory.
#pragma once

#include "applink/base/secret.h"

namespace applink::oauth1 {

/// percent_encode() without the copies that liboauth leaves behind.
Secret percent_encoded(const Secret& secret);

}  // namespace applink::oauth1

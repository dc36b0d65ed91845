// The objections of RFC 5849 section 3.2, in words.
#pragma once

#include "applink/calls/verify_captured.h"
#include "applink/oauth1/verify.h"

namespace applink::calls {

Finding finding_of(const oauth1::Refusal& refusal, const JudgeOptions& options);

}  // namespace applink::calls

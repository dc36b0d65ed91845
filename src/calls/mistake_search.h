// Tries mistake after mistake until one makes a signature fit.
#pragma once

#include <optional>

#include "applink/calls/usual_mistakes.h"
#include "applink/calls/verify_captured.h"
#include "calls/signature_reading.h"

namespace applink::calls {

/// One mistake, else two that were made together; absent where neither makes it fit. `right` is
/// what should have been signed: a mistake without a name says that it was.
std::optional<FoundMistake> found_mistake(const SignedText& right, const MistakeClues& clues,
                                          const SignatureReadings& readings);

/// The same where only the base string is known: what was done to it as a whole.
std::optional<FoundMistake> found_mistake(std::string_view base_string, crypto::Digest hash,
                                          const SignatureReadings& readings);

}  // namespace applink::calls

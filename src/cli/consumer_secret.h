// The consumer secret on its way into the store: as the flags of a link bring it.
#pragma once

#include <optional>

#include "applink/base/result.h"
#include "applink/base/secret.h"
#include "applink/jira/application_link.h"
#include "cli/context.h"
#include "cli/link_flags.h"

namespace applink::cli {

/// Whether the store has a secret that still serves.
enum class KeptSecret { none, there };

/// What the flags bring; where they bring none and none is kept for a link that signs with one, it
/// is asked for. Absent where nothing changes. Refused for a link that signs with a key.
Result<std::optional<Secret>> consumer_secret(const LinkFlags& flags,
                                              const jira::ApplicationLink& link, KeptSecret kept,
                                              Context& context);

}  // namespace applink::cli

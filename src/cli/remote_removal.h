// The undoing of a link on the other side.
#pragma once

#include <string>

#include "applink/base/result.h"
#include "cli/admin_flags.h"
#include "cli/confirmation.h"
#include "cli/context.h"

namespace applink::cli {

/// Says what goes, asks, and has the product remove the link's entry with its consumer and all
/// tokens. That there is none is no error. An executable that does not speak HTTP gives way here to
/// the one that does, which begins the command anew: nothing is to be done before.
Result<void> remove_on_the_other_side(const std::string& link_name, const AdminFlags& admin,
                                      const Confirmation& confirmation, Context& context);

}  // namespace applink::cli

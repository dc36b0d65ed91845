// What a signed request of a link takes: a signer with its key, and a transport as the link says.
#pragma once

#include <memory>

#include "applink/base/result.h"
#include "applink/http/transport.h"
#include "applink/jira/application_link.h"
#include "applink/signing/request_signer.h"
#include "cli/context.h"

namespace applink::cli {

Result<signing::RequestSigner> signer_of(Context& context, const jira::ApplicationLink& link);

/// Warns each time where the link lets plain http leave this machine.
Result<std::unique_ptr<http::Transport>> transport_of(Context& context,
                                                      const jira::ApplicationLink& link);

}  // namespace applink::cli

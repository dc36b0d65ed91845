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

enum class Answers {
  of_any_size,   ///< as large as the transport's usual limit
  of_the_dance,  ///< credentials, and the description of a user: small
};

/// Warns each time where the link lets plain http leave this machine.
Result<std::unique_ptr<http::Transport>> transport_of(Context& context,
                                                      const jira::ApplicationLink& link,
                                                      Answers answers = Answers::of_any_size);

}  // namespace applink::cli

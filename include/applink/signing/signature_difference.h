// Why a signature was refused, by what the product says it signed itself.
#pragma once

#include "applink/base/error.h"
#include "applink/http/message.h"
#include "applink/jira/application_link.h"

namespace applink::signing {

/// `error`, which is what the link makes of `response`, made exact where that brings the product's
/// own signature base string: what differs from ours is named, and where nothing does, that it is
/// the key. `sent` is the request, signed or not: of one that is not, the protocol parameters are
/// not compared, and the error says so much less. Any other error is returned as it is.
Error with_signature_difference(Error error, const http::Response& response,
                                const http::Request& sent, const jira::ApplicationLink& link);

}  // namespace applink::signing

// The pages that the callback listener answers with.
#pragma once

#include "applink/http/message.h"

namespace applink::handshake {

/// What has become of a visit to the callback, as the person at the browser is told.
enum class Visit {
  allowed,
  answered,  ///< it does not say whether that was Allow or Deny
  denied,
  another_login,  ///< an answer, and not to the question that was asked
  incomplete,     ///< no answer at all
  too_late,       ///< the question has been answered
  elsewhere,      ///< another path
  not_get,
};

/// A page for it, with the status that says the same to a program.
http::Response callback_page(Visit visit);

}  // namespace applink::handshake

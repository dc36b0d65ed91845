// What the endpoints of one provider share.
#pragma once

#include "applink/base/clock.h"
#include "sandbox/config.h"
#include "sandbox/issues.h"
#include "sandbox/ledger.h"
#include "sandbox/nonce_log.h"
#include "sandbox/web_sessions.h"

namespace applink::sandbox {

struct Site {
  Config config;
  Ledger ledger;
  const Clock& clock;
  NonceLog nonces;
  WebSessions sessions;
  Issues issues;
};

}  // namespace applink::sandbox

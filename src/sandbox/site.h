// What the endpoints of one provider share.
#pragma once

#include <array>

#include "applink/base/clock.h"
#include "sandbox/application_links.h"
#include "sandbox/config.h"
#include "sandbox/counters.h"
#include "sandbox/issues.h"
#include "sandbox/key_cache.h"
#include "sandbox/ledger.h"
#include "sandbox/mishaps.h"
#include "sandbox/nonce_log.h"
#include "sandbox/web_sessions.h"

namespace applink::sandbox {

struct Site {
  Config config;
  Ledger ledger;
  const Clock& clock;
  Issues issues;
  ApplicationLinks links = {};
  WebSessions sessions = {};
  std::array<NonceLog, 2> nonces = {};  ///< of each of two nodes
  KeyCache keys = {};
  Mishaps mishaps = {};
  Counters counters = {};
};

}  // namespace applink::sandbox

// What stands at an address that somebody typed, before anything is signed.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "applink/base/clock.h"
#include "applink/base/result.h"
#include "applink/http/transport.h"
#include "applink/jira/application_link.h"
#include "applink/jira/deployment.h"

namespace applink::onboarding {

struct Discovery {
  std::string base_url;  ///< where it answers, as links keep it
  jira::Deployment deployment;
  /// What was typed and what was found instead, and what will make trouble: a clause each, without
  /// a full stop. Foreign text in it is terminal-safe.
  std::vector<std::string> corrections;
  std::vector<std::string> warnings;
};

/// Asks without credentials, at most twenty times, and of no other host than the one that was
/// typed. Understood are the address of a page, a missing scheme or context path, and http in the
/// place of https; plain http to another machine is asked only where it is allowed and https does
/// not answer. ErrorCode::unreachable where nothing answers, ErrorCode::failed where no product of
/// Atlassian's does.
Result<Discovery> discover(http::Transport& transport, std::string_view typed,
                           jira::AllowHttp allow_http, const Clock& clock);

}  // namespace applink::onboarding

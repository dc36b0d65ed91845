// Every oauth_problem in plain words: what it means and what to do about it.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "applink/base/clock.h"
#include "applink/base/error.h"
#include "applink/jira/application_link.h"

namespace applink::oauth1 {
struct Problem;
}

namespace applink::jira {

struct Advice {
  std::string cause;  ///< a sentence without a full stop
  std::string hint;   ///< what to look at or type next
};

/// A name that nobody has seen yet gets an honest answer too.
/// `user_label` says whose token the login that it may advise is for.
Advice advice_on(const oauth1::Problem& problem, const ApplicationLink& link,
                 std::string_view user_label = default_user_label);

/// ErrorCode::refused; ErrorCode::denied where the problem says that the user said no.
/// `jira refused the request: consumer_key_unknown ("hub"): CAUSE`.
Error refused_by_jira(const oauth1::Problem& problem, const ApplicationLink& link,
                      std::string_view user_label = default_user_label);

/// The provider's clock when it refused a timestamp: the middle of the window that it named.
std::optional<Timestamp> provider_clock(const oauth1::Problem& problem);

}  // namespace applink::jira

// Makes the incoming side of an application link with an administrator's credentials.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "applink/base/result.h"
#include "applink/http/transport.h"
#include "applink/jira/admin_rest.h"
#include "applink/jira/admin_screens.h"
#include "applink/jira/application_link.h"

namespace applink::onboarding {

/// What there is on the other side, and what is to be done about it. Made by reading alone.
struct AdminPlan {
  std::optional<jira::RemoteLink> entry;       ///< whose incoming side is set; none: one is made
  std::optional<jira::RemoteConsumer> before;  ///< what stands there now
  bool is_done = false;                        ///< everything is as it should be
  /// Whether it replaces a consumer that somebody else may rely on: that takes a yes of its own.
  bool replaces_foreign_key = false;
  std::vector<std::string> steps;     ///< clauses, in their order
  std::vector<std::string> warnings;  ///< what goes wrong by it
};

/// One administrator at work on one link. Everything handed in outlives it.
class Administration {
 public:
  Administration(http::Transport& transport, const jira::AdminCredentials& credentials,
                 const jira::ApplicationLink& link)
      : transport_(&transport), credentials_(&credentials), link_(&link) {}

  [[nodiscard]] Result<AdminPlan> plan(const jira::IncomingConsumer& consumer) const;

  /// Does what the plan says. A run that was cut off is made good by another plan().
  [[nodiscard]] Result<void> carry_out(const AdminPlan& plan,
                                       const jira::IncomingConsumer& consumer) const;

  /// The entry whose incoming side has the link's consumer key, or which has the URL that
  /// jira::incoming_consumer() gives it; none where there is neither.
  [[nodiscard]] Result<std::optional<jira::RemoteLink>> find_entry(
      const jira::IncomingConsumer& consumer) const;
  /// The entry, its consumer and all tokens of that.
  [[nodiscard]] Result<void> remove(const jira::RemoteLink& entry) const;

 private:
  struct Owned {
    jira::RemoteLink entry;
    std::optional<jira::RemoteConsumer> consumer;
  };

  [[nodiscard]] Result<http::Response> ask(Result<http::Request> request) const;
  [[nodiscard]] Result<std::optional<jira::RemoteConsumer>> consumer_of(
      const jira::RemoteLink& entry) const;
  [[nodiscard]] Result<std::optional<Owned>> find(const jira::IncomingConsumer& consumer) const;
  [[nodiscard]] Result<std::string> entry_id(const AdminPlan& plan,
                                             const jira::IncomingConsumer& consumer) const;

  http::Transport* transport_;
  const jira::AdminCredentials* credentials_;
  const jira::ApplicationLink* link_;
};

}  // namespace applink::onboarding

// The administrator's part of a link: over REST, or by a person with a browser; until it is done.
#pragma once

#include <chrono>
#include <optional>

#include "applink/base/result.h"
#include "applink/http/transport.h"
#include "applink/jira/admin_screens.h"
#include "applink/onboarding/administration.h"
#include "applink/onboarding/consumer_state.h"
#include "applink/signing/request_signer.h"
#include "cli/admin_flags.h"
#include "cli/arguments.h"
#include "cli/confirmation.h"
#include "cli/context.h"

namespace applink::cli {

struct ConsumerFlags {
  AdminFlags admin;
  Confirmation confirmation;
  bool replace_consumer = false;
  bool copy = false;
  std::optional<std::chrono::seconds> wait;
  std::optional<std::chrono::seconds> every;

  void declare(Arguments& arguments);
  [[nodiscard]] Result<void> check() const;
};

/// Everything handed in outlives it.
class ConsumerSetup {
 public:
  struct Parts {
    Context& context;
    http::Transport& transport;
    const signing::RequestSigner& signer;
    const jira::IncomingConsumer& consumer;
    const jira::AdminScreens& screens;
  };

  ConsumerSetup(const Parts& parts, const ConsumerFlags& flags) : parts_(parts), flags_(flags) {}

  /// Returns when the product takes a signature of ours. What no administrator's screen could mend
  /// is an error at once; that the administrator is not done is one where nobody waits for them.
  [[nodiscard]] Result<void> run();

 private:
  [[nodiscard]] const jira::ApplicationLink& link() const { return parts_.signer.link(); }
  [[nodiscard]] Console& console() const { return parts_.context.console(); }
  [[nodiscard]] onboarding::ConsumerAnswer ask() const;

  Result<void> by_rest();
  Result<void> agree(const onboarding::AdminPlan& plan);
  Result<void> by_hand(onboarding::ConsumerState state);
  Result<void> show(const jira::Screen& screen, std::string_view heading);
  Result<void> copy_values(const jira::Screen& screen);
  /// `told` is the state that the person knows of.
  Result<void> wait_until_done(onboarding::ConsumerState told);
  void tell(const onboarding::ConsumerAnswer& answer);
  [[nodiscard]] tl::unexpected<Error> not_done(onboarding::ConsumerAnswer answer) const;

  Parts parts_;
  const ConsumerFlags& flags_;
};

}  // namespace applink::cli

// Asks first whether there is anything to do, and after all that was done whether it is right.
#include "cli/consumer_setup.h"

#include <string>
#include <thread>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "applink/base/text.h"
#include "cli/clipboard.h"
#include "cli/layout.h"
#include "cli/screen_text.h"

namespace applink::cli {
namespace {

using onboarding::ConsumerAnswer;
using onboarding::ConsumerState;

constexpr std::chrono::seconds usual_pause{3};

/// What somebody with the administrator's screens can mend.
bool is_for_an_administrator(ConsumerState state) {
  return state == ConsumerState::unknown || state == ConsumerState::another_key;
}

std::string listed(const std::vector<std::string>& clauses, std::size_t width) {
  std::string text;
  for (const std::string& clause : clauses) {
    text += fmt::format("\n  - {}", wrapped(terminal_safe(clause), 4, width));
  }
  return text;
}

std::size_t width() {
  return Console::width().value_or(80);
}

}  // namespace

void ConsumerFlags::declare(Arguments& arguments) {
  admin.declare(arguments);
  confirmation.declare(arguments, "do as the plan says, without asking (REST)");
  arguments.flag("--replace-consumer", replace_consumer,
                 "take the place of a consumer that has another key (REST)");
  arguments.flag("--copy", copy, "put each value to paste into the clipboard, one by one");
  arguments.option("--wait", "TIME", wait, "how long to wait for the administrator");
  arguments.option("--every", "TIME", every, "how often to ask meanwhile (3s)");
}

Result<void> ConsumerFlags::check() const {
  TRY(admin.check());
  if (every && *every <= std::chrono::seconds::zero()) {
    return fail(ErrorCode::usage, "--every leaves no time between two questions",
                "for example --every 3s");
  }
  if (admin.are_given() && (copy || wait || every)) {
    return fail(
        ErrorCode::usage,
        fmt::format("{} is for a person at the screens, and REST needs none", copy   ? "--copy"
                                                                              : wait ? "--wait"
                                                                                     : "--every"),
        "leave it out, or the administrator");
  }
  if (replace_consumer && !admin.are_given()) {
    return fail(ErrorCode::usage, "--replace-consumer without an administrator",
                "say who replaces it: --admin-user NAME, or --admin-token-file FILE");
  }
  return {};
}

ConsumerAnswer ConsumerSetup::ask() const {
  return onboarding::ask_for_consumer(parts_.transport, parts_.signer);
}

Result<void> ConsumerSetup::run() {
  auto answer = ask();
  const auto product = jira::product_title(link().product);
  if (answer.state == ConsumerState::ready) {
    console().narrate(fmt::format("{} knows the consumer {}, with this key", product,
                                  parts_.consumer.consumer_key));
    return {};
  }
  if (!is_for_an_administrator(answer.state)) return tl::unexpected(*std::move(answer.error));
  TRY(flags_.admin.are_given() ? by_rest() : by_hand(answer.state));
  console().narrate(fmt::format("{} knows the consumer {} now, with this key", product,
                                parts_.consumer.consumer_key));
  return {};
}

// Over REST.

Result<void> ConsumerSetup::by_rest() {
  TRY_ASSIGN(const auto credentials, flags_.admin.credentials(link(), parts_.context.terminal()));
  const onboarding::Administration administration(parts_.transport, credentials, link());
  TRY_ASSIGN(const auto plan, administration.plan(parts_.consumer));
  TRY(agree(plan));
  TRY(administration.carry_out(plan, parts_.consumer));
  auto answer = ask();
  if (answer.state == ConsumerState::ready) return {};
  return tl::unexpected(*std::move(answer.error));
}

/// Nothing is changed without a yes, and what others may rely on not without one of its own.
Result<void> ConsumerSetup::agree(const onboarding::AdminPlan& plan) {
  if (plan.is_done) return {};
  console().narrate(fmt::format("as {}, at {}:", flags_.admin.who(), link().base_url));
  for (const std::string& step : plan.steps) {
    console().narrate(fmt::format("  - {}", wrapped(step, 4, width())));
  }
  for (const std::string& warning : plan.warnings) console().warn(warning);
  const auto& terminal = parts_.context.terminal();
  if (!plan.replaces_foreign_key) return flags_.confirmation.ask(terminal, "Do this?");
  if (flags_.replace_consumer) return {};
  return terminal.confirm("Replace what is there?", "--replace-consumer");
}

// By hand.

Result<void> ConsumerSetup::copy_values(const jira::Screen& screen) {
  const auto& context = parts_.context;
  for (const jira::ScreenItem& item : screen.items) {
    if (!jira::is_copied(item.doing)) continue;
    TRY(copy_to_clipboard(context.environment(), item.value));
    TRY(parts_.context.terminal().ask(
        fmt::format("{} is in the clipboard: paste it, then press Enter", item.label),
        "leave out --copy"));
  }
  return {};
}

Result<void> ConsumerSetup::show(const jira::Screen& screen, std::string_view heading) {
  console().insist(fmt::format("\n{}: {}", heading, screen.title));
  console().insist(text_of(screen, width()));
  return flags_.copy ? copy_values(screen) : Result<void>{};
}

Result<void> ConsumerSetup::by_hand(ConsumerState state) {
  const auto product = jira::product_title(link().product);
  console().insist(wrapped(
      fmt::format("Now an administrator of {} makes the link there, at {}. For another person: "
                  "\"applink link bundle {}\" writes all of this into one file.",
                  product, link().base_url, link().name),
      0, width()));
  if (!parts_.screens.unconfirmed.empty()) console().warn(parts_.screens.unconfirmed);
  if (state == ConsumerState::another_key) {
    console().insist(fmt::format("{} knows the consumer {}, and has another key of it:{}", product,
                                 parts_.consumer.consumer_key,
                                 listed(jira::why_another_key(), width())));
    TRY(show(parts_.screens.check, "To mend it"));
    return wait_until_done(state);
  }
  const auto& screens = parts_.screens.screens;
  for (std::size_t i = 0; i < screens.size(); ++i) {
    TRY(show(screens[i], fmt::format("Screen {} of {}", i + 1, screens.size())));
    const bool is_last = i + 1 == screens.size();
    if (is_last || flags_.copy || !parts_.context.terminal().can_ask()) continue;
    TRY(parts_.context.terminal().ask("Press Enter for the next screen.", "--no-input"));
  }
  return wait_until_done(state);
}

/// Each state once: the administrator sees what the last change did.
void ConsumerSetup::tell(const ConsumerAnswer& answer) {
  if (answer.state == ConsumerState::another_key) {
    console().insist(
        fmt::format("{} knows the consumer {} now, and has another key of it; look again at {}:{}",
                    jira::product_title(link().product), parts_.consumer.consumer_key,
                    parts_.screens.check.title, listed(jira::why_another_key(), width())));
  } else if (answer.state != ConsumerState::unknown) {
    console().warn(*answer.error);
  }
}

tl::unexpected<Error> ConsumerSetup::not_done(ConsumerAnswer answer) const {
  const auto product = jira::product_title(link().product);
  if (answer.state == ConsumerState::unknown) {
    return fail(ErrorCode::refused,
                fmt::format("{} does not know the consumer {} yet; if its administrator is "
                            "done:{}",
                            product, parts_.consumer.consumer_key,
                            listed(jira::why_unknown(parts_.consumer), width())),
                fmt::format("when it is made, go on with: applink onboard {}", link().name));
  }
  if (answer.state == ConsumerState::another_key) {
    return fail(
        ErrorCode::refused,
        fmt::format("{} has another key of the consumer {}", product, parts_.consumer.consumer_key),
        fmt::format("when it is mended, go on with: applink onboard {}", link().name));
  }
  return tl::unexpected(*std::move(answer.error));
}

Result<void> ConsumerSetup::wait_until_done(ConsumerState told) {
  using Clock = std::chrono::steady_clock;
  const auto pause = flags_.every.value_or(usual_pause);
  const bool is_endless = !flags_.wait && parts_.context.terminal().can_ask();
  const auto end = Clock::now() + flags_.wait.value_or(std::chrono::seconds::zero());
  if (is_endless || flags_.wait) {
    console().narrate(wrapped(
        fmt::format("Waiting until {} knows the consumer {}; Ctrl-C ends it, and \"applink onboard "
                    "{}\" goes on.",
                    jira::product_title(link().product), parts_.consumer.consumer_key, link().name),
        0, width()));
  }
  for (;;) {
    auto answer = ask();
    if (answer.state == ConsumerState::ready) return {};
    if (answer.state != told) tell(answer);
    told = answer.state;
    if (!is_endless && Clock::now() + pause > end) return not_done(std::move(answer));
    std::this_thread::sleep_for(pause);
  }
}

}  // namespace applink::cli

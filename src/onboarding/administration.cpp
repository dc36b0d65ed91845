// Reads first, says what it will do, then does that.
#include "applink/onboarding/administration.h"

#include <utility>

#include <fmt/format.h>

#include "applink/base/text.h"

namespace applink::onboarding {
namespace {

void plan_new(AdminPlan& plan, const jira::IncomingConsumer& consumer,
              const jira::ApplicationLink& link) {
  if (!plan.entry) {
    plan.steps.push_back(fmt::format("make the application link \"{}\" ({}) in {}",
                                     consumer.application_name, consumer.application_url,
                                     jira::product_title(link.product)));
  }
  plan.steps.push_back(fmt::format("set its incoming consumer {} with this public key",
                                   terminal_safe(consumer.consumer_key)));
}

void plan_replacement(AdminPlan& plan, const jira::IncomingConsumer& consumer,
                      const jira::ApplicationLink& link) {
  const jira::RemoteConsumer& before = *plan.before;
  plan.replaces_foreign_key = true;
  if (before.key == consumer.consumer_key) {
    plan.steps.push_back(
        fmt::format("replace the public key of the consumer {} in the application link \"{}\"",
                    terminal_safe(before.key), terminal_safe(plan.entry->name)));
    plan.warnings.push_back("whoever signs with the old key is refused from then on");
  } else {
    plan.steps.push_back(fmt::format("put the consumer {} in the place of {} in the link \"{}\"",
                                     terminal_safe(consumer.consumer_key),
                                     terminal_safe(before.key), terminal_safe(plan.entry->name)));
    plan.warnings.push_back(fmt::format(
        "the consumer {} and its tokens stay valid in {}, without an entry that shows them",
        terminal_safe(before.key), jira::product_title(link.product)));
  }
  if (before.two_legged || before.impersonation) {
    plan.warnings.emplace_back(
        "2-legged OAuth is switched off by it: this interface cannot set it, the screen can");
  }
}

void warn_of_two_legged(AdminPlan& plan, const jira::ApplicationLink& link) {
  if (link.two_legged == jira::TwoLegged::no) return;
  plan.warnings.emplace_back(
      "this link makes calls without a user, and this interface cannot allow them: tick \"Allow "
      "2-Legged OAuth\" on the screen Incoming Authentication afterwards");
}

}  // namespace

Result<http::Response> Administration::ask(Result<http::Request> request) const {
  if (!request) return tl::unexpected(std::move(request).error());
  return transport_->send(jira::with_credentials(*std::move(request), *credentials_));
}

Result<std::optional<jira::RemoteConsumer>> Administration::consumer_of(
    const jira::RemoteLink& entry) const {
  TRY_ASSIGN(const auto response, ask(jira::get_consumer(*link_, entry.id)));
  TRY_ASSIGN(auto consumers, jira::consumers_in(response, *link_));
  if (consumers.empty()) return std::nullopt;
  return std::move(consumers.front());
}

/// Whoever owns the consumer key comes before whoever has the URL.
Result<std::optional<Administration::Owned>> Administration::find(
    const jira::IncomingConsumer& consumer) const {
  TRY_ASSIGN(const auto response, ask(jira::list_links(*link_)));
  TRY_ASSIGN(const auto entries, jira::links_in(response, *link_));
  std::optional<Owned> ours;
  for (const jira::RemoteLink& entry : entries) {
    TRY_ASSIGN(auto there, consumer_of(entry));
    if (there && there->key == consumer.consumer_key) return Owned{entry, std::move(there)};
    if (entry.rpc_url == consumer.application_url) ours = Owned{entry, std::move(there)};
  }
  return ours;
}

Result<std::optional<jira::RemoteLink>> Administration::find_entry(
    const jira::IncomingConsumer& consumer) const {
  TRY_ASSIGN(auto owned, find(consumer));
  if (!owned) return std::nullopt;
  return std::move(owned->entry);
}

Result<AdminPlan> Administration::plan(const jira::IncomingConsumer& consumer) const {
  TRY_ASSIGN(auto owned, find(consumer));
  AdminPlan plan;
  if (owned) {
    plan.entry = std::move(owned->entry);
    plan.before = std::move(owned->consumer);
  }
  plan.is_done = plan.before && plan.before->key == consumer.consumer_key &&
                 jira::same_public_key(plan.before->public_key, consumer.public_key);
  if (plan.is_done) return plan;
  if (plan.before) {
    plan_replacement(plan, consumer, *link_);
  } else {
    plan_new(plan, consumer, *link_);
  }
  warn_of_two_legged(plan, *link_);
  return plan;
}

Result<std::string> Administration::entry_id(const AdminPlan& plan,
                                             const jira::IncomingConsumer& consumer) const {
  if (plan.entry) return plan.entry->id;
  TRY_ASSIGN(const auto response, ask(jira::create_link(*link_, consumer)));
  return jira::created_link_in(response, *link_);
}

Result<void> Administration::carry_out(const AdminPlan& plan,
                                       const jira::IncomingConsumer& consumer) const {
  if (plan.is_done) return {};
  TRY_ASSIGN(const auto id, entry_id(plan, consumer));
  TRY_ASSIGN(const auto response, ask(jira::put_consumer(*link_, id, consumer, plan.before)));
  return jira::done_in(response, *link_);
}

Result<void> Administration::remove(const jira::RemoteLink& entry) const {
  TRY_ASSIGN(const auto response, ask(jira::delete_link(*link_, entry.id)));
  return jira::done_in(response, *link_);
}

}  // namespace applink::onboarding

// The flags --user and --impersonate, and what they mean for a link.
#include "cli/speaker.h"

#include <fmt/format.h>

#include "applink/jira/endpoints.h"
#include "cli/token_choice.h"
#include "cli/token_state.h"

namespace applink::cli {
namespace {

/// What would not be proven is not begun.
Result<void> check_impersonation(const SpeakerFlags& flags, const jira::ApplicationLink& link) {
  if (flags.impersonated->empty()) {
    return fail(ErrorCode::usage, "--impersonate names no user", "--impersonate USER");
  }
  if (flags.user_label) {
    return fail(ErrorCode::usage, "--user and --impersonate exclude each other",
                "--user LABEL takes a token of that user, --impersonate USER needs none");
  }
  if (link.two_legged == jira::TwoLegged::no) {
    return fail(ErrorCode::usage,
                fmt::format("the link {} makes no calls without a user's token", link.name),
                fmt::format("if {} allows this client to impersonate: applink link set {} "
                            "--two-legged",
                            jira::provider_word(link), link.name));
  }
  if (jira::says_who_is_logged_in(link)) return {};
  return fail(ErrorCode::usage,
              fmt::format("nothing at {} is known to prove whom a call runs as", link.base_url),
              fmt::format("applink link set {} --identity-url URL", link.name));
}

}  // namespace

void SpeakerFlags::declare(Arguments& arguments) {
  arguments.option("-u,--user", "LABEL", user_label, "whose token, as login --user said");
  arguments.option("--impersonate", "USER", impersonated,
                   "call as this user, without a token: two-legged");
}

Result<std::optional<oauth1::TokenCredentials>> token_for_call(Context& context,
                                                               const jira::ApplicationLink& link,
                                                               const SpeakerFlags& flags) {
  if (flags.impersonated) {
    TRY(check_impersonation(flags, link));
    return std::nullopt;
  }
  if (link.two_legged == jira::TwoLegged::yes && !flags.user_label) return std::nullopt;
  TRY_ASSIGN(store::Vault* const vault, context.vault());
  TRY_ASSIGN(const auto token, token_of(*vault, link, flags.label()));
  if (const auto caution = word_of_caution(token, context.clock().now())) {
    context.console().warn(*caution);
  }
  return token.credentials.copy();
}

}  // namespace applink::cli

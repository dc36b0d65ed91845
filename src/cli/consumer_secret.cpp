// Reads the consumer secret from where the flags say.
#include "cli/consumer_secret.h"

#include <fmt/format.h>

namespace applink::cli {
namespace {

Result<void> check_flags(const LinkFlags& flags, const jira::ApplicationLink& link) {
  if (!flags.secret().is_given() && !flags.asks_for_secret()) return {};
  if (flags.secret().is_given() && flags.asks_for_secret()) {
    return fail(ErrorCode::usage,
                fmt::format("--consumer-secret asks, and {} answers", flags.secret().given_flag()),
                "say one of the two");
  }
  if (!jira::signs_with_key(link)) return {};
  return fail(ErrorCode::usage,
              fmt::format("{} signs with a key, and not with a consumer secret",
                          oauth1::to_string(link.signature_method)),
              "choose a method that does: --signature-method HMAC-SHA256");
}

}  // namespace

Result<std::optional<Secret>> consumer_secret(const LinkFlags& flags,
                                              const jira::ApplicationLink& link, KeptSecret kept,
                                              Context& context) {
  TRY(check_flags(flags, link));
  const bool brought = flags.secret().is_given() || flags.asks_for_secret();
  const bool wanted = !jira::signs_with_key(link) && kept == KeptSecret::none;
  if (!brought && !wanted) return std::nullopt;
  TRY_ASSIGN(Secret secret,
             flags.secret().read(context.terminal(),
                                 fmt::format("Consumer secret of {}:", link.consumer_key)));
  TRY(jira::check_consumer_secret(secret.reveal()));
  return secret;
}

}  // namespace applink::cli

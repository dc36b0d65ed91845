#include "cli/consumer_secret.h"

#include <fmt/format.h>

#include "cli/input.h"

namespace applink::cli {
namespace {

constexpr std::size_t largest_file = std::size_t{64} << 10;

Result<void> check_flags(const LinkFlags& flags, const jira::ApplicationLink& link) {
  if (!flags.secret_file() && !flags.asks_for_secret()) return {};
  if (flags.secret_file() && flags.asks_for_secret()) {
    return fail(ErrorCode::usage, "--consumer-secret asks, and --consumer-secret-file answers",
                "say one of the two");
  }
  if (!jira::signs_with_key(link)) return {};
  return fail(ErrorCode::usage,
              fmt::format("{} signs with a key, and not with a consumer secret",
                          oauth1::to_string(link.signature_method)),
              "choose a method that does: --signature-method HMAC-SHA256");
}

Result<Secret> read(const LinkFlags& flags, const jira::ApplicationLink& link, Context& context) {
  if (flags.secret_file()) return read_secret_line(*flags.secret_file(), largest_file);
  return context.terminal().ask_secret(fmt::format("Consumer secret of {}:", link.consumer_key),
                                       "--consumer-secret-file FILE");
}

}  // namespace

Result<std::optional<Secret>> consumer_secret(const LinkFlags& flags,
                                              const jira::ApplicationLink& link, KeptSecret kept,
                                              Context& context) {
  TRY(check_flags(flags, link));
  const bool brought = flags.secret_file() || flags.asks_for_secret();
  const bool wanted = !jira::signs_with_key(link) && kept == KeptSecret::none;
  if (!brought && !wanted) return std::nullopt;
  TRY_ASSIGN(Secret secret, read(flags, link, context));
  TRY(jira::check_consumer_secret(secret.reveal()));
  return secret;
}

}  // namespace applink::cli

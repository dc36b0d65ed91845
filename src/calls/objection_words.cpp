// A name for programs, and a sentence for people.
#include "calls/objection_words.h"

#include <cstdlib>

#include <fmt/format.h>

#include "applink/base/number.h"

namespace applink::calls {
namespace {

using oauth1::Objection;

std::string_view name_of(Objection objection) {
  switch (objection) {
    case Objection::malformed_request:
      return "malformed request";
    case Objection::missing_parameter:
      return "missing parameter";
    case Objection::repeated_parameter:
      return "repeated parameter";
    case Objection::unsupported_signature_method:
      return "unsupported signature method";
    case Objection::insecure_transport:
      return "insecure transport";
    case Objection::unsupported_version:
      return "unsupported version";
    case Objection::bad_timestamp:
      return "bad timestamp";
    case Objection::stale_timestamp:
      return "stale timestamp";
    case Objection::misplaced_body_hash:
      return "misplaced body hash";
    case Objection::unknown_client:
      return "unknown client";
    case Objection::unknown_token:
      return "unknown token";
    case Objection::used_nonce:
      return "used nonce";
    case Objection::bad_body_hash:
      return "bad body hash";
    case Objection::bad_signature:
      break;
  }
  return "bad signature";
}

std::string length_of(std::chrono::seconds span) {
  using days = std::chrono::duration<std::int64_t, std::ratio<86400>>;
  const auto count = [span](auto unit) {
    return std::chrono::duration_cast<decltype(unit)>(span).count();
  };
  if (span < std::chrono::minutes(10)) return fmt::format("{} seconds", span.count());
  if (span < std::chrono::hours(3)) return fmt::format("{} minutes", count(std::chrono::minutes()));
  if (span < days(3)) return fmt::format("{} hours", count(std::chrono::hours()));
  return fmt::format("{} days", count(days()));
}

std::string words_on_time(const std::string& timestamp, const JudgeOptions& options) {
  const Timestamp sent{std::chrono::seconds(number_in<std::int64_t>(timestamp).value_or(0))};
  const bool early = sent < options.now;
  const auto span = early ? options.now - sent : sent - options.now;
  return fmt::format("the timestamp {} is {} {}: servers take what is within {} seconds", timestamp,
                     length_of(span), early ? "old" : "in the future", options.tolerance.count());
}

std::string words_on(Objection objection, const std::string& detail, const JudgeOptions& options) {
  switch (objection) {
    case Objection::malformed_request:
      return detail;
    case Objection::missing_parameter:
      return fmt::format("the parameter {} is missing", detail);
    case Objection::repeated_parameter:
      return fmt::format("the parameter {} is there more than once", detail);
    case Objection::unsupported_signature_method:
      return fmt::format("the signature method is \"{}\", which what was given here does not check",
                         detail);
    case Objection::insecure_transport:
      return "PLAINTEXT without TLS shows the secrets to everybody on the way";
    case Objection::unsupported_version:
      return fmt::format("oauth_version is \"{}\" and not \"1.0\"", detail);
    case Objection::bad_timestamp:
      return fmt::format("the timestamp \"{}\" is not a positive number of seconds", detail);
    case Objection::stale_timestamp:
      return words_on_time(detail, options);
    case Objection::misplaced_body_hash:
      return "oauth_body_hash has no place beside a form, whose parameters are signed";
    case Objection::unknown_client:
      return fmt::format("the consumer key is \"{}\" and not \"{}\"", detail,
                         options.client_identifier.value_or(""));
    case Objection::unknown_token:
      return "the token is not known";
    case Objection::used_nonce:
      return "the nonce was used before";
    case Objection::bad_body_hash:
      return "oauth_body_hash is not that of the body";
    case Objection::bad_signature:
      break;
  }
  return "the signature is wrong";
}

}  // namespace

Finding finding_of(const oauth1::Refusal& refusal, const JudgeOptions& options) {
  return {std::string(name_of(refusal.objection)),
          words_on(refusal.objection, refusal.detail, options)};
}

}  // namespace applink::calls

// Reads the refusal of a request token.
#include "applink/onboarding/consumer_state.h"

#include <utility>

#include "applink/handshake/handshake.h"
#include "applink/oauth1/base_string_diff.h"
#include "applink/oauth1/problem.h"
#include "http/recording_transport.h"

namespace applink::onboarding {
namespace {

/// The very same text under another key is another key; anything else was changed on the way.
ConsumerState state_of_signature(const http::Exchange& exchange, const oauth1::Problem& problem,
                                 const jira::ApplicationLink& link) {
  const auto theirs = problem.find("oauth_signature_base_string");
  if (!theirs) return ConsumerState::another_key;
  const auto differences = oauth1::base_string_differences(
      exchange.request, signing::form_body_rule(link.product), *theirs);
  return differences && differences->empty() ? ConsumerState::another_key
                                             : ConsumerState::seen_otherwise;
}

ConsumerState state_of(const http::Exchange& exchange, const jira::ApplicationLink& link) {
  const auto problem = oauth1::problem_of(exchange.response);
  if (!problem) {
    return exchange.response.status == 401 ? ConsumerState::refused : ConsumerState::unreachable;
  }
  if (problem->name == "consumer_key_unknown") return ConsumerState::unknown;
  if (problem->name == "signature_invalid") return state_of_signature(exchange, *problem, link);
  if (problem->name == "timestamp_refused") return ConsumerState::clock_differs;
  return ConsumerState::refused;
}

}  // namespace

ConsumerAnswer ask_for_consumer(http::Transport& transport, const signing::RequestSigner& signer) {
  http::RecordingTransport recorded(transport, 1);
  auto credentials = handshake::Handshake(recorded, signer).begin(handshake::oob);
  if (credentials) return {ConsumerState::ready, std::nullopt};
  const auto exchanges = recorded.exchanges();
  const ConsumerState state =
      exchanges.empty() ? ConsumerState::unreachable : state_of(exchanges.back(), signer.link());
  return {state, std::move(credentials).error()};
}

}  // namespace applink::onboarding

// The sentences of a bundle.
#include "onboarding/bundle_words.h"

#include <fmt/format.h>

namespace applink::onboarding {

std::string title_of(const Bundle& bundle) {
  return fmt::format("An application link in {} for {}", jira::product_title(bundle.link.product),
                     bundle.consumer.consumer_key);
}

std::string purpose_of(const Bundle& bundle) {
  return fmt::format(
      "Whoever sent you this asks you, as an administrator of {}, to make the incoming side of an "
      "application link. A program that knows itself as {} may then ask your users whether it may "
      "act for them; it can do nothing before one of them presses Allow. You need a browser and "
      "five minutes. Nothing in here is secret.",
      bundle.link.base_url, bundle.consumer.consumer_key);
}

std::string why_to_compare(const Bundle& bundle) {
  return fmt::format(
      "Whoever could change this text on its way could have put another key into it. Ask the "
      "sender, by telephone or in person, for the SHA-256 of the public key. There, the command "
      "applink key show {} prints it; here it is:",
      bundle.link.key_name);
}

std::string spoken(std::string_view fingerprint) {
  constexpr std::size_t group = 4;
  std::string text;
  for (std::size_t i = 0; i < fingerprint.size(); ++i) {
    if (i > 0 && i % group == 0) text += ' ';
    text += fingerprint[i];
  }
  return text;
}

std::string what_comes_then(const Bundle& bundle) {
  return fmt::format(
      "Tell the sender that the link is made. There, it goes on with: applink onboard {}",
      bundle.link.name);
}

}  // namespace applink::onboarding

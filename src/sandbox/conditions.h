// What a node of the product knows while it looks at a request: its clock, its consumers and their
// keys, each as a mishap may have bent it.
#pragma once

#include <string_view>

#include "applink/base/clock.h"
#include "sandbox/incoming.h"
#include "sandbox/nonce_log.h"
#include "sandbox/site.h"

namespace applink::sandbox {

/// The product's clock, which need not be right.
Timestamp clock_of(const Site& site, const Struck& struck);

/// Null where the node knows no such consumer.
const Consumer* known_consumer(const Site& site, const Incoming& incoming, std::string_view key);

/// The key that the signature has to fit; null: no signature fits. `token` is empty where the
/// consumer is read without one.
PublicKey key_of(Site& site, const Incoming& incoming, const Consumer& consumer,
                 std::string_view token);

/// Nodes share no nonces.
NonceLog& nonces_of(Site& site, const Incoming& incoming);

}  // namespace applink::sandbox

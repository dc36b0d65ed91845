// What a login needs in a vault before it begins.
#pragma once

#include <chrono>
#include <utility>

#include <gtest/gtest.h>

#include "applink/base/clock.h"
#include "applink/crypto/certificate.h"
#include "applink/store/vault.h"
#include "support/signed_requests.h"

namespace applink::test {

/// The test key under the name "hubkey", and `link`, which signs with it.
inline void stock(store::Vault& vault, const Clock& clock,
                  const jira::ApplicationLink& link = jira_link()) {
  auto key = private_key();
  auto certificate =
      crypto::self_signed_certificate(key, "hub", clock.now(), std::chrono::days(3650));
  EXPECT_TRUE(vault.add_key({"hubkey", std::move(key), certificate.value().to_pem(), clock.now()}));
  EXPECT_TRUE(vault.add_link(link));
}

}  // namespace applink::test

// A vault in memory that holds at the end what was put into it.
#pragma once

#include <memory>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "applink/store/vault.h"
#include "store/samples.h"

namespace applink::store {

class VaultTest : public ::testing::Test {
 protected:
  VaultTest() {
    auto sealed = std::make_unique<SealedRecords>(
        std::make_unique<MemoryRecords>(), crypto::SealingKey::random(), clock, "alice@host");
    EXPECT_TRUE(sealed->create());
    vault = std::make_unique<Vault>(std::move(sealed), StoreLocation{});
  }
  ~VaultTest() override { EXPECT_THAT(*vault->check(), ::testing::IsEmpty()); }

  test::FixedClock clock{1'795'555'587};
  std::unique_ptr<Vault> vault;
};

}  // namespace applink::store

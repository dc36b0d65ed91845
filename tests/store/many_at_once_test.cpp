// Several vaults on one store: in one process, and in many.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "store/samples.h"
#include "support/processes.h"

namespace applink::store {
namespace {

using test::sample_key;
using test::sample_link;
using test::sample_token;
using ::testing::IsEmpty;

TEST(ManyAtOnce, TwoVaultsSeeEachOthersChanges) {
  const test::StorePlace place;
  const auto one = place.open();
  const auto two = place.open();
  ASSERT_TRUE(one && two);
  test::fill(**one);
  EXPECT_EQ((*two)->link("prod"), sample_link());
  auto changed = sample_link();
  changed.realm = "realm";
  ASSERT_TRUE((*two)->replace_link(sample_link(), changed));
  EXPECT_EQ((*one)->replace_link(sample_link(), changed).error().code, ErrorCode::conflict);
  EXPECT_EQ((*one)->link("prod"), changed);
  EXPECT_THAT(*(*one)->check(), IsEmpty());
}

TEST(ManyAtOnce, ProcessesThatMakeTheStoreAtOnceEndWithOne) {
  const test::StorePlace place;
  constexpr int processes = 8;
  EXPECT_EQ(processes, test::run_at_once(processes, [&](int number) {
              const auto vault = place.open();
              return vault && (*vault)->add_key(sample_key("key" + std::to_string(number)));
            }));
  const auto vault = place.open();
  ASSERT_TRUE(vault);
  EXPECT_FALSE((*vault)->notice());
  EXPECT_EQ((*vault)->keys()->size(), static_cast<std::size_t>(processes));
  EXPECT_THAT(*(*vault)->check(), IsEmpty());
}

TEST(ManyAtOnce, EveryAcknowledgedWriteOfManyProcessesIsThere) {
  const test::StorePlace place;
  make_filled_store(place);
  constexpr int processes = 8;
  constexpr int tokens = 5;
  EXPECT_EQ(processes, test::run_at_once(processes, [&](int number) {
              for (int i = 0; i < tokens; ++i) {
                const auto vault = place.open();
                const std::string label = fmt::format("user{}-{}", number, i);
                if (!vault || !(*vault)->put_token(sample_link(), sample_token("prod", label)) ||
                    !(*vault)->put_token(sample_link(), sample_token("prod", "shared")) ||
                    !*(*vault)->find_token(sample_link(), label)) {
                  return false;
                }
              }
              return true;
            }));
  const auto vault = place.open();
  ASSERT_TRUE(vault);
  EXPECT_EQ((*vault)->tokens()->size(), 2U + processes * tokens);
  EXPECT_EQ((*vault)->info()->events, 5U + 2 * processes * tokens);
  EXPECT_THAT(*(*vault)->check(), IsEmpty());
}

TEST(ManyAtOnce, OfTwoThatReplaceTheSameLinkOneHearsOfTheConflict) {
  const test::StorePlace place;
  make_filled_store(place);
  constexpr int processes = 6;
  EXPECT_EQ(1, test::run_at_once(processes, [&](int number) {
              auto changed = sample_link();
              changed.realm = std::to_string(number);
              const auto vault = place.open();
              const auto replaced = (*vault)->replace_link(sample_link(), changed);
              if (!replaced && replaced.error().code != ErrorCode::conflict) std::abort();
              return replaced.has_value();
            }));
}

TEST(ManyAtOnce, ReadersAreNotHeldUpByAWriter) {
  const test::StorePlace place;
  make_filled_store(place);
  EXPECT_EQ(4, test::run_at_once(4, [&](int number) {
              const auto vault = place.open();
              for (int i = 0; vault && i < 20; ++i) {
                const bool good =
                    number == 0 ? (*vault)->put_token(sample_link(), sample_token()).has_value()
                                : (*vault)->tokens().has_value() && (*vault)->tokens()->size() == 1;
                if (!good) return false;
              }
              return vault.has_value();
            }));
}

}  // namespace
}  // namespace applink::store

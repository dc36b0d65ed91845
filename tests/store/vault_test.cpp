// What holds for all kinds of records: names, the account of what is there and what happened.
#include <gmock/gmock.h>

#include "store/vault_fixture.h"

namespace applink::store {
namespace {

using test::sample_key;
using test::sample_link;
using test::sample_login;
using test::sample_time;
using test::sample_token;
using ::testing::HasSubstr;

TEST_F(VaultTest, NamesAreChecked) {
  EXPECT_FALSE(vault->add_key(sample_key("../x")));
  EXPECT_FALSE(vault->add_key(sample_key("")));
  test::fill(*vault);
  EXPECT_FALSE(vault->add_link(sample_link("a/b")));
  EXPECT_FALSE(vault->put_token(sample_link(), sample_token("prod", "a/b")));
  EXPECT_FALSE(vault->put_token(sample_link(), sample_token("prod", "\x1b[2J")));
  EXPECT_FALSE(vault->find_token(sample_link("prod/a"), "b"));
  EXPECT_FALSE(vault->put_pending_login(sample_link(), sample_login("prod", "")));
}

TEST_F(VaultTest, UnknownNamesGetTheNearestAsHint) {
  test::fill(*vault);
  const auto link = vault->link("prdo");
  ASSERT_FALSE(link);
  EXPECT_EQ(link.error().message, "there is no link \"prdo\"");
  EXPECT_EQ(link.error().hint, "did you mean \"prod\"?");
  EXPECT_EQ(vault->key("hubkye").error().hint, "did you mean \"hubkey\"?");
  EXPECT_THAT(vault->link("entirely-different").error().hint, HasSubstr("applink link list"));
  EXPECT_EQ(vault->link("\x1b[2J").error().message, "there is no link \"\\x1b[2J\"");
  EXPECT_EQ(vault->remove_token("prod", "defualt").error().hint, "did you mean \"prod/default\"?");
  EXPECT_FALSE(vault->remove_link("prdo"));
  EXPECT_FALSE(vault->remove_key("hubkye"));
  EXPECT_FALSE(vault->set_default_link("prdo"));
  EXPECT_FALSE(vault->replace_link(sample_link("prdo"), sample_link("prdo")));
}

TEST_F(VaultTest, TellsWhatItIs) {
  test::fill(*vault);
  ASSERT_TRUE(vault->put_pending_login(sample_link(), sample_login()));
  const auto info = vault->info();
  ASSERT_TRUE(info);
  EXPECT_EQ(info->format_version, 2);
  EXPECT_EQ(info->unlock_method, "");  // nothing seals these records to anything
  EXPECT_EQ(info->created, sample_time);
  EXPECT_EQ(info->keys, 1U);
  EXPECT_EQ(info->links, 1U);
  EXPECT_EQ(info->tokens, 1U);
  EXPECT_EQ(info->pending_logins, 1U);
  EXPECT_EQ(info->events, 5U);
  EXPECT_FALSE(info->read_only);
}

TEST_F(VaultTest, TellsWhatHappened) {
  test::fill(*vault);
  ASSERT_TRUE(vault->set_default_link("prod"));
  clock.advance(std::chrono::hours(1));
  ASSERT_TRUE(vault->remove_token("prod", "default"));
  const auto events = vault->events();
  ASSERT_TRUE(events);
  ASSERT_EQ(events->size(), 6U);
  EXPECT_EQ((*events)[0].kind, RecordKind::store);
  EXPECT_EQ((*events)[1].kind, RecordKind::key);
  EXPECT_EQ((*events)[1].name, "hubkey");
  EXPECT_EQ((*events)[4].kind, RecordKind::setting);
  const Event& last = events->back();
  EXPECT_EQ(last.number, 6U);
  EXPECT_EQ(last.kind, RecordKind::token);
  EXPECT_EQ(last.change, Change::removed);
  EXPECT_EQ(last.name, "prod");
  EXPECT_EQ(last.user_label, "default");
  EXPECT_EQ(last.who, "alice@host");
  EXPECT_EQ(last.time, sample_time + std::chrono::hours(1));
}

TEST_F(VaultTest, WhatFailsInTheMiddleLeavesNoEvent) {
  test::fill(*vault);
  const auto before = vault->info()->events;
  EXPECT_FALSE(vault->remove_key("hubkey"));
  EXPECT_FALSE(vault->add_link(sample_link()));
  EXPECT_FALSE(vault->put_token(sample_link("nowhere"), sample_token("nowhere")));
  EXPECT_EQ(vault->info()->events, before);
}

}  // namespace
}  // namespace applink::store

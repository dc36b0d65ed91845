#include "applink/store/vault.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "applink/base/encoding.h"
#include "store/codec.h"
#include "store/samples.h"

namespace applink::store {
namespace {

using test::sample_key;
using test::sample_link;
using test::sample_login;
using test::sample_time;
using test::sample_token;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class VaultTest : public ::testing::Test {
 protected:
  VaultTest() {
    auto sealed = std::make_unique<SealedRecords>(
        std::make_unique<MemoryRecords>(), crypto::SealingKey::random(), clock, "alice@host");
    EXPECT_TRUE(sealed->create());
    vault = std::make_unique<Vault>(std::move(sealed), StoreLocation{});
  }
  ~VaultTest() override { EXPECT_THAT(*vault->check(), IsEmpty()); }

  test::FixedClock clock{1'795'555'587};
  std::unique_ptr<Vault> vault;
};

TEST_F(VaultTest, KeepsKeys) {
  ASSERT_TRUE(vault->add_key(sample_key("b")));
  ASSERT_TRUE(vault->add_key(sample_key("a")));
  const auto key = vault->key("a");
  ASSERT_TRUE(key);
  EXPECT_EQ(encode(*key), encode(sample_key("a")));
  const auto keys = vault->keys();
  ASSERT_TRUE(keys);
  ASSERT_EQ(keys->size(), 2U);
  EXPECT_EQ((*keys)[0].name, "a");
  EXPECT_EQ((*keys)[0].bits, 2048);
  EXPECT_EQ((*keys)[0].fingerprint_hex,
            hex_encode(sample_key().private_key.public_key().spki_fingerprint()));
  EXPECT_EQ((*keys)[0].created, sample_time);
  EXPECT_EQ((*keys)[0].certificate_not_after,
            crypto::Certificate::from_pem(sample_key().certificate_pem)->not_after());
  ASSERT_TRUE(vault->remove_key("a"));
  EXPECT_FALSE(vault->key("a"));
}

TEST_F(VaultTest, AKeyWhoseNameIsTakenIsAConflict) {
  ASSERT_TRUE(vault->add_key(sample_key()));
  const auto again = vault->add_key(sample_key());
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().code, ErrorCode::conflict);
  EXPECT_EQ(again.error().message, "there is a key \"hubkey\" already");
}

TEST_F(VaultTest, NamesAreChecked) {
  EXPECT_FALSE(vault->add_key(sample_key("../x")));
  EXPECT_FALSE(vault->add_key(sample_key("")));
  test::fill(*vault);
  EXPECT_FALSE(vault->add_link(sample_link("a/b")));
  EXPECT_FALSE(vault->put_token(sample_link(), sample_token("prod", "a/b")));
  EXPECT_FALSE(vault->put_token(sample_link(), sample_token("prod", "\x1b[2J")));
  EXPECT_FALSE(vault->find_token("prod/a", "b"));
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

TEST_F(VaultTest, ALinkNeedsItsKey) {
  EXPECT_EQ(vault->add_link(sample_link()).error().message, "there is no key \"hubkey\"");
  EXPECT_TRUE(vault->links()->empty());
  test::fill(*vault);
  auto changed = sample_link();
  changed.key_name = "hubkey2";
  EXPECT_EQ(vault->replace_link(sample_link(), changed).error().hint, "did you mean \"hubkey\"?");
  EXPECT_EQ(vault->link("prod"), sample_link());
}

TEST_F(VaultTest, AKeyInUseIsNotRemoved) {
  test::fill(*vault);
  const auto removed = vault->remove_key("hubkey");
  ASSERT_FALSE(removed);
  EXPECT_EQ(removed.error().message, "the link \"prod\" signs with the key \"hubkey\"");
  EXPECT_THAT(removed.error().hint, HasSubstr("applink link set prod --key"));
  ASSERT_TRUE(vault->remove_link("prod"));
  EXPECT_TRUE(vault->remove_key("hubkey"));
}

TEST_F(VaultTest, KeepsLinksInTheOrderOfTheirNames) {
  ASSERT_TRUE(vault->add_key(sample_key()));
  ASSERT_TRUE(vault->add_link(sample_link("b")));
  ASSERT_TRUE(vault->add_link(sample_link("a")));
  EXPECT_EQ(*vault->links(), (std::vector{sample_link("a"), sample_link("b")}));
  EXPECT_EQ(vault->add_link(sample_link("a")).error().code, ErrorCode::conflict);
}

TEST_F(VaultTest, ALinkThatIsNotFitToBeKeptIsRefused) {
  test::fill(*vault);
  auto link = sample_link("bad");
  link.base_url = "ftp://jira.example.com";
  EXPECT_FALSE(vault->add_link(link));
  link.name = "prod";
  EXPECT_FALSE(vault->replace_link(sample_link(), link));
  EXPECT_EQ(*vault->links(), std::vector{sample_link()});
}

TEST_F(VaultTest, ReplacesALinkThatIsAsItWasRead) {
  test::fill(*vault);
  auto changed = sample_link();
  changed.consumer_key = "other";
  ASSERT_TRUE(vault->replace_link(sample_link(), changed));
  EXPECT_EQ(vault->link("prod"), changed);
  const auto late = vault->replace_link(sample_link(), sample_link());
  ASSERT_FALSE(late);
  EXPECT_EQ(late.error().code, ErrorCode::conflict);
  EXPECT_EQ(vault->link("prod"), changed);
  EXPECT_EQ(vault->replace_link(changed, sample_link("other")).error().code, ErrorCode::usage);
}

TEST_F(VaultTest, ALinkToSomebodyElseLosesItsTokensAndLogins) {
  test::fill(*vault);
  ASSERT_TRUE(vault->add_link(sample_link("prod2")));
  ASSERT_TRUE(vault->put_token(sample_link("prod2"), sample_token("prod2")));
  auto elsewhere = sample_link();
  elsewhere.base_url = "https://other.example.com";
  auto other_client = sample_link();
  other_client.consumer_key = "other";
  for (const auto& changed : {elsewhere, other_client}) {
    ASSERT_TRUE(vault->put_token(sample_link(), sample_token()));
    ASSERT_TRUE(vault->put_token(sample_link(), sample_token("prod", "bob")));
    ASSERT_TRUE(vault->put_pending_login(sample_link(), sample_login("prod", "carol")));
    ASSERT_TRUE(vault->replace_link(sample_link(), changed));
    EXPECT_FALSE(*vault->find_token("prod", "default"));
    EXPECT_FALSE(*vault->find_token("prod", "bob"));
    EXPECT_FALSE(*vault->find_pending_login("prod", "carol"));
    ASSERT_TRUE(vault->replace_link(changed, sample_link()));
  }
  EXPECT_TRUE(*vault->find_token("prod2", "default"));
}

TEST_F(VaultTest, ALinkToTheSameClientKeepsItsTokensAndLogins) {
  test::fill(*vault);
  ASSERT_TRUE(vault->put_pending_login(sample_link(), sample_login()));
  auto changed = sample_link();
  changed.product = jira::Product::confluence;
  changed.proxy = "http://proxy.example.com:3128";
  changed.timeout = std::chrono::seconds(5);
  ASSERT_TRUE(vault->replace_link(sample_link(), changed));
  EXPECT_TRUE(*vault->find_token("prod", "default"));
  EXPECT_TRUE(*vault->find_pending_login("prod", "default"));
}

TEST_F(VaultTest, ALoginThatBeganWithAnotherLinkIsAConflict) {
  test::fill(*vault);
  auto elsewhere = sample_link();
  elsewhere.base_url = "https://other.example.com";
  auto other_client = sample_link();
  other_client.consumer_key = "other";
  for (const auto& began_with : {elsewhere, other_client}) {
    Token token = sample_token();
    token.user_name = "mallory";
    const auto put = vault->put_token(began_with, token);
    ASSERT_FALSE(put);
    EXPECT_EQ(put.error().code, ErrorCode::conflict);
    EXPECT_EQ(put.error().message, "the link \"prod\" was changed during the login");
    EXPECT_EQ(vault->put_pending_login(began_with, sample_login()).error().code,
              ErrorCode::conflict);
  }
  EXPECT_EQ((*vault->find_token("prod", "default"))->user_name, "alice");
  EXPECT_FALSE(*vault->find_pending_login("prod", "default"));

  auto patient = sample_link();
  patient.timeout = std::chrono::seconds(5);
  EXPECT_TRUE(vault->put_token(patient, sample_token()));
}

TEST_F(VaultTest, RemovingALinkRemovesWhatIsItsOwnAndNothingElse) {
  test::fill(*vault);
  ASSERT_TRUE(vault->add_link(sample_link("prod2")));
  ASSERT_TRUE(vault->put_token(sample_link("prod2"), sample_token("prod2")));
  ASSERT_TRUE(vault->put_token(sample_link(), sample_token("prod", "bob")));
  ASSERT_TRUE(vault->put_pending_login(sample_link(), sample_login("prod", "carol")));
  ASSERT_TRUE(vault->put_pending_login(sample_link("prod2"), sample_login("prod2", "carol")));
  ASSERT_TRUE(vault->set_default_link("prod"));
  ASSERT_TRUE(vault->remove_link("prod"));
  EXPECT_EQ(vault->tokens()->size(), 1U);
  EXPECT_TRUE(*vault->find_token("prod2", "default"));
  EXPECT_FALSE(*vault->find_pending_login("prod", "carol"));
  EXPECT_TRUE(*vault->find_pending_login("prod2", "carol"));
  EXPECT_EQ(*vault->default_link(), std::nullopt);
}

TEST_F(VaultTest, KnowsTheDefaultLink) {
  EXPECT_EQ(*vault->default_link(), std::nullopt);
  test::fill(*vault);
  ASSERT_TRUE(vault->add_link(sample_link("lab")));
  ASSERT_TRUE(vault->set_default_link("prod"));
  ASSERT_TRUE(vault->set_default_link("lab"));
  EXPECT_EQ(*vault->default_link(), "lab");
  ASSERT_TRUE(vault->remove_link("prod"));
  EXPECT_EQ(*vault->default_link(), "lab");
}

TEST_F(VaultTest, ALinkBecomesTheDefaultOneWithItsOwnChangeOrNotAtAll) {
  test::fill(*vault);
  ASSERT_TRUE(vault->add_link(sample_link("lab"), MakeDefault::yes));
  EXPECT_EQ(*vault->default_link(), "lab");
  EXPECT_FALSE(vault->add_link(sample_link("prod"), MakeDefault::yes));
  EXPECT_EQ(*vault->default_link(), "lab");

  auto changed = sample_link();
  changed.timeout = std::chrono::seconds(5);
  EXPECT_FALSE(vault->replace_link(changed, sample_link(), MakeDefault::yes));
  EXPECT_EQ(*vault->default_link(), "lab");
  ASSERT_TRUE(vault->replace_link(sample_link(), changed, MakeDefault::yes));
  EXPECT_EQ(*vault->default_link(), "prod");
  ASSERT_TRUE(vault->replace_link(changed, sample_link()));
  EXPECT_EQ(*vault->default_link(), "prod");
}

TEST_F(VaultTest, ATokenTakesThePlaceOfTheOneBeforeAndEndsThePendingLogin) {
  test::fill(*vault);
  ASSERT_TRUE(vault->put_pending_login(sample_link(), sample_login()));
  ASSERT_TRUE(vault->put_pending_login(sample_link(), sample_login("prod", "bob")));
  Token token = sample_token();
  token.user_name = "alice2";
  ASSERT_TRUE(vault->put_token(sample_link(), token));
  EXPECT_EQ(vault->tokens()->size(), 1U);
  const auto found = vault->find_token("prod", "default");
  ASSERT_TRUE(found && *found);
  EXPECT_EQ((*found)->link, "prod");
  EXPECT_EQ((*found)->user_label, "default");
  EXPECT_EQ(encode(**found), encode(token));
  EXPECT_FALSE(*vault->find_pending_login("prod", "default"));
  EXPECT_TRUE(*vault->find_pending_login("prod", "bob"));
}

TEST_F(VaultTest, TokensAndLoginsNeedTheirLink) {
  EXPECT_EQ(vault->put_token(sample_link(), sample_token()).error().message,
            "there is no link \"prod\"");
  EXPECT_FALSE(vault->put_pending_login(sample_link(), sample_login()));
  EXPECT_FALSE(*vault->find_token("prod", "default"));
  EXPECT_EQ(vault->remove_token("prod", "default").error().message,
            "there is no token \"prod/default\"");
}

TEST_F(VaultTest, PendingLoginsAreReplacedAndRemoved) {
  test::fill(*vault);
  ASSERT_TRUE(vault->put_pending_login(sample_link(), sample_login()));
  PendingLogin exchanged = sample_login();
  exchanged.unproven = sample_token();
  ASSERT_TRUE(vault->put_pending_login(sample_link(), exchanged));
  const auto found = vault->find_pending_login("prod", "default");
  ASSERT_TRUE(found && *found);
  EXPECT_EQ(encode(**found), encode(exchanged));
  ASSERT_TRUE(vault->remove_pending_login("prod", "default"));
  EXPECT_FALSE(*vault->find_pending_login("prod", "default"));
  EXPECT_TRUE(vault->remove_pending_login("prod", "default"));
}

TEST_F(VaultTest, ATokenGoesWithThePendingLogin) {
  test::fill(*vault);
  ASSERT_TRUE(vault->put_pending_login(sample_link(), sample_login()));
  ASSERT_TRUE(vault->put_pending_login(sample_link(), sample_login("prod", "bob")));
  ASSERT_TRUE(vault->remove_token("prod", "default"));
  EXPECT_FALSE(*vault->find_token("prod", "default"));
  EXPECT_FALSE(*vault->find_pending_login("prod", "default"));
  ASSERT_TRUE(vault->remove_token("prod", "bob")) << "a pending login alone";
  EXPECT_FALSE(*vault->find_pending_login("prod", "bob"));
  EXPECT_FALSE(vault->remove_token("prod", "bob"));
}

TEST_F(VaultTest, TellsWhatItIs) {
  test::fill(*vault);
  ASSERT_TRUE(vault->put_pending_login(sample_link(), sample_login()));
  const auto info = vault->info();
  ASSERT_TRUE(info);
  EXPECT_EQ(info->format_version, 1);
  EXPECT_EQ(info->unlock_method, "key file");
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

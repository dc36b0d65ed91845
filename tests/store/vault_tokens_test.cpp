// Tokens and logins in the vault, and what becomes of them when their link changes.
#include <gmock/gmock.h>

#include "store/codec.h"
#include "store/vault_fixture.h"

namespace applink::store {
namespace {

using test::sample_link;
using test::sample_login;
using test::sample_token;
using VaultTokensTest = VaultTest;

TEST_F(VaultTokensTest, ALinkToSomebodyElseLosesItsTokensAndLogins) {
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
    EXPECT_FALSE(vault->find_token(changed, "default").value());
    EXPECT_FALSE(vault->find_token(changed, "bob").value());
    EXPECT_FALSE(vault->find_pending_login(changed, "carol").value());
    ASSERT_TRUE(vault->replace_link(changed, sample_link()));
  }
  EXPECT_TRUE(*vault->find_token(sample_link("prod2"), "default"));
}

TEST_F(VaultTokensTest, ALinkToTheSameClientKeepsItsTokensAndLogins) {
  test::fill(*vault);
  ASSERT_TRUE(vault->put_pending_login(sample_link(), sample_login()));
  auto changed = sample_link();
  changed.product = jira::Product::confluence;
  changed.proxy = "http://proxy.example.com:3128";
  changed.timeout = std::chrono::seconds(5);
  ASSERT_TRUE(vault->replace_link(sample_link(), changed));
  EXPECT_TRUE(*vault->find_token(sample_link(), "default"));
  EXPECT_TRUE(*vault->find_pending_login(sample_link(), "default"));
}

TEST_F(VaultTokensTest, ALoginThatBeganWithAnotherLinkIsAConflict) {
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
    EXPECT_EQ(put.error().message, "the link \"prod\" was changed in the meantime");
    EXPECT_EQ(vault->put_renewed_token(began_with, token).error().code, ErrorCode::conflict);
    EXPECT_EQ(vault->put_pending_login(began_with, sample_login()).error().code,
              ErrorCode::conflict);
  }
  EXPECT_EQ((*vault->find_token(sample_link(), "default"))->user_name, "alice");
  EXPECT_FALSE(*vault->find_pending_login(sample_link(), "default"));

  auto patient = sample_link();
  patient.timeout = std::chrono::seconds(5);
  EXPECT_TRUE(vault->put_token(patient, sample_token()));
}

TEST_F(VaultTokensTest, RemovingALinkRemovesWhatIsItsOwnAndNothingElse) {
  test::fill(*vault);
  ASSERT_TRUE(vault->add_link(sample_link("prod2")));
  ASSERT_TRUE(vault->put_token(sample_link("prod2"), sample_token("prod2")));
  ASSERT_TRUE(vault->put_token(sample_link(), sample_token("prod", "bob")));
  ASSERT_TRUE(vault->put_pending_login(sample_link(), sample_login("prod", "carol")));
  ASSERT_TRUE(vault->put_pending_login(sample_link("prod2"), sample_login("prod2", "carol")));
  ASSERT_TRUE(vault->set_default_link("prod"));
  ASSERT_TRUE(vault->remove_link("prod"));
  EXPECT_EQ(vault->tokens()->size(), 1U);
  EXPECT_TRUE(*vault->find_token(sample_link("prod2"), "default"));
  EXPECT_TRUE(*vault->find_pending_login(sample_link("prod2"), "carol"));
  EXPECT_EQ(*vault->default_link(), std::nullopt);
  ASSERT_TRUE(vault->add_link(sample_link()));
  EXPECT_FALSE(vault->find_pending_login(sample_link(), "carol").value());
}

TEST_F(VaultTokensTest, ATokenTakesThePlaceOfTheOneBeforeAndEndsThePendingLogin) {
  test::fill(*vault);
  ASSERT_TRUE(vault->put_pending_login(sample_link(), sample_login()));
  ASSERT_TRUE(vault->put_pending_login(sample_link(), sample_login("prod", "bob")));
  Token token = sample_token();
  token.user_name = "alice2";
  ASSERT_TRUE(vault->put_token(sample_link(), token));
  EXPECT_EQ(vault->tokens()->size(), 1U);
  const auto found = vault->find_token(sample_link(), "default");
  ASSERT_TRUE(found && *found);
  EXPECT_EQ((*found)->link, "prod");
  EXPECT_EQ((*found)->user_label, "default");
  EXPECT_EQ(encode(**found), encode(token));
  EXPECT_FALSE(*vault->find_pending_login(sample_link(), "default"));
  EXPECT_TRUE(*vault->find_pending_login(sample_link(), "bob"));
}

TEST_F(VaultTokensTest, TokensAndLoginsNeedTheirLink) {
  EXPECT_EQ(vault->put_token(sample_link(), sample_token()).error().message,
            "there is no link \"prod\"");
  EXPECT_FALSE(vault->put_pending_login(sample_link(), sample_login()));
  EXPECT_EQ(vault->find_token(sample_link(), "default").error().message,
            "there is no link \"prod\"");
  EXPECT_EQ(vault->find_pending_login(sample_link(), "default").error().message,
            "there is no link \"prod\"");
  EXPECT_EQ(vault->remove_token("prod", "default").error().message,
            "there is no token \"prod/default\"");
}

TEST_F(VaultTokensTest, PendingLoginsAreReplacedAndRemoved) {
  test::fill(*vault);
  ASSERT_TRUE(vault->put_pending_login(sample_link(), sample_login()));
  PendingLogin exchanged = sample_login();
  exchanged.unproven = sample_token();
  ASSERT_TRUE(vault->put_pending_login(sample_link(), exchanged));
  const auto found = vault->find_pending_login(sample_link(), "default");
  ASSERT_TRUE(found && *found);
  EXPECT_EQ(encode(**found), encode(exchanged));
  ASSERT_TRUE(vault->remove_pending_login("prod", "default"));
  EXPECT_FALSE(*vault->find_pending_login(sample_link(), "default"));
  EXPECT_TRUE(vault->remove_pending_login("prod", "default"));
}

TEST_F(VaultTokensTest, ATokenGoesWithThePendingLogin) {
  test::fill(*vault);
  ASSERT_TRUE(vault->put_pending_login(sample_link(), sample_login()));
  ASSERT_TRUE(vault->put_pending_login(sample_link(), sample_login("prod", "bob")));
  ASSERT_TRUE(vault->remove_token("prod", "default"));
  EXPECT_FALSE(*vault->find_token(sample_link(), "default"));
  EXPECT_FALSE(*vault->find_pending_login(sample_link(), "default"));
  ASSERT_TRUE(vault->remove_token("prod", "bob")) << "a pending login alone";
  EXPECT_FALSE(*vault->find_pending_login(sample_link(), "bob"));
  EXPECT_FALSE(vault->remove_token("prod", "bob"));
}

TEST_F(VaultTest, ATokenGoesToNoHostButThatOfItsLink) {
  test::fill(*vault);
  ASSERT_TRUE(vault->put_pending_login(sample_link(), sample_login("prod", "bob")));
  const auto read = *vault->link("prod");
  auto elsewhere = sample_link();
  elsewhere.base_url = "https://other.example.com";
  ASSERT_TRUE(vault->replace_link(sample_link(), elsewhere));
  Token theirs = sample_token();
  theirs.user_name = "mallory";
  ASSERT_TRUE(vault->put_token(elsewhere, theirs));
  ASSERT_TRUE(vault->put_pending_login(elsewhere, sample_login("prod", "bob")));

  EXPECT_EQ(vault->find_token(read, "default").error().code, ErrorCode::conflict);
  EXPECT_EQ(vault->find_pending_login(read, "bob").error().code, ErrorCode::conflict);
  EXPECT_EQ((*vault->find_token(elsewhere, "default"))->user_name, "mallory");
  EXPECT_TRUE(*vault->find_pending_login(elsewhere, "bob"));

  auto patient = elsewhere;
  patient.timeout = std::chrono::seconds(5);
  EXPECT_TRUE(*vault->find_token(patient, "default")) << "the same client";
}

TEST_F(VaultTest, KnowsWhetherALinkHasLogins) {
  test::fill(*vault);
  ASSERT_TRUE(vault->add_link(sample_link("prod2")));
  EXPECT_TRUE(*vault->has_logins("prod"));
  EXPECT_FALSE(*vault->has_logins("prod2"));
  ASSERT_TRUE(vault->remove_token("prod", "default"));
  EXPECT_FALSE(*vault->has_logins("prod"));
  ASSERT_TRUE(vault->put_pending_login(sample_link("prod2"), sample_login("prod2", "bob")));
  EXPECT_TRUE(*vault->has_logins("prod2"));
  EXPECT_FALSE(*vault->has_logins("prod"));
}

}  // namespace
}  // namespace applink::store

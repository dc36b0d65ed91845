// Keys and links in the vault.
#include <gmock/gmock.h>

#include "applink/base/encoding.h"
#include "store/codec.h"
#include "store/vault_fixture.h"

namespace applink::store {
namespace {

using test::sample_key;
using test::sample_link;
using test::sample_time;
using ::testing::HasSubstr;
using VaultLinksTest = VaultTest;

TEST_F(VaultLinksTest, KeepsKeys) {
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

TEST_F(VaultLinksTest, AKeyWhoseNameIsTakenIsAConflict) {
  ASSERT_TRUE(vault->add_key(sample_key()));
  const auto again = vault->add_key(sample_key());
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().code, ErrorCode::conflict);
  EXPECT_EQ(again.error().message, "there is a key \"hubkey\" already");
}

TEST_F(VaultLinksTest, ALinkNeedsItsKey) {
  EXPECT_EQ(vault->add_link(sample_link()).error().message, "there is no key \"hubkey\"");
  EXPECT_TRUE(vault->links()->empty());
  test::fill(*vault);
  auto changed = sample_link();
  changed.key_name = "hubkey2";
  EXPECT_EQ(vault->replace_link(sample_link(), changed).error().hint, "did you mean \"hubkey\"?");
  EXPECT_EQ(vault->link("prod"), sample_link());
}

TEST_F(VaultLinksTest, AKeyInUseIsNotRemoved) {
  test::fill(*vault);
  const auto removed = vault->remove_key("hubkey");
  ASSERT_FALSE(removed);
  EXPECT_EQ(removed.error().message, "the link \"prod\" signs with the key \"hubkey\"");
  EXPECT_THAT(removed.error().hint, HasSubstr("applink link set prod --key"));
  ASSERT_TRUE(vault->remove_link("prod"));
  EXPECT_TRUE(vault->remove_key("hubkey"));
}

TEST_F(VaultLinksTest, KeepsLinksInTheOrderOfTheirNames) {
  ASSERT_TRUE(vault->add_key(sample_key()));
  ASSERT_TRUE(vault->add_link(sample_link("b")));
  ASSERT_TRUE(vault->add_link(sample_link("a")));
  EXPECT_EQ(*vault->links(), (std::vector{sample_link("a"), sample_link("b")}));
  EXPECT_EQ(vault->add_link(sample_link("a")).error().code, ErrorCode::conflict);
}

TEST_F(VaultLinksTest, ALinkThatIsNotFitToBeKeptIsRefused) {
  test::fill(*vault);
  auto link = sample_link("bad");
  link.base_url = "ftp://jira.example.com";
  EXPECT_FALSE(vault->add_link(link));
  link.name = "prod";
  EXPECT_FALSE(vault->replace_link(sample_link(), link));
  EXPECT_EQ(*vault->links(), std::vector{sample_link()});
}

TEST_F(VaultLinksTest, ReplacesALinkThatIsAsItWasRead) {
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

TEST_F(VaultLinksTest, KnowsTheDefaultLink) {
  EXPECT_EQ(*vault->default_link(), std::nullopt);
  test::fill(*vault);
  ASSERT_TRUE(vault->add_link(sample_link("lab")));
  ASSERT_TRUE(vault->set_default_link("prod"));
  ASSERT_TRUE(vault->set_default_link("lab"));
  EXPECT_EQ(*vault->default_link(), "lab");
  ASSERT_TRUE(vault->remove_link("prod"));
  EXPECT_EQ(*vault->default_link(), "lab");
}

TEST_F(VaultLinksTest, ALinkBecomesTheDefaultOneWithItsOwnChangeOrNotAtAll) {
  test::fill(*vault);
  ASSERT_TRUE(vault->add_link(sample_link("lab"), {.make_default = MakeDefault::yes}));
  EXPECT_EQ(*vault->default_link(), "lab");
  EXPECT_FALSE(vault->add_link(sample_link("prod"), {.make_default = MakeDefault::yes}));
  EXPECT_EQ(*vault->default_link(), "lab");

  auto changed = sample_link();
  changed.timeout = std::chrono::seconds(5);
  EXPECT_FALSE(vault->replace_link(changed, sample_link(), {.make_default = MakeDefault::yes}));
  EXPECT_EQ(*vault->default_link(), "lab");
  ASSERT_TRUE(vault->replace_link(sample_link(), changed, {.make_default = MakeDefault::yes}));
  EXPECT_EQ(*vault->default_link(), "prod");
  ASSERT_TRUE(vault->replace_link(changed, sample_link()));
  EXPECT_EQ(*vault->default_link(), "prod");
}

}  // namespace
}  // namespace applink::store

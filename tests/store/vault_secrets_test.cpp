// Consumer secrets: kept with their link, for the client they were given to.
#include <gmock/gmock.h>

#include "store/vault_fixture.h"
#include "support/links.h"

namespace applink::store {
namespace {

using test::sample_key;
using test::sample_token;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

WithLink with(std::string_view secret) {
  return {.consumer_secret = Secret(secret)};
}

TEST_F(VaultTest, KeepsTheConsumerSecretOfALink) {
  const auto link = test::secret_link();
  ASSERT_TRUE(vault->add_link(link, with("s3cret")));
  EXPECT_EQ(*vault->consumer_secret(link), Secret("s3cret"));
  ASSERT_TRUE(vault->replace_link(link, link, with("newer")));
  EXPECT_EQ(*vault->consumer_secret(link), Secret("newer"));
  ASSERT_TRUE(vault->replace_link(link, link));
  EXPECT_EQ(*vault->consumer_secret(link), Secret("newer")) << "what is not brought stays";
  ASSERT_TRUE(vault->remove_link(link.name));
  ASSERT_TRUE(vault->add_link(link, with("another")));
  EXPECT_EQ(*vault->consumer_secret(link), Secret("another"));
  EXPECT_EQ((*vault->events())[2].kind, RecordKind::consumer_secret);
  EXPECT_EQ((*vault->events())[2].name, link.name);
}

TEST_F(VaultTest, ALinkThatSignsWithASecretMustBringIt) {
  const auto link = test::secret_link();
  const auto refused = vault->add_link(link);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::usage);
  EXPECT_THAT(refused.error().hint, HasSubstr("--consumer-secret-file"));
  EXPECT_FALSE(vault->add_link(link, with("two\nlines")));
  EXPECT_THAT(*vault->links(), IsEmpty());
  ASSERT_TRUE(vault->add_key(sample_key()));
  EXPECT_EQ(vault->add_link(test::generic_link(), with("s3cret")).error().code, ErrorCode::usage)
      << "a key signs";
}

TEST_F(VaultTest, ASecretServesNoOtherClient) {
  const auto link = test::secret_link();
  ASSERT_TRUE(vault->add_link(link, with("s3cret")));
  auto elsewhere = link;
  elsewhere.endpoints->temporary_credentials += "2";
  EXPECT_EQ(vault->replace_link(link, elsewhere).error().code, ErrorCode::usage);
  EXPECT_EQ(*vault->consumer_secret(link), Secret("s3cret")) << "nothing was changed";
  ASSERT_TRUE(vault->replace_link(link, elsewhere, with("theirs")));
  EXPECT_EQ(vault->consumer_secret(link).error().code, ErrorCode::conflict);
  EXPECT_EQ(*vault->consumer_secret(elsewhere), Secret("theirs"));
}

TEST_F(VaultTest, ASecretGoesWhenAKeySigns) {
  ASSERT_TRUE(vault->add_key(sample_key()));
  const auto secret = test::secret_link();
  auto key = test::generic_link();
  ASSERT_TRUE(vault->add_link(secret, with("s3cret")));
  Token token = sample_token(secret.name);
  ASSERT_TRUE(vault->put_token(secret, token));
  ASSERT_TRUE(vault->replace_link(secret, key));
  EXPECT_EQ(vault->consumer_secret(key).error().code, ErrorCode::usage);
  EXPECT_TRUE(*vault->find_token(key, "default")) << "the same client";
  EXPECT_EQ(vault->replace_link(key, secret).error().code, ErrorCode::usage);
  ASSERT_TRUE(vault->replace_link(key, secret, with("anew")));
  EXPECT_TRUE(*vault->find_token(secret, "default"));
}

}  // namespace
}  // namespace applink::store

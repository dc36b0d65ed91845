// A token is good, due for renewal in its last 30 days, expired behind its last second.
#include "cli/token_state.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace applink::cli {
namespace {

using std::chrono::days;
using std::chrono::seconds;

constexpr Timestamp expiry{seconds(1'900'000'000)};

store::Token token_expiring(std::optional<Timestamp> expires) {
  store::Token token;
  token.link = "prod";
  token.expires = expires;
  return token;
}

TEST(TokenState, ChangesAtTheEdges) {
  const auto token = token_expiring(expiry);
  EXPECT_EQ(state_of(token, expiry - days(30)), TokenState::good);
  EXPECT_EQ(state_of(token, expiry - days(30) + seconds(1)), TokenState::renewal_due);
  EXPECT_EQ(state_of(token, expiry), TokenState::renewal_due);
  EXPECT_EQ(state_of(token, expiry + seconds(1)), TokenState::expired);
}

TEST(TokenState, ATokenOfUnknownLifeIsGood) {
  EXPECT_EQ(state_of(token_expiring(std::nullopt), expiry), TokenState::good);
}

TEST(WordOfCaution, IsSaidWhereThereIsOneWithTheCommandThatHelps) {
  const auto token = token_expiring(expiry);
  EXPECT_EQ(word_of_caution(token, expiry - days(31)), std::nullopt);
  EXPECT_EQ(
      word_of_caution(token, expiry - days(1)),
      "the token of prod expires on 2030-03-17T17:46:40Z: applink login prod makes a new one");
  EXPECT_THAT(*word_of_caution(token, expiry + days(1)), ::testing::HasSubstr("expired on"));
  auto second = token_expiring(expiry);
  second.user_label = "second";
  EXPECT_THAT(*word_of_caution(second, expiry),
              ::testing::EndsWith(": applink login prod --user second makes a new one"));
}

TEST(WordOfCaution, NamesTheRenewalWhereTheSessionLives) {
  auto token = token_expiring(expiry);
  token.session_handle = Secret("handle");
  token.session_expires = expiry + days(30);
  EXPECT_THAT(*word_of_caution(token, expiry),
              ::testing::EndsWith(": applink token renew prod makes a new one"));
  token.user_label = "second";
  EXPECT_THAT(*word_of_caution(token, expiry + days(30)),
              ::testing::HasSubstr("applink token renew prod --user second makes"));
  EXPECT_THAT(*word_of_caution(token, expiry + days(30) + seconds(1)),
              ::testing::HasSubstr("applink login prod --user second makes"));
  token.session_expires = std::nullopt;
  EXPECT_TRUE(can_be_renewed(token, expiry + days(10'000)));
  token.session_handle = Secret();
  EXPECT_FALSE(can_be_renewed(token, expiry));
}

}  // namespace
}  // namespace applink::cli

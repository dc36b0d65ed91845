#include "applink/handshake/callback_answer.h"

#include <gtest/gtest.h>

namespace applink::handshake {
namespace {

constexpr const char* request_token = "reqtoken";

TEST(CallbackAnswer, IsACodeInAnyDress) {
  for (const auto* const pasted :
       {"aB3xY9", "  aB3xY9\r\n", "\"aB3xY9\"", "'aB3xY9'", "“aB3xY9”", "„aB3xY9“", "<aB3xY9>",
        "` aB3xY9 `", "aB3 xY9", "a B\t3 x Y 9", "aB3\u200bxY9", "\ufeffaB3xY9\u2060",
        "\u00a0aB3\u00a0xY9", "“\u200eaB3xY9\u200f”", "aB3\r\nxY9", "aB3\u00adxY9", "aB3xY9%20",
        "aB3%C2%A0xY9"}) {
    EXPECT_EQ(verifier_in_answer(pasted, request_token).value(), "aB3xY9") << pasted;
  }
  EXPECT_EQ(verifier_in_answer("hfdp7dh39dks9884", request_token).value(), "hfdp7dh39dks9884")
      << "RFC 5849's own has 16 characters";
}

TEST(CallbackAnswer, IsTheAddressOfTheRedirect) {
  for (const auto* const pasted :
       {"http://127.0.0.1:4711/callback/x?oauth_token=reqtoken&oauth_verifier=aB3xY9",
        " <http://127.0.0.1:4711/callback/x?oauth_verifier=aB3xY9&oauth_token=reqtoken> ",
        "127.0.0.1:4711/callback/x?oauth_token=reqtoken&oauth_verifier=aB3xY9",
        "https://hub.example.com/cb?state=1&oauth_token=reqtoken&oauth_verifier=aB3xY9#top",
        "https://hub.example.com/cb#top?oauth_token=reqtoken&oauth_verifier=aB3xY9",
        "?oauth_token=reqtoken&oauth_verifier=aB3xY9", "oauth_verifier=aB3xY9",
        " 'oauth_verifier=aB3xY9' ",
        "http://127.0.0.1:4711/callback/x?oauth_to\n  ken=reqtoken&oauth_verifier=a\r\nB3xY9\n",
        "http://127.0.0.1:4711/callback/x?oauth_token=req\u200btoken&oauth_verifier=aB3xY9",
        "http%3A%2F%2F127.0.0.1%3A4711%2Fcb%3Foauth_token%3Dreqtoken%26oauth_verifier%3DaB3xY9",
        "oauth_token%3dreqtoken%26oauth_verifier%3daB3xY9", "oauth_verifier%3DaB3xY9",
        "oauth_token=reqtoken&oauth_verifier=aB3xY9"}) {
    const auto verifier = verifier_in_answer(pasted, request_token);
    ASSERT_TRUE(verifier) << pasted << ": " << verifier.error().message;
    EXPECT_EQ(*verifier, "aB3xY9") << pasted;
  }
}

TEST(CallbackAnswer, OfOAuth10HasNoCode) {
  constexpr auto no = oauth1::CallbackConfirmed::no;
  for (const auto* const answer : {"", " \n", "http://127.0.0.1:1/c?oauth_token=reqtoken",
                                   "https://hub.example.com/cb?x=1&oauth_token=reqtoken"}) {
    EXPECT_EQ(verifier_in_answer(answer, request_token, no).value(), "") << answer;
    EXPECT_EQ(verifier_in_answer(answer, request_token).error().code, ErrorCode::usage) << answer;
  }
  EXPECT_EQ(verifier_in_query("oauth_token=reqtoken", request_token, no).value(), "");
  EXPECT_EQ(
      verifier_in_query("oauth_token=reqtoken&oauth_verifier=aB3xY9", request_token, no).value(),
      "aB3xY9");
  EXPECT_EQ(verifier_in_query("oauth_token=reqtoken&oauth_verifier=denied", request_token, no)
                .error()
                .code,
            ErrorCode::denied);
  EXPECT_EQ(verifier_in_query("oauth_token=another", request_token, no).error().code,
            ErrorCode::usage);
  EXPECT_EQ(verifier_in_query("", request_token, no).error().code, ErrorCode::usage);
}

TEST(CallbackAnswer, ThatSaysDeniedIsADenial) {
  for (const auto* const pasted :
       {"denied", "http://127.0.0.1/c?oauth_token=reqtoken&oauth_verifier=denied"}) {
    EXPECT_EQ(verifier_in_answer(pasted, request_token).error().code, ErrorCode::denied) << pasted;
  }
}

TEST(CallbackAnswer, IsADenialInTheWordsOfOtherProviders) {
  for (const auto* const query :
       {"denied=reqtoken", "x=1&denied=reqtoken", "oauth_token=reqtoken&oauth_problem=user_refused",
        "oauth_problem=permission_denied&oauth_token=reqtoken"}) {
    for (const auto confirmed : {oauth1::CallbackConfirmed::yes, oauth1::CallbackConfirmed::no}) {
      EXPECT_EQ(verifier_in_query(query, request_token, confirmed).error().code, ErrorCode::denied)
          << query;
    }
    const auto address = "http://127.0.0.1:1/c?" + std::string(query);
    EXPECT_EQ(verifier_in_answer(address, request_token).error().code, ErrorCode::denied)
        << address;
    EXPECT_FALSE(is_cut_address(address)) << "there is no rest to wait for";
  }
}

TEST(CallbackAnswer, IsNoDenialOfAnotherLogin) {
  constexpr auto no = oauth1::CallbackConfirmed::no;
  for (const auto* const query :
       {"denied=other", "denied=", "denied=reqtoken&denied=reqtoken", "oauth_problem=user_refused",
        "oauth_token=other&oauth_problem=user_refused", "oauth_token=other&denied=reqtoken",
        "oauth_token=reqtoken&oauth_problem=token_expired"}) {
    EXPECT_EQ(verifier_in_query(query, request_token).error().code, ErrorCode::usage) << query;
    EXPECT_EQ(verifier_in_query(query, request_token, no).error().code, ErrorCode::usage) << query;
  }
  EXPECT_EQ(
      verifier_in_query("oauth_token=reqtoken&oauth_verifier=aB3&denied=1", request_token).value(),
      "aB3");
}

TEST(CallbackAnswer, OfAnotherLoginIsRefused) {
  for (const auto* const pasted :
       {"http://127.0.0.1/c?oauth_token=other&oauth_verifier=aB3xY9",
        "http://127.0.0.1/c?oauth_token=other&oauth_verifier=denied",
        "http://127.0.0.1/c?oauth_token=&oauth_verifier=aB3xY9",
        "http://127.0.0.1/c?oauth_token=REQTOKEN&oauth_verifier=aB3xY9"}) {
    const auto verifier = verifier_in_answer(pasted, request_token);
    ASSERT_FALSE(verifier) << pasted;
    EXPECT_EQ(verifier.error().code, ErrorCode::usage) << pasted;
    EXPECT_EQ(verifier.error().message, "the address belongs to another login") << pasted;
  }
}

TEST(CallbackAnswer, ThatIsNeitherCodeNorRedirectIsRefused) {
  const std::string whole = "oauth_token=reqtoken&oauth_verifier=aB3xY9";
  for (const auto& pasted :
       {std::string(),
        std::string(" "),
        std::string("\"\""),
        std::string("\u200b"),
        std::string("aB3\x1bxY9"),
        std::string("code: aB3xY9"),
        std::string(300, 'a'),
        std::string(10000, 'a'),
        std::string("http://127.0.0.1/callback/x"),
        std::string(
            "https://jira.example.com/jira/plugins/servlet/oauth/authorize?oauth_token=reqtoken"),
        std::string("http://127.0.0.1/c?oauth_verifier=aB3xY9"),
        "?oauth_token=reqtoken&" + whole,
        "?oauth_verifier=x&" + whole,
        std::string("?oauth_token=reqtoken&oauth_verifier="),
        std::string("?oauth_token=reqtoken&oauth_verifier=a%00b"),
        std::string("aB3xY9%"),
        std::string("aB3%00xY9"),
        std::string("?"),
        std::string("oauth_verifier="),
        std::string("oauth_verifier=aB3;xY9"),
        std::string("oauth_verifier=aB3xY9&oauth_verifier=zzzzzz")}) {
    const auto verifier = verifier_in_answer(pasted, request_token);
    ASSERT_FALSE(verifier) << pasted;
    EXPECT_EQ(verifier.error().code, ErrorCode::usage) << pasted;
    EXPECT_FALSE(verifier.error().hint.empty()) << pasted;
  }
}

TEST(CallbackAnswer, IsCutWhereTheAddressEndsBeforeItsCode) {
  const std::string address =
      "http://127.0.0.1:4711/callback/x?oauth_token=reqtoken&oauth_verifier=aB3xY9";
  const auto code = address.size() - 6;
  for (const std::size_t length : {std::size_t{7}, std::size_t{25}, code - 16, code - 3, code}) {
    const auto piece = address.substr(0, length);
    EXPECT_TRUE(is_cut_address(piece)) << piece;
    EXPECT_TRUE(is_cut_address(" <" + piece + "\r\n")) << piece;
    EXPECT_FALSE(verifier_in_answer(piece, request_token)) << piece;
    EXPECT_EQ(verifier_in_answer(piece + "\n" + address.substr(length), request_token).value(),
              "aB3xY9");
  }
  for (const auto& whole : {address, address + "\n", std::string("aB3xY9"), std::string(),
                            std::string("oauth_verifier="), std::string(10000, ' ') + "http://"}) {
    EXPECT_FALSE(is_cut_address(whole)) << whole.substr(0, 100);
  }
}

TEST(CallbackAnswer, TellsAnotherLoginFromNoAnswer) {
  EXPECT_TRUE(belongs_to_another_login("oauth_token=other&oauth_verifier=aB3xY9", request_token));
  EXPECT_TRUE(belongs_to_another_login("oauth_token=", request_token));
  EXPECT_FALSE(belongs_to_another_login("oauth_token=reqtoken", request_token));
  EXPECT_FALSE(belongs_to_another_login("oauth_verifier=aB3xY9", request_token));
  EXPECT_FALSE(belongs_to_another_login("oauth_token=other&oauth_token=reqtoken", request_token));
  EXPECT_FALSE(belongs_to_another_login("", request_token));
  EXPECT_TRUE(belongs_to_another_login("denied=other", request_token));
  EXPECT_FALSE(belongs_to_another_login("denied=reqtoken", request_token));
}

TEST(CallbackAnswer, IsNeverRepeatedInAnError) {
  const auto verifier =
      verifier_in_answer("http://h/?oauth_token=other&oauth_verifier=s3cret", request_token);
  EXPECT_EQ((verifier.error().message + verifier.error().hint).find("s3cret"), std::string::npos);
}

}  // namespace
}  // namespace applink::handshake

#include "applink/handshake/callback_answer.h"

#include <gtest/gtest.h>

namespace applink::handshake {
namespace {

constexpr const char* token = "reqtoken";

TEST(CallbackAnswer, IsACodeInAnyDress) {
  for (const auto* const pasted : {"aB3xY9", "  aB3xY9\r\n", "\"aB3xY9\"", "'aB3xY9'", "“aB3xY9”",
                                   "„aB3xY9“", "<aB3xY9>", "` aB3xY9 `"}) {
    EXPECT_EQ(verifier_in_answer(pasted, token).value(), "aB3xY9") << pasted;
  }
  EXPECT_EQ(verifier_in_answer("hfdp7dh39dks9884", token).value(), "hfdp7dh39dks9884")
      << "RFC 5849's own has 16 characters";
}

TEST(CallbackAnswer, IsTheAddressOfTheRedirect) {
  for (const auto* const pasted :
       {"http://127.0.0.1:4711/callback/x?oauth_token=reqtoken&oauth_verifier=aB3xY9",
        " <http://127.0.0.1:4711/callback/x?oauth_verifier=aB3xY9&oauth_token=reqtoken> ",
        "127.0.0.1:4711/callback/x?oauth_token=reqtoken&oauth_verifier=aB3xY9",
        "https://hub.example.com/cb?state=1&oauth_token=reqtoken&oauth_verifier=aB3xY9#top",
        "https://hub.example.com/cb#top?oauth_token=reqtoken&oauth_verifier=aB3xY9",
        "?oauth_token=reqtoken&oauth_verifier=aB3xY9",
        "oauth_token=reqtoken&oauth_verifier=aB3xY9"}) {
    const auto verifier = verifier_in_answer(pasted, token);
    ASSERT_TRUE(verifier) << pasted << ": " << verifier.error().message;
    EXPECT_EQ(*verifier, "aB3xY9") << pasted;
  }
}

TEST(CallbackAnswer, ThatSaysDeniedIsADenial) {
  for (const auto* const pasted :
       {"denied", "http://127.0.0.1/c?oauth_token=reqtoken&oauth_verifier=denied"}) {
    EXPECT_EQ(verifier_in_answer(pasted, token).error().code, ErrorCode::denied) << pasted;
  }
}

TEST(CallbackAnswer, OfAnotherLoginIsRefused) {
  for (const auto* const pasted :
       {"http://127.0.0.1/c?oauth_token=other&oauth_verifier=aB3xY9",
        "http://127.0.0.1/c?oauth_token=other&oauth_verifier=denied",
        "http://127.0.0.1/c?oauth_token=&oauth_verifier=aB3xY9",
        "http://127.0.0.1/c?oauth_token=REQTOKEN&oauth_verifier=aB3xY9"}) {
    const auto verifier = verifier_in_answer(pasted, token);
    ASSERT_FALSE(verifier) << pasted;
    EXPECT_EQ(verifier.error().code, ErrorCode::usage) << pasted;
    EXPECT_EQ(verifier.error().message, "the address belongs to another login") << pasted;
  }
}

TEST(CallbackAnswer, ThatIsNeitherCodeNorRedirectIsRefused) {
  const std::string whole = "oauth_token=reqtoken&oauth_verifier=aB3xY9";
  for (const auto& pasted :
       {std::string(), std::string(" "), std::string("\"\""), std::string("aB3 xY9"),
        std::string("aB3\x1bxY9"), std::string("code: aB3xY9"), std::string(300, 'a'),
        std::string(10000, 'a'), std::string("http://127.0.0.1/callback/x"),
        std::string(
            "https://jira.example.com/jira/plugins/servlet/oauth/authorize?oauth_token=reqtoken"),
        std::string("http://127.0.0.1/c?oauth_verifier=aB3xY9"), "?oauth_token=reqtoken&" + whole,
        "?oauth_verifier=x&" + whole, std::string("?oauth_token=reqtoken&oauth_verifier="),
        std::string("?oauth_token=reqtoken&oauth_verifier=a%00b"), std::string("?"),
        std::string("oauth_verifier=aB3xY9")}) {
    const auto verifier = verifier_in_answer(pasted, token);
    ASSERT_FALSE(verifier) << pasted;
    EXPECT_EQ(verifier.error().code, ErrorCode::usage) << pasted;
    EXPECT_FALSE(verifier.error().hint.empty()) << pasted;
  }
}

TEST(CallbackAnswer, IsNeverRepeatedInAnError) {
  const auto verifier =
      verifier_in_answer("http://h/?oauth_token=other&oauth_verifier=s3cret", token);
  EXPECT_EQ((verifier.error().message + verifier.error().hint).find("s3cret"), std::string::npos);
}

}  // namespace
}  // namespace applink::handshake

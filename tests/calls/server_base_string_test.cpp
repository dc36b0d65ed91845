#include "applink/calls/server_base_string.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace applink::calls {
namespace {

const std::string base_string = "GET&http%3A%2F%2Fh%2Fx&a%3Db%2520c%26oauth_nonce%3Dn";
const std::string encoded =
    "GET%26http%253A%252F%252Fh%252Fx%26a%253Db%252520c%2526oauth_nonce%253Dn";

TEST(ServerBaseString, IsFoundInWhateverWasKept) {
  const std::string body =
      "oauth_problem=signature_invalid&oauth_signature=c2ln&oauth_signature_base_string=" +
      encoded + "&oauth_signature_method=RSA-SHA1";
  const std::string challenge =
      "OAuth realm=\"http%3A%2F%2Fh\", oauth_problem=\"signature_invalid\", "
      "oauth_signature_base_string=\"" +
      encoded + "\"";
  for (const std::string& kept : {
           body,
           body + "\n",
           "oauth_signature_base_string=" + encoded,
           challenge,
           "WWW-Authenticate: " + challenge,
           "< www-authenticate: " + challenge + "\r\n<\r\n",
           "HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: OAuth realm=\"http%3A%2F%2Fh\"\r\n"
           "Content-Type: application/x-www-form-urlencoded;charset=UTF-8\r\n\r\n" +
               body,
           "HTTP/1.1 401 \r\nWWW-Authenticate: " + challenge + "\r\n\r\n",
           "* Connected\n> GET / HTTP/1.1\n> Authorization: OAuth a=\"b\"\n< HTTP/1.1 401\n"
           "< WWW-Authenticate: " +
               challenge + "\n< \n",
           base_string,
           "  " + base_string + "\n",
           "\"" + base_string + "\"",
           encoded,
       }) {
    const auto found = server_base_string(kept);
    ASSERT_TRUE(found) << kept;
    EXPECT_EQ(*found, base_string) << kept;
  }
}

TEST(ServerBaseString, IsRefusedWithWordsWhereThereIsNone) {
  for (const char* const kept :
       {"", "<html>", "oauth_problem=nonce_used", "HTTP/1.1 401\n\noauth_problem=token_rejected",
        "GET&http", "a b & c & d", "OAuth realm=\"x\""}) {
    const auto refused = server_base_string(kept);
    ASSERT_FALSE(refused) << kept;
    EXPECT_EQ(refused.error().message, "there is no signature base string in the server's answer");
    EXPECT_FALSE(refused.error().hint.empty());
  }
}

}  // namespace
}  // namespace applink::calls

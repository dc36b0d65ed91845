#include "applink/jira/user.h"

#include <gtest/gtest.h>

namespace applink::jira {
namespace {

TEST(CurrentUser, IsReadFromEachProductsAnswer) {
  EXPECT_EQ(parse_current_user(Product::jira, R"({"self":"https://jira/rest/api/2/user?username=a",
      "key":"JIRAUSER1","name":"alice","emailAddress":"a@example.com","displayName":"Alice Ä."})")
                .value(),
            (User{"alice", "Alice Ä."}));
  EXPECT_EQ(
      parse_current_user(Product::jira, R"({"accountId":"5b10a28","displayName":"A"})").value(),
      (User{"5b10a28", "A"}));
  EXPECT_EQ(parse_current_user(Product::confluence,
                               R"({"type":"known","username":"bob","displayName":"Bob"})")
                .value(),
            (User{"bob", "Bob"}));
  EXPECT_EQ(parse_current_user(Product::bamboo, R"({"name":"carol","fullName":"Carol"})").value(),
            (User{"carol", "Carol"}));
  EXPECT_EQ(parse_current_user(Product::bitbucket, "dave\n").value(), (User{"dave", ""}));
}

TEST(CurrentUser, WithoutANameIsARefusal) {
  for (const auto* const body :
       {"", "{}", "[]", "null", "true", "\"alice\"", "<html>alice</html>", R"({"name":""})",
        R"({"name":7})", R"({"displayName":"Alice"})", R"({"name":"alice")",
        R"({"type":"anonymous","displayName":"Anonymous"})", R"({"name":"Anonymous"})"}) {
    const auto user = parse_current_user(Product::jira, body);
    ASSERT_FALSE(user) << body;
    EXPECT_EQ(user.error().code, ErrorCode::refused) << body;
    EXPECT_FALSE(user.error().hint.empty()) << body;
  }
  for (const auto* const body :
       {"", " \n", "<!DOCTYPE html>", "please log in", "{\"name\":\"a\"}"}) {
    EXPECT_FALSE(parse_current_user(Product::bitbucket, body)) << body;
  }
}

TEST(CurrentUser, IsNobodyWhereTheProductSaysSo) {
  for (const auto* const body :
       {R"({"type":"anonymous"})", R"({"name":"Anonymous"})", R"({"name":""})", "{}"}) {
    EXPECT_TRUE(names_nobody(Product::confluence, body)) << body;
    EXPECT_EQ(parse_current_user(Product::confluence, body).error().message,
              "the answer names no user");
  }
  EXPECT_TRUE(names_nobody(Product::bitbucket, "\n"));
  EXPECT_FALSE(names_nobody(Product::jira, R"({"name":"alice"})"));
  for (const auto* const body : {"", "<html>log in</html>", R"({"name":"alice")", "[]"}) {
    EXPECT_FALSE(names_nobody(Product::jira, body)) << body;
    EXPECT_EQ(parse_current_user(Product::jira, body).error().message,
              "the answer is not one that names a user");
  }
}

TEST(CurrentUser, OfAGenericProviderIsWhateverNamesALogin) {
  const auto name = [](const char* body) {
    return parse_current_user(Product::generic, body).value();
  };
  EXPECT_EQ(name(R"({"id":7,"id_str":"7","name":"Alice Ä.","screen_name":"alice"})"),
            (User{"alice", "Alice Ä."}));
  EXPECT_EQ(name(R"({"login":"bob","full_name":"Bob"})"), (User{"bob", "Bob"}));
  EXPECT_EQ(name(R"({"username":"carol"})"), (User{"carol", ""}));
  EXPECT_EQ(name(R"({"name":"dave"})"), (User{"dave", "dave"}));
  EXPECT_EQ(name("erin\n"), (User{"erin", ""}));
  for (const auto* const body : {"", "{}", "[]", "7", "<html>", "please log in", R"({"id":7})"}) {
    EXPECT_FALSE(parse_current_user(Product::generic, body)) << body;
  }
}

TEST(CurrentUser, WithANameThatDeceivesIsRefused) {
  EXPECT_FALSE(parse_current_user(Product::jira, R"({"name":"ali\u001b[2Jce"})"));
  EXPECT_FALSE(parse_current_user(Product::jira, R"({"name":"ali\u202ece"})"));
  EXPECT_FALSE(parse_current_user(Product::jira, "{\"name\":\"" + std::string(300, 'a') + "\"}"));
}

}  // namespace
}  // namespace applink::jira

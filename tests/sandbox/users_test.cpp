#include "sandbox/users.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "applink/base/files.h"
#include "support/temp_dir.h"

namespace applink::sandbox {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

Result<std::vector<User>> read(std::string_view content) {
  const test::TempDir dir;
  EXPECT_TRUE(write_new_file(dir / "users", content, FileMode::private_file));
  return read_users(dir / "users");
}

TEST(ParseUser, TakesANameAndAPassword) {
  const auto carol = parse_user("carol");
  EXPECT_EQ(carol->name, "carol");
  EXPECT_EQ(carol->password, "carol");
  EXPECT_EQ(carol->email, "carol@example.com");
  EXPECT_EQ(parse_user("carol:a:b")->password, "a:b");
  EXPECT_EQ(parse_user("carol:")->password, "");
  for (const char* none : {"", ":x", "a b", "ä"}) {
    ASSERT_FALSE(parse_user(none)) << none;
    EXPECT_EQ(parse_user(none).error().code, ErrorCode::usage);
  }
}

TEST(ReadUsers, TakesEveryField) {
  const auto users = read(R"([{"name":"carol","password":"p","display_name":"Carol C.",)"
                          R"("email":"c@example.org","groups":["a","b"],"active":false},)"
                          R"({"name":"dave"}])");
  ASSERT_TRUE(users) << users.error().message;
  ASSERT_EQ(users->size(), 2U);
  const User& carol = users->front();
  EXPECT_EQ(carol.password, "p");
  EXPECT_EQ(carol.display_name, "Carol C.");
  EXPECT_EQ(carol.email, "c@example.org");
  EXPECT_THAT(carol.groups, ElementsAre("a", "b"));
  EXPECT_EQ(carol.login, LoginRight::withdrawn);
  EXPECT_EQ(users->back().password, "dave");
}

TEST(ReadUsers, RefusesWhatIsNoListOfUsers) {
  for (const char* content :
       {"", "{}", "[]", "[1]", R"([{"password":"x"}])", R"([{"name":1}])",
        R"([{"name":"a","groups":"b"}])", R"([{"name":"a","groups":[1]}])",
        R"([{"name":"a","active":"yes"}])", R"([{"name":"a","colour":"red"}])"}) {
    const auto users = read(content);
    ASSERT_FALSE(users) << content;
    EXPECT_THAT(users.error().message, HasSubstr("is no list of users"));
    EXPECT_THAT(users.error().hint, HasSubstr(R"("name":"carol")"));
  }
  EXPECT_THAT(read(R"([{"name":"a"},{"name":"a"}])").error().message, HasSubstr("names a twice"));
  EXPECT_EQ(read(R"([{"name":"a b"}])").error().code, ErrorCode::usage);
}

}  // namespace
}  // namespace applink::sandbox

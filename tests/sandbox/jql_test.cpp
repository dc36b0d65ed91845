#include "sandbox/jql.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/fixed_clock.h"

namespace applink::sandbox {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::StartsWith;

std::vector<std::string> keys(std::string_view jql) {
  const Issues issues(test::FixedClock().now());
  const auto found = search(issues, jql);
  EXPECT_TRUE(found) << found.error();
  std::vector<std::string> out;
  for (const Issue& issue : found.value_or(std::vector<Issue>{})) out.push_back(issue.key);
  return out;
}

std::string error(std::string_view jql) {
  const auto found = search(Issues(test::FixedClock().now()), jql);
  return found ? "" : found.error();
}

TEST(Jql, FindsEverythingWithoutAClause) {
  EXPECT_THAT(keys(""), ElementsAre("TEST-1", "TEST-2", "TEST-3"));
  EXPECT_THAT(keys("order by key desc"), ElementsAre("TEST-3", "TEST-2", "TEST-1"));
}

TEST(Jql, ComparesFieldsInAnyCase) {
  EXPECT_THAT(keys("key = test-2"), ElementsAre("TEST-2"));
  EXPECT_THAT(keys("Project=TEST"), ElementsAre("TEST-1", "TEST-2", "TEST-3"));
  EXPECT_THAT(keys("project != test"), IsEmpty());
  EXPECT_THAT(keys("summary ~ 'FIRST request'"), ElementsAre("TEST-1"));
  EXPECT_THAT(keys("text ~ \"outage\""), ElementsAre("TEST-2"));
  EXPECT_THAT(keys("summary !~ outage"), ElementsAre("TEST-1", "TEST-3"));
  EXPECT_THAT(keys("id in (10000, \"10002\")"), ElementsAre("TEST-1", "TEST-3"));
}

TEST(Jql, JoinsClausesAndOrders) {
  EXPECT_THAT(keys("project = TEST AND creator IN (alice,bob) ORDER BY summary ASC"),
              ElementsAre("TEST-3", "TEST-2"));
  EXPECT_THAT(keys("project = TEST AND key != TEST-1 order by key DESC"),
              ElementsAre("TEST-3", "TEST-2"));
}

TEST(Jql, SaysWhatIsWrong) {
  EXPECT_EQ(error("colour = red"),
            "Field 'colour' does not exist or you do not have permission to view it.");
  for (const char* broken :
       {"key", "key =", "key = 'x", "key > 1", "key in", "key in (", "key in (a", "key = a or",
        "key = a and", "order", "order by", "(", "=", "key = a key = b"}) {
    EXPECT_THAT(error(broken),
                testing::AnyOf(StartsWith("Error in the JQL Query: "), StartsWith("Field '")))
        << broken;
  }
}

}  // namespace
}  // namespace applink::sandbox

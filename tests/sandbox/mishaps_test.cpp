// Mishaps as they are written, and how often they strike where.
#include "sandbox/mishaps.h"

#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace applink::sandbox {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

Mishap mishap(std::string_view text) {
  auto parsed = parse_mishap(text);
  EXPECT_TRUE(parsed) << text << ": " << parsed.error().message;
  return parsed.value_or(Mishap{&mishap_table().front(), {}, Place::all, std::nullopt});
}

std::vector<std::string> names(const Struck& struck) {
  std::vector<std::string> out;
  for (const Blow& blow : struck.blows()) out.emplace_back(blow.entry->name);
  return out;
}

TEST(MishapTable, HasEveryKindAndEveryNameOnce) {
  std::set<std::string_view> seen;
  std::set<MishapKind> kinds;
  for (const MishapEntry& entry : mishap_table()) {
    EXPECT_TRUE(seen.insert(entry.name).second) << entry.name;
    EXPECT_TRUE(kinds.insert(entry.kind).second) << entry.name;
    EXPECT_FALSE(entry.summary.empty()) << entry.name;
    EXPECT_EQ(entry.value_name.empty(), entry.accepts == nullptr) << entry.name;
    EXPECT_TRUE(entry.accepts == nullptr || entry.accepts(entry.usual_value)) << entry.name;
  }
}

TEST(ParseMishap, TakesNameValueAndPlace) {
  for (const char* text : {"captcha", "captcha@resource", "clock-off=-400", "login-page=redirect",
                           "unavailable=0@request-token", "wrong-host=jira.internal:8080",
                           "stale-key=fixed:600@access-token", "rewritten-path=/"}) {
    const Mishap parsed = mishap(text);
    EXPECT_THAT(to_string(parsed), HasSubstr(text));
  }
  EXPECT_EQ(mishap("clock-off").value, "400");
  EXPECT_EQ(mishap("clock-off").place, Place::all);
  EXPECT_EQ(mishap("clock-off@all").place, Place::all);
  EXPECT_EQ(mishap("clock-off@access-token").place, Place::access_token);
}

TEST(ParseMishap, RefusesWhatIsNone) {
  struct Case {
    const char* text;
    const char* says;
    const char* hint;
  };
  for (const auto& [text, says, hint] : {
           Case{"clok-off", "no mishap is called \"clok-off\"", "did you mean clock-off?"},
           Case{"", "no mishap is called \"\"", "there are: clock-off, "},
           Case{"captcha=1", "captcha takes no value", "give captcha alone"},
           Case{"clock-off=", "clock-off cannot be \"\"", "clock-off=SECONDS, such as clock-off=4"},
           Case{"clock-off=1s", "cannot be \"1s\"", "clock-off=400"},
           Case{"clock-off=99999999999", "cannot be", "SECONDS"},
           Case{"unavailable=-1", "cannot be \"-1\"", "unavailable=30"},
           Case{"stale-key=1800", "cannot be \"1800\"", "stale-key=idle:1800"},
           Case{"stale-key=idle:x", "cannot be", "idle:1800"},
           Case{"wrong-host=a/b", "cannot be", "HOST"},
           Case{"rewritten-path=/a/", "cannot be", "/internal"},
           Case{"rewritten-path=a", "cannot be", "/internal"},
           Case{"login-page=x", "cannot be", "page|redirect"},
           Case{"anonymous=x", "cannot be", "body|empty"},
           Case{"captcha@nowhere", "captcha does not happen at \"nowhere\"", "resource, all"},
           Case{"captcha@request-token", "does not happen", "one of: resource, all"},
       }) {
    const auto parsed = parse_mishap(text);
    ASSERT_FALSE(parsed) << text;
    EXPECT_EQ(parsed.error().code, ErrorCode::usage);
    EXPECT_THAT(parsed.error().message, HasSubstr(says));
    EXPECT_THAT(parsed.error().hint, HasSubstr(hint)) << text;
  }
}

TEST(Mishaps, StrikeWhereTheyBelong) {
  Mishaps mishaps;
  mishaps.add(mishap("bad-gateway@access-token"));
  mishaps.add(mishap("captcha"));
  mishaps.add(mishap("xsrf"));
  EXPECT_THAT(names(mishaps.strike(Place::request_token, "POST")), IsEmpty());
  EXPECT_THAT(names(mishaps.strike(Place::access_token, "POST")), ElementsAre("bad-gateway"));
  EXPECT_THAT(names(mishaps.strike(Place::resource, "GET")), ElementsAre("captcha"));
  EXPECT_THAT(names(mishaps.strike(Place::resource, "PUT")), ElementsAre("captcha", "xsrf"));
  const Struck struck = mishaps.strike(Place::resource, "GET");
  EXPECT_TRUE(struck.by(MishapKind::captcha));
  EXPECT_FALSE(struck.by(MishapKind::xsrf));
}

TEST(Mishaps, StrikeAsOftenAsTheyAreTold) {
  Mishaps mishaps;
  Mishap twice = mishap("unavailable=1");
  twice.times = 2;
  mishaps.add(twice);
  mishaps.add(mishap("unavailable=7"));
  const auto value = [&mishaps] {
    return mishaps.strike(Place::resource, "GET").find(MishapKind::unavailable)->value;
  };
  EXPECT_EQ(value(), "1");
  EXPECT_EQ(value(), "1");
  EXPECT_EQ(value(), "7");
  EXPECT_EQ(mishaps.active().size(), 1U);
  EXPECT_EQ(mishaps.active().front().strikes, 1U);
}

TEST(Mishaps, AreTakenAwayByTheirNumber) {
  Mishaps mishaps;
  const int first = mishaps.add(mishap("captcha"));
  mishaps.add(mishap("websudo"));
  EXPECT_TRUE(mishaps.remove(first));
  EXPECT_FALSE(mishaps.remove(first));
  EXPECT_THAT(names(mishaps.strike(Place::resource, "GET")), ElementsAre("websudo"));
  mishaps.clear();
  EXPECT_THAT(names(mishaps.strike(Place::resource, "GET")), IsEmpty());
  EXPECT_GT(mishaps.add(mishap("captcha")), 2) << "a number is not given twice";
}

}  // namespace
}  // namespace applink::sandbox

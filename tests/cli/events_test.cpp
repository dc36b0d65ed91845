// Events in words, and which of them concern a link.
#include <gtest/gtest.h>

#include "cli/event_description.h"
#include "cli/event_selection.h"

namespace applink::cli {
namespace {

using store::Change;
using store::Event;
using store::RecordKind;

Event event(Change change, RecordKind kind, std::string name, std::string user_label = "") {
  return {1, {}, "alice@host", change, kind, std::move(name), std::move(user_label)};
}

TEST(EventInWords, SaysWhatWasDoneToWhat) {
  const auto words = [](auto... parts) { return in_words(event(parts...)); };
  EXPECT_EQ(words(Change::added, RecordKind::store, ""), "made the store");
  EXPECT_EQ(words(Change::replaced, RecordKind::store, "format 2"), "took the store to format 2");
  EXPECT_EQ(words(Change::added, RecordKind::key, "hubkey"), "added the key hubkey");
  EXPECT_EQ(words(Change::replaced, RecordKind::link, "prod"), "changed the link prod");
  EXPECT_EQ(words(Change::removed, RecordKind::link, "prod"), "removed the link prod");
  EXPECT_EQ(words(Change::added, RecordKind::consumer_secret, "prod"),
            "added the consumer secret of prod");
  EXPECT_EQ(words(Change::added, RecordKind::token, "prod", "default"), "added the token of prod");
  EXPECT_EQ(words(Change::replaced, RecordKind::token, "prod", "ci"),
            "replaced the token of prod (ci)");
  EXPECT_EQ(words(Change::added, RecordKind::pending_login, "prod", "default"),
            "began a login at prod");
  EXPECT_EQ(words(Change::replaced, RecordKind::pending_login, "prod", "ci"),
            "updated the login at prod (ci)");
  EXPECT_EQ(words(Change::removed, RecordKind::pending_login, "prod", "default"),
            "ended the login at prod");
  EXPECT_EQ(words(Change::added, RecordKind::setting, "default link"), "set the default link");
  EXPECT_EQ(words(Change::replaced, RecordKind::setting, "default link"),
            "set the default link anew");
  EXPECT_EQ(words(Change::removed, RecordKind::setting, "default link"), "unset the default link");
  EXPECT_EQ(words(Change::replaced, RecordKind::unlock_method, "passphrase"),
            "replaced the unlock method passphrase");
}

TEST(EventSelection, TakesEverythingUnlessItIsToldOtherwise) {
  EventSelection all({}, {});
  EXPECT_TRUE(all.takes(event(Change::added, RecordKind::key, "hubkey")));
  EXPECT_TRUE(all.check_link_is_known());
}

TEST(EventSelection, FollowsALinkAsLongAsItIsThere) {
  EventSelection prod("prod", {});
  EXPECT_FALSE(prod.takes(event(Change::added, RecordKind::store, "")));
  EXPECT_FALSE(prod.takes(event(Change::added, RecordKind::key, "prod")));
  EXPECT_FALSE(prod.takes(event(Change::added, RecordKind::unlock_method, "prod")));
  EXPECT_FALSE(prod.takes(event(Change::added, RecordKind::setting, "default link")));
  EXPECT_FALSE(prod.takes(event(Change::added, RecordKind::link, "prod2")));
  EXPECT_TRUE(prod.takes(event(Change::added, RecordKind::link, "prod")));
  EXPECT_TRUE(prod.takes(event(Change::added, RecordKind::consumer_secret, "prod")));
  EXPECT_TRUE(prod.takes(event(Change::added, RecordKind::token, "prod", "ci")));
  EXPECT_FALSE(prod.takes(event(Change::added, RecordKind::token, "prod2", "ci")));
  EXPECT_TRUE(prod.takes(event(Change::added, RecordKind::pending_login, "prod", "ci")));
  EXPECT_TRUE(prod.takes(event(Change::added, RecordKind::setting, "default link")));
  EXPECT_FALSE(prod.takes(event(Change::removed, RecordKind::link, "prod2")));
  EXPECT_TRUE(prod.takes(event(Change::removed, RecordKind::setting, "default link")));
  EXPECT_TRUE(prod.takes(event(Change::removed, RecordKind::link, "prod")));
  EXPECT_FALSE(prod.takes(event(Change::added, RecordKind::setting, "default link")));
  EXPECT_TRUE(prod.check_link_is_known());
}

TEST(EventSelection, DoesNotKnowALinkThatNeverWas) {
  EventSelection selection("prdo", {});
  EXPECT_EQ(selection.check_link_is_known().error().hint,
            "to see all that happened, run: applink log");
  EXPECT_FALSE(selection.takes(event(Change::added, RecordKind::link, "prod")));
  EXPECT_EQ(selection.check_link_is_known().error().message, "the log knows no link \"prdo\"");
  EXPECT_EQ(selection.check_link_is_known().error().hint, "did you mean \"prod\"?");
}

TEST(EventSelection, LeavesOutWhatWasEarlier) {
  Event before = event(Change::added, RecordKind::link, "prod");
  before.time = Timestamp(std::chrono::seconds(99));
  Event then = event(Change::replaced, RecordKind::link, "prod");
  then.time = Timestamp(std::chrono::seconds(100));
  EventSelection selection("prod", Timestamp(std::chrono::seconds(100)));
  EXPECT_FALSE(selection.takes(before));
  EXPECT_TRUE(selection.takes(then));
}

}  // namespace
}  // namespace applink::cli

#include "store/sealed_records.h"

#include <gtest/gtest.h>

#include "store/kinds_of_records.h"
#include "support/fixed_clock.h"

namespace applink::store {
namespace {

class SealedRecordsTest : public ::testing::TestWithParam<std::unique_ptr<Records> (*)()> {
 protected:
  SealedRecordsTest() { EXPECT_TRUE(records.create()); }

  test::FixedClock clock;
  SealedRecords records{GetParam()(), crypto::SealingKey::random(), clock, "alice@host"};

  Result<void> put(std::string_view name, std::string_view content, std::uint64_t expected) {
    return records.put(RecordKind::link, name, Secret(content), expected);
  }
};

TEST_P(SealedRecordsTest, WhatComesOutIsWhatWentIn) {
  ASSERT_TRUE(put("prod", "first", 0));
  const auto first = records.find(RecordKind::link, "prod");
  ASSERT_TRUE(first && *first);
  EXPECT_EQ((*first)->content, Secret("first"));
  ASSERT_TRUE(put("prod", "second", (*first)->version));
  EXPECT_EQ((*records.find(RecordKind::link, "prod"))->content, Secret("second"));
  EXPECT_FALSE(*records.find(RecordKind::key, "prod"));
  EXPECT_EQ(records.check()->size(), 0U);
}

TEST_P(SealedRecordsTest, AVersionIsTheNumberOfItsEventAndNeverComesBack) {
  ASSERT_TRUE(put("prod", "a", 0));
  EXPECT_EQ(*records.version(RecordKind::link, "prod"), 2U);
  ASSERT_TRUE(records.erase(RecordKind::link, "prod", 2));
  EXPECT_EQ(*records.version(RecordKind::link, "prod"), 0U);
  ASSERT_TRUE(put("prod", "a", 0));
  EXPECT_EQ(*records.version(RecordKind::link, "prod"), 4U);
  EXPECT_EQ(put("prod", "b", 2).error().code, ErrorCode::conflict);
}

TEST_P(SealedRecordsTest, AnotherVersionThanExpectedIsAConflictAndChangesNothing) {
  EXPECT_EQ(put("prod", "a", 1).error().code, ErrorCode::conflict);
  ASSERT_TRUE(put("prod", "a", 0));
  EXPECT_EQ(put("prod", "b", 0).error().code, ErrorCode::conflict);
  EXPECT_EQ(records.erase(RecordKind::link, "prod", 9).error().code, ErrorCode::conflict);
  EXPECT_EQ((*records.find(RecordKind::link, "prod"))->content, Secret("a"));
  EXPECT_EQ(*records.event_count(), 2U);
  EXPECT_EQ(records.check()->size(), 0U);
}

TEST_P(SealedRecordsTest, ListsByNameOneKindAlone) {
  for (const char* name : {"c", "a", "b"}) ASSERT_TRUE(put(name, name, 0));
  ASSERT_TRUE(records.put(RecordKind::key, "k", Secret("k"), 0));
  EXPECT_EQ(*records.names(RecordKind::link), (std::vector<std::string>{"a", "b", "c"}));
  EXPECT_EQ(*records.count(RecordKind::link), 3U);
  const auto list = records.list(RecordKind::link);
  ASSERT_TRUE(list);
  ASSERT_EQ(list->size(), 3U);
  EXPECT_EQ((*list)[2].name, "c");
  EXPECT_EQ((*list)[2].content, Secret("c"));
  EXPECT_TRUE(records.names(RecordKind::token)->empty());
}

TEST_P(SealedRecordsTest, ATransactionIsAllOrNothing) {
  ASSERT_TRUE(put("kept", "kept", 0));
  const auto failed = records.transact(Access::write, [&]() -> Result<void> {
    TRY(put("one", "1", 0));
    TRY(records.erase(RecordKind::link, "kept", 2));
    EXPECT_EQ(*records.names(RecordKind::link), std::vector<std::string>{"one"});
    return put("kept", "x", 2);
  });
  EXPECT_EQ(failed.error().code, ErrorCode::conflict);
  EXPECT_EQ(*records.names(RecordKind::link), std::vector<std::string>{"kept"});
  EXPECT_EQ(*records.event_count(), 2U);
  ASSERT_TRUE(records.transact(Access::write, [&]() -> Result<void> {
    TRY(put("one", "1", 0));
    return put("two", "2", 0);
  }));
  EXPECT_EQ(*records.count(RecordKind::link), 3U);
  EXPECT_EQ(records.check()->size(), 0U);
}

TEST_P(SealedRecordsTest, TheLogSaysWhatHappenedWhenAndByWhom) {
  ASSERT_TRUE(put("prod", "a", 0));
  clock.advance(std::chrono::seconds(5));
  ASSERT_TRUE(put("prod", "b", 2));
  ASSERT_TRUE(records.erase(RecordKind::link, "prod", 3));
  std::vector<SealedRecords::NumberedEvent> events;
  ASSERT_TRUE(records.visit_events([&](const auto& event) -> Result<void> {
    events.push_back(event);
    return {};
  }));
  ASSERT_EQ(events.size(), 4U);
  EXPECT_EQ(events[0].event.id.kind, "store");
  EXPECT_EQ(events[1].event.change, Change::added);
  EXPECT_EQ(events[2].event.change, Change::replaced);
  EXPECT_EQ(events[3].event.change, Change::removed);
  EXPECT_EQ(events[3].number, 4U);
  EXPECT_EQ(events[3].event.who, "alice@host");
  EXPECT_EQ(events[3].event.id, (RecordId{"link", "prod"}));
  EXPECT_EQ(events[3].event.time - events[1].event.time, std::chrono::seconds(5));
  EXPECT_EQ(records.first_event()->time, events[0].event.time);
}

TEST_P(SealedRecordsTest, AWalkAlongTheLogEndsWithTheErrorOfWhoeverLooks) {
  ASSERT_TRUE(put("prod", "a", 0));
  int seen = 0;
  const auto walked = records.visit_events([&](const auto&) -> Result<void> {
    ++seen;
    return fail(ErrorCode::failed, "no more");
  });
  ASSERT_FALSE(walked);
  EXPECT_EQ(walked.error().message, "no more");
  EXPECT_EQ(seen, 1);
}

TEST_P(SealedRecordsTest, ManyRecordsOnEveryShelf) {
  ASSERT_TRUE(records.transact(Access::write, [&]() -> Result<void> {
    for (int i = 0; i < 300; ++i) TRY(put("link" + std::to_string(i), std::to_string(i), 0));
    return {};
  }));
  EXPECT_EQ(*records.count(RecordKind::link), 300U);
  EXPECT_EQ((*records.find(RecordKind::link, "link277"))->content, Secret("277"));
  EXPECT_FALSE(*records.find(RecordKind::link, "link300"));
  EXPECT_EQ(records.check()->size(), 0U);
}

INSTANTIATE_TEST_SUITE_P(All, SealedRecordsTest,
                         ::testing::Values(test::in_memory, test::in_sqlite));

}  // namespace
}  // namespace applink::store

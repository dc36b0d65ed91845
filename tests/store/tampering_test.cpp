// An intruder who can change every byte of the records and has no key.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "applink/crypto/digest.h"
#include "store/memory_records.h"
#include "store/sealed_records.h"
#include "store/shelf.h"
#include "support/fixed_clock.h"

namespace applink::store {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

const RecordId prod_link{"link", "prod"};
const RecordId lab{"link", "lab"};

class Tampering : public ::testing::Test {
 protected:
  Tampering() {
    auto memory = std::make_unique<MemoryRecords>();
    content = &memory->content();
    records = std::make_unique<SealedRecords>(std::move(memory), data_key, clock, "alice@host");
    EXPECT_TRUE(records->create());
    EXPECT_TRUE(records->put(RecordKind::link, "prod", Secret("first"), 0));
    before = *content;
    EXPECT_TRUE(records->put(RecordKind::link, "prod", Secret("second"), 2));
    EXPECT_TRUE(records->put(RecordKind::link, "lab", Secret("lab"), 0));
    EXPECT_THAT(findings(), IsEmpty());
  }

  std::vector<std::string> findings() { return *records->check(); }
  std::string error_of(std::string_view name) {
    const auto found = records->find(RecordKind::link, name);
    return found ? "" : found.error().message;
  }
  bool reads(std::string_view name) {
    const auto found = records->find(RecordKind::link, name);
    return found && found->has_value();
  }

  crypto::SealingKey data_key = crypto::SealingKey::random();
  test::FixedClock clock;
  MemoryRecords::Content* content = nullptr;
  MemoryRecords::Content before;  // when "prod" had its first version and "lab" did not exist
  std::unique_ptr<SealedRecords> records;
};

TEST_F(Tampering, EveryBitOfARecordCounts) {
  const std::string good = content->records[prod_link].sealed;
  for (std::size_t bit = 0; bit < good.size() * 8; ++bit) {
    std::string bad = good;
    bad[bit / 8] = static_cast<char>(bad[bit / 8] ^ (1 << (bit % 8)));
    content->records[prod_link].sealed = bad;
    ASSERT_EQ(error_of("prod"), "the link \"prod\" is not as it was written");
    // Nor does it help to make the digest fit.
    content->records[prod_link].digest = crypto::digest(crypto::Digest::sha256, bad);
    ASSERT_EQ(error_of("prod"), "the link \"prod\" is not as it was written");
    content->records[prod_link] = {3, crypto::digest(crypto::Digest::sha256, good), good};
  }
  EXPECT_TRUE(reads("prod"));
}

TEST_F(Tampering, AnAlteredRecordIsNamedAndTheOthersStayInUse) {
  content->records[prod_link].sealed.back() ^= 1;
  EXPECT_THAT(findings(), ElementsAre("the link \"prod\" is not as it was written"));
  EXPECT_FALSE(records->list(RecordKind::link));
  EXPECT_TRUE(reads("lab"));
}

TEST_F(Tampering, ARecordPutBackToAnOlderVersionIsNamed) {
  content->records[prod_link] = before.records[prod_link];
  EXPECT_EQ(error_of("prod"), "the link \"prod\" was put back to an older version");
  EXPECT_THAT(findings(), ElementsAre("the link \"prod\" was put back to an older version"));
  EXPECT_TRUE(reads("lab"));
}

TEST_F(Tampering, NorDoesItHelpToTakeItsEventAwayAsWell) {
  content->records[prod_link] = before.records[prod_link];
  content->events.erase(3);
  EXPECT_THAT(error_of("prod"), HasSubstr("event 3 was taken out of the log"));
  EXPECT_THAT(findings(), Contains("event 3 was taken out of the log"));
}

TEST_F(Tampering, NorToCutTheLogAtItsEnd) {
  content->records = before.records;
  content->events = before.events;
  EXPECT_THAT(error_of("prod"), HasSubstr("the event log does not end with event 4"));
  EXPECT_THAT(error_of("lab"), HasSubstr("the event log does not end with event 4"));
  EXPECT_THAT(findings(), Contains("events 3 to 4 were taken out of the log"));
}

TEST_F(Tampering, NorToPutTheOldHeadBack) {
  content->head = before.head;
  EXPECT_THAT(error_of("prod"), HasSubstr("the event log does not end with event 2"));
  EXPECT_THAT(findings(), Contains("event 3 was added behind the end of the log"));
}

TEST_F(Tampering, TheWholeStorePutBackCannotBeToldFromABackup) {
  *content = before;
  EXPECT_TRUE(reads("prod"));
  EXPECT_THAT(findings(), IsEmpty());
}

TEST_F(Tampering, ARecordTakenOutIsNamed) {
  content->records.erase(prod_link);
  EXPECT_EQ(error_of("prod"), "the link \"prod\" was taken out by something else");
  EXPECT_THAT(findings(), ElementsAre("the link \"prod\" was taken out by something else"));
  EXPECT_FALSE(records->list(RecordKind::link));
  EXPECT_FALSE(records->put(RecordKind::link, "prod", Secret("new"), 3));
}

TEST_F(Tampering, TwoRecordsSwappedAreNamed) {
  std::swap(content->records[prod_link], content->records[lab]);
  EXPECT_THAT(error_of("prod"), HasSubstr("the link \"prod\" is not as it was written"));
  EXPECT_THAT(error_of("lab"), HasSubstr("the link \"lab\" was put back to an older version"));
  EXPECT_EQ(findings().size(), 2U);
}

TEST_F(Tampering, ARecordCopiedToANewNameIsNamed) {
  content->records[{"link", "copy"}] = content->records[prod_link];
  EXPECT_EQ(error_of("copy"), "the link \"copy\" was put in by something else");
  EXPECT_THAT(findings(), ElementsAre("the link \"copy\" was put in by something else"));
  EXPECT_FALSE(records->list(RecordKind::link));
  EXPECT_TRUE(reads("prod"));
}

TEST_F(Tampering, ARecordThatWasRemovedAndPutInAgainIsNamed) {
  const StoredRecord removed = content->records[lab];
  ASSERT_TRUE(records->erase(RecordKind::link, "lab", 4));
  content->records[lab] = removed;
  EXPECT_EQ(error_of("lab"), "the link \"lab\" was put in by something else");
}

TEST_F(Tampering, ARecordOfAnotherStoreIsNamed) {
  auto memory = std::make_unique<MemoryRecords>();
  MemoryRecords::Content& theirs = memory->content();
  SealedRecords other(std::move(memory), crypto::SealingKey::random(), clock, "eve@host");
  ASSERT_TRUE(other.create());
  ASSERT_TRUE(other.put(RecordKind::link, "x", Secret("x"), 0));
  ASSERT_TRUE(other.put(RecordKind::link, "prod", Secret("theirs"), 0));
  content->records[prod_link] = theirs.records[prod_link];
  EXPECT_EQ(error_of("prod"), "the link \"prod\" is not as it was written");
  *content = theirs;
  EXPECT_EQ(error_of("prod"), "the head of the store is not as it was written");
}

TEST_F(Tampering, NoBitOfAnEventCanBeFlipped) {
  const std::string good = content->events[2];
  for (std::size_t bit = 0; bit < good.size() * 8; bit += 7) {
    std::string bad = good;
    bad[bit / 8] = static_cast<char>(bad[bit / 8] ^ (1 << (bit % 8)));
    content->events[2] = bad;
    ASSERT_THAT(findings(), ElementsAre("event 2 is not as it was written"));
    ASSERT_FALSE(records->visit_events([](const auto&) { return Result<void>(); }));
  }
  content->events[2] = good;
  EXPECT_THAT(findings(), IsEmpty());
}

TEST_F(Tampering, EventsTakenOutSwappedOrAddedAreNamed) {
  const auto good = content->events;
  content->events.erase(1);
  EXPECT_THAT(findings(), ElementsAre("event 1 was taken out of the log"));
  EXPECT_FALSE(records->first_event());
  content->events = good;
  std::swap(content->events[2], content->events[3]);
  EXPECT_THAT(findings(), Contains("event 2 is not as it was written"));
  EXPECT_THAT(findings(), Contains("event 3 is not as it was written"));
  content->events = good;
  content->events[5] = good.at(4);
  EXPECT_THAT(findings(), Contains("event 5 was added behind the end of the log"));
  EXPECT_NE(error_of("prod"), "");
}

TEST_F(Tampering, AnEventThatNeverCameToBeDoesNotFollow) {
  // The same number sealed twice: a transaction that was rolled back, kept by somebody who watched.
  MemoryRecords::Content rolled_back;
  ASSERT_FALSE(records->transact(Access::write, [&]() -> Result<void> {
    TRY(records->put(RecordKind::link, "ghost", Secret("ghost"), 0));
    rolled_back = *content;
    return fail(ErrorCode::failed, "on purpose");
  }));
  ASSERT_TRUE(records->put(RecordKind::link, "real", Secret("real"), 0));
  content->events[5] = rolled_back.events[5];
  EXPECT_THAT(findings(), Contains("event 5 is not the one that the log ended with"));
  ASSERT_FALSE(reads("real"));
  content->records[{"link", "ghost"}] = rolled_back.records[{"link", "ghost"}];
  EXPECT_FALSE(reads("ghost"));
}

TEST_F(Tampering, WithoutItsHeadTheStoreIsRefused) {
  content->head.reset();
  EXPECT_EQ(error_of("prod"), "the head of the store was taken away");
  EXPECT_THAT(findings(), ElementsAre("the head of the store was taken away"));
  EXPECT_FALSE(records->put(RecordKind::link, "new", Secret("new"), 0));
}

TEST_F(Tampering, EveryBitOfTheHeadCounts) {
  const std::string good = *content->head;
  for (std::size_t bit = 0; bit < good.size() * 8; ++bit) {
    content->head = good;
    (*content->head)[bit / 8] = static_cast<char>(good[bit / 8] ^ (1 << (bit % 8)));
    ASSERT_EQ(error_of("prod"), "the head of the store is not as it was written");
  }
}

TEST_F(Tampering, WhatIsWrittenBesideADamagedRecordDoesNotHideIt) {
  // A neighbour on the same shelf.
  std::string neighbour = "n0";
  for (int i = 1; shelf_of({"link", neighbour}) != shelf_of(prod_link); ++i) {
    neighbour = "n" + std::to_string(i);
  }
  content->records[prod_link] = before.records[prod_link];
  ASSERT_TRUE(records->put(RecordKind::link, neighbour, Secret("new"), 0));
  EXPECT_TRUE(reads(neighbour));
  EXPECT_EQ(error_of("prod"), "the link \"prod\" was put back to an older version");
  EXPECT_THAT(findings(), ElementsAre("the link \"prod\" was put back to an older version"));
}

TEST_F(Tampering, ARecordWhoseBytesWentBadCanBeReplacedAndRemoved) {
  content->records[prod_link].sealed.back() ^= 1;
  content->records[lab].sealed.back() ^= 1;
  ASSERT_TRUE(records->put(RecordKind::link, "prod", Secret("third"), 3));
  ASSERT_TRUE(records->erase(RecordKind::link, "lab", 4));
  EXPECT_TRUE(reads("prod"));
  EXPECT_THAT(findings(), IsEmpty());
}

}  // namespace
}  // namespace applink::store

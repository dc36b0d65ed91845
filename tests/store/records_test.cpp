// What every kind of Records does: one suite over the memory and over SQLite.
#include "store/records.h"

#include <gtest/gtest.h>

#include "store/kinds_of_records.h"
#include "store/shelf.h"
#include "store/sqlite_records.h"

namespace applink::store {
namespace {

const RecordId prod{"link", "prod"};

StoredRecord record(std::uint64_t version, const std::string& sealed) {
  return {version, std::string(32, 'd'), sealed};
}

class RecordsTest : public ::testing::TestWithParam<std::unique_ptr<Records> (*)()> {
 protected:
  std::unique_ptr<Records> records = GetParam()();

  Result<void> write(const std::function<Result<void>()>& body) {
    return records->transact(Access::write, body);
  }
  std::optional<StoredRecord> found(const RecordId& id) {
    std::optional<StoredRecord> found;
    EXPECT_TRUE(records->transact(Access::read, [&]() -> Result<void> {
      TRY_ASSIGN(found, records->find(id));
      return {};
    }));
    return found;
  }
};

TEST_P(RecordsTest, PutFindReplaceErase) {
  EXPECT_FALSE(found(prod));
  EXPECT_TRUE(write([&] { return records->put(prod, record(1, "first"), 0); }));
  EXPECT_EQ(found(prod)->sealed, "first");
  EXPECT_TRUE(write([&] { return records->put(prod, record(2, std::string("\0x", 2)), 1); }));
  EXPECT_EQ(found(prod)->sealed, std::string("\0x", 2));
  EXPECT_EQ(found(prod)->version, 2U);
  EXPECT_EQ(found(prod)->digest, std::string(32, 'd'));
  EXPECT_TRUE(write([&] { return records->erase(prod, 2); }));
  EXPECT_FALSE(found(prod));
}

TEST_P(RecordsTest, AnotherVersionThanExpectedIsAConflict) {
  const auto refused = [&](const Result<void>& result) {
    return !result && result.error().code == ErrorCode::conflict;
  };
  EXPECT_TRUE(refused(write([&] { return records->put(prod, record(2, "x"), 1); })));
  EXPECT_TRUE(refused(write([&] { return records->erase(prod, 1); })));
  ASSERT_TRUE(write([&] { return records->put(prod, record(5, "first"), 0); }));
  EXPECT_TRUE(refused(write([&] { return records->put(prod, record(6, "x"), 0); })));
  EXPECT_TRUE(refused(write([&] { return records->put(prod, record(6, "x"), 4); })));
  EXPECT_TRUE(refused(write([&] { return records->erase(prod, 4); })));
  EXPECT_EQ(found(prod)->sealed, "first");
}

TEST_P(RecordsTest, AFailedTransactionLeavesNothing) {
  ASSERT_TRUE(write([&] { return records->put(prod, record(1, "first"), 0); }));
  EXPECT_FALSE(write([&]() -> Result<void> {
    TRY(records->put(prod, record(2, "second"), 1));
    TRY(records->put({"key", "k"}, record(2, "key"), 0));
    TRY(records->append_event(1, "event"));
    TRY(records->put_head("head"));
    return fail(ErrorCode::failed, "on purpose");
  }));
  EXPECT_EQ(found(prod)->sealed, "first");
  EXPECT_FALSE(found({"key", "k"}));
  EXPECT_TRUE(records->transact(Access::read, [&]() -> Result<void> {
    EXPECT_EQ(records->events(1, 10)->size(), 0U);
    EXPECT_EQ(*records->head(), std::nullopt);
    return {};
  }));
}

TEST_P(RecordsTest, ShelvesAreOrderedByKindAndName) {
  std::vector<RecordId> on_first_shelf;
  ASSERT_TRUE(write([&]() -> Result<void> {
    for (int i = 0; i < 2000; ++i) {
      const RecordId id{i % 2 == 0 ? "token" : "link", "r" + std::to_string(i)};
      if (shelf_of(id) == 0) on_first_shelf.push_back(id);
      TRY(records->put(id, record(1, "x"), 0));
    }
    return {};
  }));
  std::sort(on_first_shelf.begin(), on_first_shelf.end());
  ASSERT_GT(on_first_shelf.size(), 2U);
  std::vector<RecordId> listed;
  ASSERT_TRUE(records->transact(Access::read, [&]() -> Result<void> {
    TRY_ASSIGN(const auto entries, records->shelf(0));
    for (const Entry& entry : entries) listed.push_back(entry.id);
    return {};
  }));
  EXPECT_EQ(listed, on_first_shelf);
}

TEST_P(RecordsTest, EventsInTheirOrderAndEachNumberOnce) {
  ASSERT_TRUE(write([&]() -> Result<void> {
    TRY(records->append_event(1, "one"));
    TRY(records->append_event(2, "two"));
    return records->append_event(3, "three");
  }));
  EXPECT_FALSE(write([&] { return records->append_event(2, "again"); }));
  ASSERT_TRUE(records->transact(Access::read, [&]() -> Result<void> {
    TRY_ASSIGN(const auto events, records->events(2, 10));
    EXPECT_EQ(events.size(), 2U);
    EXPECT_EQ(events[0].number, 2U);
    EXPECT_EQ(events[0].sealed, "two");
    EXPECT_EQ(events[1].sealed, "three");
    EXPECT_EQ(records->events(1, 1)->size(), 1U);
    return {};
  }));
}

TEST_P(RecordsTest, HeadAndWrappedKeysAreReplaced) {
  ASSERT_TRUE(write([&]() -> Result<void> {
    TRY(records->put_head("one"));
    TRY(records->put_head("two"));
    TRY(records->put_wrapped_key({"key file", "", "a"}));
    return records->put_wrapped_key({"key file", "p", "b"});
  }));
  ASSERT_TRUE(records->transact(Access::read, [&]() -> Result<void> {
    EXPECT_EQ(*records->head(), "two");
    TRY_ASSIGN(const auto keys, records->wrapped_keys());
    EXPECT_EQ(keys.size(), 1U);
    EXPECT_EQ(keys[0].parameters, "p");
    EXPECT_EQ(keys[0].wrapped, "b");
    EXPECT_TRUE(records->damage()->empty());
    return {};
  }));
}

TEST_P(RecordsTest, AnImageHoldsEverything) {
  ASSERT_TRUE(write([&]() -> Result<void> {
    TRY(records->put(prod, record(1, "sealed"), 0));
    TRY(records->put_head("head"));
    TRY(records->append_event(1, "event"));
    return records->put_wrapped_key({"key file", "p", "w"});
  }));
  const auto image = SqliteRecords::of_image("image", *records->image());
  ASSERT_TRUE(image) << image.error().message;
  ASSERT_TRUE((*image)->transact(Access::read, [&]() -> Result<void> {
    EXPECT_EQ((*image)->find(prod)->value().sealed, "sealed");
    EXPECT_EQ(*(*image)->head(), "head");
    EXPECT_EQ((*image)->events(1, 10)->at(0).sealed, "event");
    EXPECT_EQ((*image)->wrapped_keys()->at(0).wrapped, "w");
    EXPECT_TRUE((*image)->damage()->empty());
    return {};
  }));
}

INSTANTIATE_TEST_SUITE_P(All, RecordsTest, ::testing::Values(test::in_memory, test::in_sqlite));

}  // namespace
}  // namespace applink::store

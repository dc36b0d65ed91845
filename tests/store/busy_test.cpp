// A process that keeps the store to itself: stopped in the middle of a write, or slow.
#include <array>
#include <functional>

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "store/samples.h"
#include "store/sqlite.h"
#include "support/processes.h"

namespace {

// SQLite sleeps between its attempts. Here nobody sleeps: the time is counted.
struct {
  long microseconds = 0;
  std::function<void()> meanwhile = [] {};
} sleep_of_sqlite;

}  // namespace

extern "C" int usleep(useconds_t microseconds) {
  sleep_of_sqlite.microseconds += microseconds;
  sleep_of_sqlite.meanwhile();
  return 0;
}

namespace applink::store {
namespace {

using test::sample_key;
using ::testing::HasSubstr;

constexpr long second = 1'000'000;

class Busy : public ::testing::Test {
 protected:
  Busy() {
    make_filled_store(place);
    other = Database::open(place.location.database, Database::Mode::read_write).value();
    sleep_of_sqlite = {};
  }

  test::StorePlace place;
  std::unique_ptr<Database> other;
};

TEST_F(Busy, AWriterGivesUpAfterHalfAMinuteAndSaysWhatToLookFor) {
  const auto vault = place.open();
  ASSERT_TRUE(other->run("BEGIN IMMEDIATE"));
  const auto added = (*vault)->add_key(sample_key("another"));
  ASSERT_FALSE(added);
  EXPECT_THAT(added.error().message, HasSubstr("have kept the store"));
  EXPECT_THAT(added.error().message, HasSubstr("busy for 30 seconds"));
  EXPECT_THAT(added.error().hint, HasSubstr("fuser -v " + place.location.database.string()));
  EXPECT_GT(sleep_of_sqlite.microseconds, 29 * second);
  EXPECT_LT(sleep_of_sqlite.microseconds, 31 * second);
  ASSERT_TRUE(other->run("ROLLBACK"));
  EXPECT_TRUE((*vault)->add_key(sample_key("another"))) << "the vault is as good as before";
}

TEST_F(Busy, AReaderDoesNotWaitForAWriter) {
  ASSERT_TRUE(other->run("BEGIN IMMEDIATE"));
  const auto vault = place.open();
  ASSERT_TRUE(vault);
  EXPECT_EQ((*vault)->tokens()->size(), 1U);
  EXPECT_TRUE((*vault)->check()->empty());
  EXPECT_EQ(sleep_of_sqlite.microseconds, 0);
}

// Stopped while it begins to use the store: SQLite calls what the others see a "locking protocol".
TEST_F(Busy, OneThatWasStoppedWhenItOpenedTheStoreDoesNotMakeItADamagedOne) {
  constexpr off_t write_lock = 120;  // https://www.sqlite.org/walformat.html section 2.3
  constexpr off_t in_use = 128;
  other.reset();
  std::array<int, 2> held{};
  std::array<int, 2> done{};
  ASSERT_TRUE(::pipe(held.data()) == 0 && ::pipe(done.data()) == 0);
  const std::string index = place.location.database.string() + "-shm";
  const pid_t child = test::start_process([&] {
    const int file = ::open(index.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    struct flock lock {
      F_WRLCK, SEEK_SET, write_lock, 1, 0
    };
    struct flock use {
      F_RDLCK, SEEK_SET, in_use, 1, 0
    };
    char end = 0;
    return ::fcntl(file, F_SETLK, &lock) == 0 && ::fcntl(file, F_SETLK, &use) == 0 &&
           ::write(held[1], "", 1) == 1 && ::read(done[0], &end, 1) == 1;
  });
  char begin = 0;
  ASSERT_EQ(::read(held[0], &begin, 1), 1);
  const auto vault = place.open();
  ASSERT_FALSE(vault);
  EXPECT_THAT(vault.error().message, HasSubstr("cannot lock the store"));
  EXPECT_THAT(vault.error().message, HasSubstr("another process keeps it busy"));
  EXPECT_THAT(vault.error().hint, HasSubstr("fuser -v "));
  EXPECT_NEAR(static_cast<double>(sleep_of_sqlite.microseconds), 10.0 * second, 1.0 * second);
  ASSERT_EQ(::write(done[1], "", 1), 1);
  EXPECT_TRUE(test::did_well(test::wait_for(child)));
  EXPECT_TRUE(place.open());
  for (const int end : {held[0], held[1], done[0], done[1]}) ::close(end);
}

TEST_F(Busy, AWriterWaitsForOneThatIsSlow) {
  const auto vault = place.open();
  ASSERT_TRUE(other->run("BEGIN IMMEDIATE"));
  bool writes = true;
  sleep_of_sqlite.meanwhile = [&] {
    if (!writes || sleep_of_sqlite.microseconds < 10 * second) return;
    writes = !other->run("ROLLBACK");
  };
  EXPECT_TRUE((*vault)->add_key(sample_key("another")));
  EXPECT_GE(sleep_of_sqlite.microseconds, 10 * second);
}

}  // namespace
}  // namespace applink::store

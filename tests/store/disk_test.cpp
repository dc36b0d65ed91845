// Disks that fill up or fail, and processes that die, at every single write there is.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "store/codec.h"
#include "store/faulty_disk.h"
#include "store/samples.h"
#include "support/processes.h"

namespace applink::store {
namespace {

namespace fs = std::filesystem;

using test::FaultyDisk;
using test::sample_link;
using test::sample_token;
using ::testing::IsEmpty;

Token new_token() {
  Token token = sample_token();
  token.user_name = "somebody-else";
  return token;
}

enum class State { old, changed, broken };

// The change under test: the token is replaced and its pending login goes, together.
State state_of(const test::StorePlace& place) {
  const auto vault = place.open();
  if (!vault || !(*vault)->check()->empty() || !(*vault)->key("hubkey")) return State::broken;
  const auto token = (*vault)->find_token(test::sample_link(), "default");
  const auto login = (*vault)->find_pending_login(test::sample_link(), "default");
  if (!token || !*token || !login) return State::broken;
  if (encode(**token) == encode(sample_token()) && *login) return State::old;
  if (encode(**token) == encode(new_token()) && !*login) return State::changed;
  return State::broken;
}

class Disk : public ::testing::Test {
 protected:
  // A store as it is before the change, put back before each attempt.
  Disk() {
    make_filled_store(place);
    EXPECT_TRUE((*place.open())->put_pending_login(test::sample_link(), test::sample_login()));
    fs::copy(place.location.database, good);
  }
  void put_back() const {
    fs::remove(fs::path(place.location.database) += "-wal");
    fs::remove(fs::path(place.location.database) += "-shm");
    fs::copy(good, place.location.database, fs::copy_options::overwrite_existing);
  }

  test::StorePlace place;
  fs::path good = place.dir / "good.db";
};

TEST_F(Disk, FullAtAnyWriteIsAnErrorAndTheStoreAsItWas) {
  int failures = 0;
  for (int good_operations = 0;; ++good_operations) {
    put_back();
    Result<void> put;
    bool failed = false;
    {
      const FaultyDisk disk(FaultyDisk::Fault::full, good_operations);
      const auto vault = place.open();
      put = vault ? (*vault)->put_token(test::sample_link(), new_token())
                  : tl::unexpected(vault.error());
      failed = disk.failed();
    }
    if (!put) {
      ++failures;
      EXPECT_EQ(put.error().message,
                "there is no space left to write the store " + place.location.database.string());
    }
    ASSERT_EQ(state_of(place), put ? State::changed : State::old) << good_operations;
    if (!failed) break;
  }
  EXPECT_GT(failures, 3);
}

TEST_F(Disk, AnErrorAtAnyOperationLeavesTheOldOrTheNew) {
  int failures = 0;
  for (int good_operations = 0;; ++good_operations) {
    put_back();
    Result<void> put;
    bool failed = false;
    {
      const FaultyDisk disk(FaultyDisk::Fault::io_error, good_operations);
      const auto vault = place.open();
      put = vault ? (*vault)->put_token(test::sample_link(), new_token())
                  : tl::unexpected(vault.error());
      failed = disk.failed();
    }
    failures += put ? 0 : 1;
    ASSERT_EQ(state_of(place), put ? State::changed : State::old) << good_operations;
    if (!failed) break;
  }
  EXPECT_GT(failures, 3);
}

TEST_F(Disk, AProcessKilledAtAnyOperationLeavesTheOldOrTheNewAndWhatItSaidWasDone) {
  int killed = 0;
  for (int good_operations = 0;; ++good_operations) {
    put_back();
    int said[2] = {};
    ASSERT_EQ(::pipe(said), 0);
    const int status = test::wait_for(test::start_process([&] {
      const FaultyDisk disk(FaultyDisk::Fault::kill, good_operations);
      const auto vault = place.open();
      if (!vault || !(*vault)->put_token(test::sample_link(), new_token())) return false;
      return ::write(said[1], "y", 1) == 1;
    }));
    ::close(said[1]);
    char answer = 'n';
    static_cast<void>(::read(said[0], &answer, 1));
    ::close(said[0]);
    const State state = state_of(place);
    ASSERT_NE(state, State::broken) << good_operations;
    ASSERT_TRUE(answer == 'n' || state == State::changed) << good_operations;
    if (WIFEXITED(status)) {
      EXPECT_EQ(WEXITSTATUS(status), 0);
      break;
    }
    ++killed;
  }
  EXPECT_GT(killed, 5);
}

}  // namespace
}  // namespace applink::store

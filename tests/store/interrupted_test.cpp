// A process that ends whenever something of a backup is synced to the disk: by SIGKILL, or because
// the disk fails.
#include <cerrno>
#include <csignal>
#include <cstring>
#include <functional>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "applink/store/restore.h"
#include "store/samples.h"
#include "support/processes.h"

namespace {

// What the fsync() below does when it is called for the `nth` time.
struct {
  enum { nothing, kill, fail } fault = nothing;
  int nth = 0;
  int calls = 0;
} disk;

}  // namespace

extern "C" int fsync(int) {
  if (disk.fault == disk.nothing || ++disk.calls != disk.nth) return 0;
  if (disk.fault == disk.kill) ::raise(SIGKILL);
  errno = EIO;
  return -1;
}

namespace applink::store {
namespace {

namespace fs = std::filesystem;

using ::testing::IsEmpty;

class Interrupted : public ::testing::Test {
 protected:
  Interrupted() {
    make_filled_store(place);
    fs::create_directory(directory);
  }

  [[nodiscard]] std::size_t files() const {
    std::size_t count = 0;
    for ([[maybe_unused]] const auto& entry : fs::directory_iterator(directory)) ++count;
    return count;
  }
  // Nothing is there, or `file` alone, and that is a whole store.
  [[nodiscard]] bool is_whole_or_nothing() const {
    if (files() == 0) return true;
    const auto copy = Vault::open({file, place.location.key_file}, place.clock);
    return copy && (*copy)->check()->empty() && (*copy)->tokens()->size() == 1;
  }

  test::StorePlace place;
  fs::path directory = place.dir / "backups";
  fs::path file = directory / "backup.db";
};

TEST_F(Interrupted, ABackupKilledAtAnySyncLeavesNothingOrAllOfIt) {
  int nth = 1;
  for (;; ++nth) {
    const int status = test::wait_for(test::start_process([&] {
      const auto vault = place.open();
      disk = {disk.kill, nth, 0};
      return vault && (*vault)->back_up_to(file);
    }));
    EXPECT_LE(files(), 1U) << nth;
    EXPECT_TRUE(is_whole_or_nothing()) << nth;
    if (WIFEXITED(status)) break;
    fs::remove_all(directory);
    fs::create_directory(directory);
  }
  EXPECT_GE(nth, 3) << "the file and its name are synced";
  EXPECT_EQ(files(), 1U);
  EXPECT_THAT(*(*place.open())->check(), IsEmpty());
}

TEST_F(Interrupted, ABackupThatIsNotOnTheDiskIsAnErrorAndLeavesNothing) {
  const auto vault = place.open();
  for (const int nth : {1, 2}) {
    disk = {disk.fail, nth, 0};
    const auto backup = (*vault)->back_up_to(file);
    disk = {};
    ASSERT_FALSE(backup) << nth;
    EXPECT_FALSE(backup.error().hint.empty());
    EXPECT_EQ(files(), 0U) << nth;
  }
}

TEST_F(Interrupted, ARestoreKilledAtAnySyncLeavesNoStoreOrAllOfIt) {
  ASSERT_TRUE((*place.open())->back_up_to(file));
  for (int nth = 1;; ++nth) {
    const test::StorePlace other;
    const auto restored = [&] {
      return restore_store(file, other.location, other.clock, {}, place.location.key_file);
    };
    const int status = test::wait_for(test::start_process([&] {
      disk = {disk.kill, nth, 0};
      return restored().has_value();
    }));
    if (!fs::exists(other.location.database)) {
      const auto again = restored();
      ASSERT_TRUE(again) << nth << ": " << again.error().message;
    }
    const auto vault = other.open();
    ASSERT_TRUE(vault) << nth << ": " << vault.error().message;
    EXPECT_THAT(*(*vault)->check(), IsEmpty()) << nth;
    EXPECT_EQ((*vault)->tokens()->size(), 1U) << nth;
    if (WIFEXITED(status)) {
      EXPECT_GE(nth, 7) << "two directories, two files, and the name of each is synced";
      break;
    }
  }
}

}  // namespace
}  // namespace applink::store

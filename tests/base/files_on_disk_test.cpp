// What is synced to the disk and when, seen by a function that stands in for fsync().
#include <cerrno>
#include <csignal>
#include <filesystem>
#include <set>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include "applink/base/files.h"
#include "support/temp_dir.h"

namespace fs = std::filesystem;

namespace {

struct Disk {
  std::set<std::string> synced_directories;
  bool directories_fail = false;
  int signal_at_sync = 0;
};
Disk disk;

volatile std::sig_atomic_t files_seen = -1;
std::string watched;  // set before the signal, read in its handler

extern "C" void count_files(int) {
  int count = 0;
  for ([[maybe_unused]] const auto& entry : fs::directory_iterator(watched)) ++count;
  files_seen = count;
}

}  // namespace

extern "C" int fsync(int descriptor) {
  struct stat status {};
  if (::fstat(descriptor, &status) != 0) return -1;
  if (disk.signal_at_sync != 0) ::raise(disk.signal_at_sync);
  if (!S_ISDIR(status.st_mode)) return 0;
  if (disk.directories_fail) {
    errno = EIO;
    return -1;
  }
  disk.synced_directories.insert(
      fs::read_symlink("/proc/self/fd/" + std::to_string(descriptor)).string());
  return 0;
}

namespace applink {
namespace {

using ::testing::Contains;

class OnDisk : public ::testing::Test {
 protected:
  void SetUp() override { disk = {}; }
  test::TempDir dir;
};

TEST_F(OnDisk, ANewDirectoryIsSyncedIntoEachParent) {
  ASSERT_TRUE(create_private_directories(dir / "a/b"));
  EXPECT_THAT(disk.synced_directories, Contains(dir.path().string()));
  EXPECT_THAT(disk.synced_directories, Contains((dir / "a").string()));
}

TEST_F(OnDisk, ADirectoryThatIsNotSyncedIsAnError) {
  disk.directories_fail = true;
  EXPECT_FALSE(create_private_directories(dir / "a"));
}

TEST_F(OnDisk, ANewFileIsSyncedWithItsName) {
  ASSERT_TRUE(write_new_file(dir / "key", "x", FileMode::private_file));
  EXPECT_THAT(disk.synced_directories, Contains(dir.path().string()));
}

TEST_F(OnDisk, AFileWhoseNameIsNotSyncedIsTakenBack) {
  disk.directories_fail = true;
  EXPECT_FALSE(write_new_file(dir / "key", "x", FileMode::private_file));
  EXPECT_TRUE(fs::is_empty(dir.path()));
}

TEST_F(OnDisk, NothingHasANameBeforeItIsWholeAndNoSignalComesBetween) {
  watched = dir.path().string();
  auto* const before = std::signal(SIGINT, count_files);
  disk.signal_at_sync = SIGINT;
  ASSERT_TRUE(write_new_file(dir / "key", "x", FileMode::private_file));
  EXPECT_EQ(files_seen, 1) << "it came when the file was written";
  ASSERT_TRUE(replace_file(dir / "key", "y", FileMode::private_file));
  EXPECT_EQ(files_seen, 1);
  std::signal(SIGINT, before);
}

}  // namespace
}  // namespace applink

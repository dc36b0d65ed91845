#include "applink/base/output_file.h"

#include <array>

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include "applink/base/files.h"
#include "support/temp_dir.h"

namespace applink {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

mode_t type_and_mode(const fs::path& path) {
  struct stat status {};
  EXPECT_EQ(::lstat(path.c_str(), &status), 0) << path;
  return status.st_mode;
}

TEST(WriteOutput, MakesANewFilePrivate) {
  const test::TempDir dir;
  ASSERT_TRUE(check_output(dir / "answer"));
  EXPECT_FALSE(fs::exists(dir / "answer"));
  ASSERT_TRUE(write_output(dir / "answer", "x"));
  EXPECT_EQ(read_file(dir / "answer", 10), "x");
  EXPECT_EQ(type_and_mode(dir / "answer"), S_IFREG | 0600U);
}

TEST(WriteOutput, ReplacesAFileAndKeepsItsMode) {
  const test::TempDir dir;
  ASSERT_TRUE(write_new_file(dir / "answer", "a longer one", FileMode::public_file));
  ASSERT_EQ(::chmod((dir / "answer").c_str(), 0640), 0);
  ASSERT_TRUE(check_output(dir / "answer"));
  EXPECT_EQ(read_file(dir / "answer", 100), "a longer one");
  ASSERT_TRUE(write_output(dir / "answer", "x"));
  EXPECT_EQ(read_file(dir / "answer", 10), "x");
  EXPECT_EQ(type_and_mode(dir / "answer"), S_IFREG | 0640U);
}

TEST(WriteOutput, FollowsSymbolicLinksAndLeavesThem) {
  const test::TempDir dir;
  ASSERT_TRUE(create_private_directories(dir / "sub"));
  fs::create_symlink("sub/second", dir / "first");
  fs::create_symlink("file", dir / "sub/second");
  for (const auto* const content : {"made", "replaced"}) {
    ASSERT_TRUE(check_output(dir / "first"));
    ASSERT_TRUE(write_output(dir / "first", content));
    EXPECT_EQ(read_file(dir / "sub/file", 10), content);
    EXPECT_TRUE(fs::is_symlink(dir / "first"));
    EXPECT_TRUE(fs::is_symlink(dir / "sub/second"));
  }
}

TEST(WriteOutput, WritesIntoAPipe) {
  const test::TempDir dir;
  ASSERT_EQ(::mkfifo((dir / "pipe").c_str(), 0600), 0);
  const int reader = ::open((dir / "pipe").c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC);
  ASSERT_TRUE(check_output(dir / "pipe"));
  ASSERT_TRUE(write_output(dir / "pipe", "through"));
  std::array<char, 16> got{};
  EXPECT_EQ(::read(reader, got.data(), got.size()), 7);
  EXPECT_STREQ(got.data(), "through");
  EXPECT_EQ(type_and_mode(dir / "pipe"), S_IFIFO | 0600U);
  ::close(reader);
}

TEST(WriteOutput, LeavesADeviceADevice) {
  const test::TempDir dir;
  fs::create_symlink("/dev/null", dir / "null");
  fs::create_symlink("/dev/full", dir / "full");
  EXPECT_TRUE(check_output(dir / "null"));
  EXPECT_TRUE(write_output(dir / "null", "x"));
  EXPECT_TRUE(fs::is_character_file(fs::symlink_status("/dev/null")));
  EXPECT_TRUE(fs::is_symlink(dir / "null"));
  const auto refused = write_output(dir / "full", "x");
  ASSERT_FALSE(refused);
  EXPECT_THAT(refused.error().message, HasSubstr("No space left"));
  EXPECT_TRUE(fs::is_character_file(fs::symlink_status("/dev/full")));
}

// As /dev/stdout leads to standard output, whatever that is.
TEST(WriteOutput, WritesToADescriptorByItsName) {
  const test::TempDir dir;
  const int file = ::open((dir / "f").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  ASSERT_EQ(::unlink((dir / "f").c_str()), 0);
  fs::create_symlink("/proc/self/fd/" + std::to_string(file), dir / "stdout");
  ASSERT_TRUE(check_output(dir / "stdout"));
  ASSERT_TRUE(write_output(dir / "stdout", "x"));
  char got = 0;
  EXPECT_EQ(::pread(file, &got, 1, 0), 1);
  EXPECT_EQ(got, 'x');
  ::close(file);
}

TEST(CheckOutput, SaysBeforehandWhatCannotBeWritten) {
  const test::TempDir dir;
  ASSERT_TRUE(write_new_file(dir / "file", "", FileMode::private_file));
  fs::create_symlink("circle", dir / "circle");
  for (const fs::path& path : {dir / "missing/x", dir / "file/x", dir.path(), dir / "circle",
                               dir / std::string(300, 'x'), dir / "new/", fs::path()}) {
    const auto refused = check_output(path);
    ASSERT_FALSE(refused) << path;
    EXPECT_THAT(refused.error().message, HasSubstr("cannot write"));
    EXPECT_FALSE(refused.error().hint.empty());
    EXPECT_FALSE(write_output(path, "x")) << path;
  }
}

}  // namespace
}  // namespace applink

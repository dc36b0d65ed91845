#include "applink/base/files.h"

#include <csignal>
#include <fstream>
#include <string>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include "support/temp_dir.h"

namespace applink {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

mode_t mode_of(const std::filesystem::path& path) {
  struct stat status {};
  EXPECT_EQ(::stat(path.c_str(), &status), 0);
  return status.st_mode & 07777;
}

TEST(WriteNewFile, WritesWholeWithItsModeWhateverTheUmask) {
  const test::TempDir dir;
  const mode_t before = ::umask(0);
  ASSERT_TRUE(write_new_file(dir / "key", "secret", FileMode::private_file));
  ::umask(077);
  ASSERT_TRUE(write_new_file(dir / "cer", "public", FileMode::public_file));
  ::umask(before);
  EXPECT_EQ(mode_of(dir / "key"), 0600U);
  EXPECT_EQ(mode_of(dir / "cer"), 0644U);
  EXPECT_EQ(read_file(dir / "key", 100), "secret");
}

TEST(WriteNewFile, OverwritesNothing) {
  const test::TempDir dir;
  ASSERT_TRUE(write_new_file(dir / "key", "first", FileMode::private_file));
  const auto second = write_new_file(dir / "key", "second", FileMode::private_file);
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, ErrorCode::conflict);
  EXPECT_EQ(read_file(dir / "key", 100), "first");
}

TEST(WriteNewFile, DoesNotFollowALinkThatLeadsNowhere) {
  const test::TempDir dir;
  std::filesystem::create_symlink(dir / "elsewhere", dir / "key");
  EXPECT_FALSE(write_new_file(dir / "key", "x", FileMode::private_file));
  EXPECT_FALSE(std::filesystem::exists(dir / "elsewhere"));
}

// The limit on a file's size stands in for a full disk: the write fails after its first bytes.
class FileSizeLimit {
 public:
  explicit FileSizeLimit(rlim_t bytes) {
    std::signal(SIGXFSZ, SIG_IGN);
    ::getrlimit(RLIMIT_FSIZE, &before_);
    const rlimit limit{bytes, before_.rlim_max};
    ::setrlimit(RLIMIT_FSIZE, &limit);
  }
  FileSizeLimit(const FileSizeLimit&) = delete;
  FileSizeLimit& operator=(const FileSizeLimit&) = delete;
  ~FileSizeLimit() { ::setrlimit(RLIMIT_FSIZE, &before_); }

 private:
  rlimit before_{};
};

TEST(WriteNewFile, LeavesNothingWhenTheDiskIsFull) {
  const test::TempDir dir;
  const FileSizeLimit limit(3);
  EXPECT_FALSE(write_new_file(dir / "key", "more than three bytes", FileMode::private_file));
  EXPECT_TRUE(std::filesystem::is_empty(dir.path()));
}

TEST(ReplaceFile, CreatesAndReplacesWithItsMode) {
  const test::TempDir dir;
  ASSERT_TRUE(replace_file(dir / "state", "first", FileMode::private_file));
  EXPECT_EQ(read_file(dir / "state", 100), "first");
  ASSERT_TRUE(replace_file(dir / "state", "second", FileMode::private_file));
  EXPECT_EQ(read_file(dir / "state", 100), "second");
  EXPECT_EQ(mode_of(dir / "state"), 0600U);
}

TEST(ReplaceFile, KeepsTheOldContentWhenTheDiskIsFull) {
  const test::TempDir dir;
  ASSERT_TRUE(replace_file(dir / "state", "old", FileMode::private_file));
  const FileSizeLimit limit(3);
  EXPECT_FALSE(replace_file(dir / "state", "more than three bytes", FileMode::private_file));
  EXPECT_EQ(read_file(dir / "state", 100), "old");
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(dir.path()), {}), 1);
}

TEST(ReplaceFile, RefusesADirectory) {
  const test::TempDir dir;
  std::filesystem::create_directory(dir / "state");
  const auto result = replace_file(dir / "state", "x", FileMode::private_file);
  ASSERT_FALSE(result);
  EXPECT_THAT(result.error().message, testing::EndsWith("Is a directory"));
}

TEST(ReadFile, RefusesWhatIsTooLargeMissingOrNoFile) {
  const test::TempDir dir;
  ASSERT_TRUE(write_new_file(dir / "f", "12345", FileMode::public_file));
  EXPECT_TRUE(read_file(dir / "f", 5));
  EXPECT_FALSE(read_file(dir / "f", 4));
  EXPECT_FALSE(read_file(dir / "missing", 5));
  EXPECT_FALSE(read_file(dir.path(), 5));
  EXPECT_FALSE(read_file("/dev/zero", 5));
}

// A pipe does not say how much will come: up to the limit, and not a byte more.
TEST(ReadFile, ReadsAPipeUpToTheLimit) {
  const test::TempDir dir;
  const auto pipe = dir / "pipe";
  ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
  const auto read_through_pipe = [&](std::size_t size) {
    std::thread writer([&] { std::ofstream(pipe) << std::string(size, 'x'); });
    auto content = read_file(pipe, 20'000);
    writer.join();
    return content;
  };
  for (const std::size_t size : {0U, 1U, 4096U, 4097U, 20'000U}) {
    EXPECT_EQ(read_through_pipe(size), std::string(size, 'x'));
  }
  const auto too_much = read_through_pipe(20'001);
  ASSERT_FALSE(too_much);
  EXPECT_THAT(too_much.error().message, HasSubstr("larger than 20000 bytes"));
}

TEST(ReadFile, ReadsAFileOfAnySizeUpToTheLimit) {
  const test::TempDir dir;
  for (const std::size_t size : {0U, 4095U, 4096U, 4097U, 100'000U}) {
    ASSERT_TRUE(replace_file(dir / "file", std::string(size, 'x'), FileMode::private_file));
    EXPECT_EQ(read_file(dir / "file", 100'000), std::string(size, 'x'));
  }
}

TEST(ReadFile, NamesThePathHarmlessly) {
  const auto result = read_file("no\x1bsuch", 5);
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().message, "cannot open no\\x1bsuch: No such file or directory");
}

TEST(ReadSecretFile, ReadsTheSameBytes) {
  const test::TempDir dir;
  ASSERT_TRUE(write_new_file(dir / "f", std::string("a\0b", 3), FileMode::private_file));
  const auto secret = read_secret_file(dir / "f", 10);
  ASSERT_TRUE(secret);
  EXPECT_EQ(secret->reveal(), std::string_view("a\0b", 3));
}

TEST(CreatePrivateDirectories, MakesEachMissingOne0700) {
  const test::TempDir dir;
  ASSERT_TRUE(create_private_directories(dir / "a/b/c"));
  EXPECT_EQ(mode_of(dir / "a"), 0700U);
  EXPECT_EQ(mode_of(dir / "a/b/c"), 0700U);
  EXPECT_TRUE(create_private_directories(dir / "a/b/c"));
}

TEST(CreatePrivateDirectories, RefusesAFileInTheWay) {
  const test::TempDir dir;
  ASSERT_TRUE(write_new_file(dir / "a", "", FileMode::public_file));
  EXPECT_FALSE(create_private_directories(dir / "a"));
  EXPECT_FALSE(create_private_directories(dir / "a/b"));
}

TEST(ReadPrivateFile, RefusesWhatOthersMayRead) {
  const test::TempDir dir;
  ASSERT_TRUE(write_new_file(dir / "private", "x", FileMode::private_file));
  ASSERT_TRUE(write_new_file(dir / "public", "x", FileMode::public_file));
  EXPECT_TRUE(read_private_file(dir / "private", 5));
  const auto refused = read_private_file(dir / "public", 5);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().hint,
            "let nobody else read it: chmod 600 " + (dir / "public").string());
  EXPECT_FALSE(read_private_file(dir / "private", 0));
  EXPECT_FALSE(read_private_file(dir / "missing", 5));
}

TEST(ReadPrivateFile, CallsADirectoryNoFileWhateverItsMode) {
  const test::TempDir dir;
  ASSERT_EQ(::chmod(dir.path().c_str(), 0755), 0);
  EXPECT_THAT(read_private_file(dir.path(), 5).error().message, HasSubstr("is not a file"));
}

TEST(InCommand, IsThePathOrAWordForIt) {
  EXPECT_EQ(in_command("keys/a-b_c.pem"), "keys/a-b_c.pem");
  for (const auto* const path : {"", "-rf", "my key", "a;ls", "$(id)", "a\nb", "\xc3\xa4"}) {
    EXPECT_EQ(in_command(path), "FILE") << path;
  }
}

TEST(AFailure, HasAHintForEachReason) {
  const test::TempDir dir;
  ASSERT_TRUE(write_new_file(dir / "file", "", FileMode::private_file));
  const auto hint_of = [](const std::filesystem::path& path) {
    return write_new_file(path, "x", FileMode::private_file).error().hint;
  };
  EXPECT_THAT(hint_of(dir / "missing/x"), HasSubstr("directory exists"));
  EXPECT_THAT(hint_of(dir / "file/x"), HasSubstr("directory exists"));
  EXPECT_THAT(hint_of(dir / std::string(300, 'x')), HasSubstr("shorter name"));
  EXPECT_THAT(hint_of("/proc/x"), Not(IsEmpty()));
  EXPECT_THAT(create_private_directories("/proc/x/y").error().hint, Not(IsEmpty()));
  EXPECT_THAT(create_private_directories(dir / "file").error().hint, Not(IsEmpty()));
  EXPECT_THAT(replace_file(dir.path(), "x", FileMode::private_file).error().hint,
              HasSubstr("name a file in it"));
  const FileSizeLimit limit(3);
  EXPECT_THAT(write_new_file(dir / "big", "too big", FileMode::private_file).error().hint,
              HasSubstr("make room"));
}

}  // namespace
}  // namespace applink

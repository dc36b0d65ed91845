// Files that give way to others of their name.
#include "applink/base/backup.h"

#include <algorithm>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include "support/temp_dir.h"

namespace applink {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr auto private_file = FileMode::private_file;

std::string content_of(const fs::path& path) {
  const auto content = read_file(path, 1000);
  EXPECT_TRUE(content) << path;
  return content.value_or("");
}

std::vector<std::string> names_in(const fs::path& directory) {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(directory))
    names.push_back(entry.path().filename());
  std::sort(names.begin(), names.end());
  return names;
}

TEST(ReplaceKeepingBackup, NumbersWhatWasThere) {
  const test::TempDir dir;
  const fs::path path = dir / "key.pem";
  EXPECT_EQ(*replace_keeping_backup(path, "first", private_file), std::nullopt);
  EXPECT_EQ(*replace_keeping_backup(path, "second", private_file), dir / "key.pem.~1~");
  EXPECT_EQ(*replace_keeping_backup(path, "third", private_file), dir / "key.pem.~2~");
  EXPECT_THAT(names_in(dir.path()), ElementsAre("key.pem", "key.pem.~1~", "key.pem.~2~"));
  EXPECT_EQ(content_of(path), "third");
  EXPECT_EQ(content_of(dir / "key.pem.~1~"), "first");
  EXPECT_EQ(content_of(dir / "key.pem.~2~"), "second");
}

TEST(ReplaceKeepingBackup, TakesNoBackupsPlace) {
  const test::TempDir dir;
  ASSERT_TRUE(write_new_file(dir / "key.pem.~1~", "somebody's", private_file));
  ASSERT_TRUE(write_new_file(dir / "key.pem", "old", FileMode::public_file));
  EXPECT_EQ(*replace_keeping_backup(dir / "key.pem", "new", private_file), dir / "key.pem.~2~");
  EXPECT_EQ(content_of(dir / "key.pem.~1~"), "somebody's");
  struct stat status {};
  ASSERT_EQ(::stat((dir / "key.pem").c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 07777, 0600U);
  ASSERT_EQ(::stat((dir / "key.pem.~2~").c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 07777, 0644U);
}

TEST(ReplaceKeepingBackup, ReplacesFilesAlone) {
  const test::TempDir dir;
  ASSERT_TRUE(write_new_file(dir / "target", "target", private_file));
  fs::create_symlink("target", dir / "link");
  fs::create_directory(dir / "directory");
  ASSERT_EQ(::mkfifo((dir / "pipe").c_str(), 0600), 0);
  for (const char* name : {"link", "directory", "pipe"}) {
    const auto replaced = replace_keeping_backup(dir / name, "new", private_file);
    ASSERT_FALSE(replaced) << name;
    EXPECT_EQ(replaced.error().code, ErrorCode::conflict);
    EXPECT_THAT(replaced.error().message, HasSubstr(name));
    EXPECT_FALSE(replaced.error().hint.empty());
  }
  EXPECT_THAT(names_in(dir.path()), ElementsAre("directory", "link", "pipe", "target"));
  EXPECT_EQ(content_of(dir / "target"), "target");
  EXPECT_FALSE(replace_keeping_backup(dir / "absent/key.pem", "new", private_file));
}

}  // namespace
}  // namespace applink

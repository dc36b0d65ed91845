// Files and directories that others can read, write, or put another in the place of.
#include "store/private_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include "applink/base/files.h"
#include "store/samples.h"
#include "support/processes.h"

namespace applink::store {
namespace {

namespace fs = std::filesystem;

using ::testing::HasSubstr;
using ::testing::StartsWith;

class PrivateFile : public ::testing::Test {
 protected:
  PrivateFile() { make_filled_store(place); }

  [[nodiscard]] fs::path beside(const char* suffix) const {
    return fs::path(place.location.database) += suffix;
  }
  static void have(const fs::path& path) {
    const bool there = fs::exists(path) || write_new_file(path, "", FileMode::private_file);
    EXPECT_TRUE(there) << path;
  }
  // What opening says. Whatever is wrong with a file of the store, it does not open: status 4.
  Error error() {
    auto vault = place.open();
    if (vault) return {};
    EXPECT_EQ(vault.error().code, ErrorCode::locked) << vault.error().message;
    return vault.error();
  }
  std::string command_that_mends() { return error().hint; }

  test::StorePlace place;
};

std::string quoted(const fs::path& path) {
  return "'" + path.string() + "'";
}

TEST_F(PrivateFile, EveryFileOfAStoreIsPrivateWhateverTheUmask) {
  for (const mode_t mask : {mode_t{0}, mode_t{077}, mode_t{0277}}) {
    const test::StorePlace other;
    const mode_t before = ::umask(mask);
    const auto vault = other.open();
    const auto put = vault ? (*vault)->add_key(test::sample_key()) : Result<void>();
    ::umask(before);
    ASSERT_TRUE(vault && put) << mask;
    int files = 0;
    for (const auto& entry : fs::recursive_directory_iterator(other.dir.path())) {
      struct stat status {};
      ASSERT_EQ(::stat(entry.path().c_str(), &status), 0);
      EXPECT_EQ(status.st_mode & 07777, entry.is_directory() ? 0700U : 0600U)
          << entry.path() << " with umask " << mask;
      ++files;
    }
    EXPECT_EQ(files, 6) << "two directories, the database with -wal and -shm, the key file";
  }
}

TEST_F(PrivateFile, AnyPermissionOfOthersOnAnyFileIsRefused) {
  for (const fs::path& path : {place.location.database, place.location.key_file, beside("-wal"),
                               beside("-shm"), beside("-journal")}) {
    have(path);
    for (const unsigned mode : {0640U, 0620U, 0610U, 0604U, 0602U, 0601U, 0666U}) {
      fs::permissions(path, fs::perms(mode));
      EXPECT_EQ(command_that_mends(), "chmod 600 " + quoted(path)) << mode;
    }
    fs::permissions(path, fs::perms(0600));
  }
}

TEST_F(PrivateFile, ASymbolicLinkIsRefusedInThePlaceOfAnyFile) {
  for (const fs::path& path : {place.location.database, place.location.key_file, beside("-wal"),
                               beside("-shm"), beside("-journal")}) {
    have(path);
    fs::rename(path, place.dir / "moved");
    fs::create_symlink(place.dir / "moved", path);
    EXPECT_EQ(command_that_mends(), "name the file itself: readlink -f " + quoted(path));
    fs::remove(path);
    fs::rename(place.dir / "moved", path);
  }
}

TEST_F(PrivateFile, FilesAndDirectoriesOfAnotherUserAreRefused) {
  if (::geteuid() != 0) GTEST_SKIP() << "only root can give a file away";
  for (const fs::path& path :
       {place.location.database, place.location.key_file, place.location.database.parent_path(),
        place.location.key_file.parent_path()}) {
    ASSERT_EQ(::chown(path.c_str(), 65534, 65534), 0);
    EXPECT_EQ(command_that_mends(), "run applink as that user, or: chown 0 " + quoted(path));
    ASSERT_EQ(::chown(path.c_str(), 0, 0), 0);
  }
  EXPECT_TRUE(place.open());
}

TEST_F(PrivateFile, ADirectoryThatOthersCanWriteIsRefused) {
  for (const fs::path& directory :
       {place.location.database.parent_path(), place.location.key_file.parent_path()}) {
    for (const unsigned mode : {0770U, 0707U, 0777U, 0720U, 0702U}) {
      fs::permissions(directory, fs::perms(mode));
      EXPECT_EQ(command_that_mends(), "chmod go-w " + quoted(directory)) << mode;
      EXPECT_THAT(error().message, StartsWith("other users can write the directory"));
    }
    for (const unsigned mode : {0755U, 0750U, 01777U}) {
      fs::permissions(directory, fs::perms(mode));
      EXPECT_TRUE(place.open()) << "others see names there, and can put nothing in their place";
    }
  }
}

TEST_F(PrivateFile, NoStoreIsMadeWhereOthersCanReplaceIt) {
  const test::StorePlace other;
  fs::create_directory(other.dir / "data");
  fs::permissions(other.dir / "data", fs::perms(0777));
  const auto vault = other.open();
  ASSERT_FALSE(vault);
  EXPECT_EQ(vault.error().code, ErrorCode::locked);
  EXPECT_EQ(vault.error().hint, "chmod go-w " + quoted(other.dir / "data"));
  EXPECT_FALSE(fs::exists(other.location.database));
  EXPECT_FALSE(fs::exists(other.location.key_file));
}

TEST_F(PrivateFile, ACommandThatMendsIsOneForTheShell) {
  const fs::path odd = place.dir / "it's";
  fs::create_directory(odd);
  ASSERT_TRUE(write_new_file(odd / "a b", "", FileMode::public_file));
  EXPECT_EQ(check_private_file(odd / "a b", ErrorCode::locked).error().hint,
            "chmod 600 '" + place.dir.path().string() + "/it'\\''s/a b'");
}

}  // namespace
}  // namespace applink::store

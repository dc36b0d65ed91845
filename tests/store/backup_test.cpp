// Backups of a store that is in use, and of one that is not as it was written.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include "applink/base/files.h"
#include "store/samples.h"
#include "store/sqlite.h"

namespace applink::store {
namespace {

namespace fs = std::filesystem;

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class BackupTest : public ::testing::Test {
 protected:
  BackupTest() {
    make_filled_store(place);
    vault = std::move(*place.open());
  }

  test::StorePlace place;
  std::unique_ptr<Vault> vault;
  fs::path file = place.dir / "backup.db";
};

TEST_F(BackupTest, IsTheStoreAtThatMoment) {
  const auto backup = vault->back_up_to(file);
  ASSERT_TRUE(backup) << backup.error().message;
  EXPECT_EQ(backup->written, (WrittenFile{file, std::nullopt}));
  EXPECT_EQ(backup->contents.keys, 1U);
  EXPECT_EQ(backup->contents.links, 1U);
  EXPECT_EQ(backup->contents.tokens, 1U);
  EXPECT_EQ(backup->contents.pending_logins, 0U);
  EXPECT_EQ(backup->contents.events, vault->info()->events);
  EXPECT_THAT(backup->unlock_methods, ElementsAre("key file"));
  ASSERT_TRUE(vault->remove_link("prod"));

  const auto copy = Vault::open({file, place.location.key_file}, place.clock);
  ASSERT_TRUE(copy) << copy.error().message;
  EXPECT_THAT(*(*copy)->check(), IsEmpty());
  EXPECT_EQ((*copy)->link("prod"), test::sample_link());
  EXPECT_TRUE(*(*copy)->find_token(test::sample_link(), "default"));
}

TEST_F(BackupTest, HoldsNoSecretInTheClear) {
  ASSERT_TRUE(vault->back_up_to(file));
  const std::string bytes = *read_file(file, 1 << 20);
  for (const char* secret : {"secret-of-alice", "token-of-alice", "session-of-alice"}) {
    EXPECT_EQ(bytes.find(secret), std::string::npos) << secret;
  }
  struct stat status {};
  ASSERT_EQ(::stat(file.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 07777, 0600U);
}

TEST_F(BackupTest, TakesNoOthersPlaceUnlessThatIsKept) {
  ASSERT_TRUE(vault->back_up_to(file));
  const auto again = vault->back_up_to(file);
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().code, ErrorCode::conflict);
  ASSERT_TRUE(vault->add_key(test::sample_key("second")));
  const auto kept = vault->back_up_to(file, Existing::kept_as_backup);
  ASSERT_TRUE(kept) << kept.error().message;
  EXPECT_EQ(kept->written.backup, fs::path(file) += ".~1~");
  EXPECT_EQ(kept->contents.keys, 2U);
}

TEST_F(BackupTest, IsNeverTheStoreNorTheKeyFile) {
  fs::create_directory_symlink(place.dir / "data", place.dir / "way");
  for (const fs::path& path :
       {place.location.database, place.dir / "way/store.db", place.dir / "data/store.db-wal",
        place.dir / "data/store.db-shm", place.dir / "data/../data/store.db-journal",
        place.location.key_file}) {
    const auto backup = vault->back_up_to(path, Existing::kept_as_backup);
    ASSERT_FALSE(backup) << path;
    EXPECT_EQ(backup.error().code, ErrorCode::usage);
    EXPECT_THAT(backup.error().message, HasSubstr(path.string()));
    EXPECT_FALSE(backup.error().hint.empty());
  }
  EXPECT_THAT(*vault->check(), IsEmpty());
}

TEST_F(BackupTest, OfASpoiltStoreIsNotMade) {
  const auto spoil = Database::open(place.location.database, Database::Mode::read_write);
  ASSERT_TRUE(
      (*spoil)->run("DELETE FROM record WHERE kind = 'token'; "
                    "DELETE FROM event WHERE number = 2"));
  const auto backup = vault->back_up_to(file);
  ASSERT_FALSE(backup);
  EXPECT_THAT(backup.error().message, HasSubstr("no backup was made"));
  EXPECT_THAT(backup.error().message, HasSubstr("event 2 was taken out of the log"));
  EXPECT_THAT(backup.error().hint, HasSubstr("applink store check"));
  EXPECT_FALSE(fs::exists(file));
}

TEST_F(BackupTest, WhereNothingCanBeWritten) {
  const auto nowhere = vault->back_up_to(place.dir / "absent/backup.db");
  ASSERT_FALSE(nowhere);
  EXPECT_FALSE(nowhere.error().hint.empty());
  const auto device = vault->back_up_to("/dev/full", Existing::kept_as_backup);
  ASSERT_FALSE(device);
  EXPECT_EQ(device.error().code, ErrorCode::conflict);
}

}  // namespace
}  // namespace applink::store

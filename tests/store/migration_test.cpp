// A store of format 1 becomes one of format 2 when it is opened: whole, once, with a backup beside.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include "applink/base/files.h"
#include "store/codec.h"
#include "store/faulty_disk.h"
#include "store/samples.h"
#include "store/sqlite_file.h"
#include "support/processes.h"

namespace applink::store {
namespace {

namespace fs = std::filesystem;

using test::FaultyDisk;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class Migration : public ::testing::Test {
 protected:
  Migration() { test::take_golden(place, "v2"); }

  void put_back() const {
    fs::remove_all(place.location.database.parent_path());
    fs::remove_all(place.location.key_file.parent_path());
    test::take_golden(place, "v2");
  }
  std::string bytes() const { return bytes_of(place.location.database); }
  static std::string bytes_of(const fs::path& path) { return *read_file(path, 1 << 20); }
  fs::path backup(const char* suffix = "") const {
    return (fs::path(place.location.database) += ".format-1") += suffix;
  }
  // Behind the header of the file, which counts how often it was written.
  static bool is_golden(const fs::path& path) {
    constexpr std::size_t header = 100;
    return bytes_of(path).substr(header) ==
           bytes_of(test::tests_file("data/store/golden-v2.db")).substr(header);
  }
  int files() const {
    const fs::directory_iterator all(place.location.database.parent_path());
    return static_cast<int>(std::distance(begin(all), end(all)));
  }
  // Whether it opens as a whole store of format 2, with all that was in it and no event too many.
  bool is_whole() const {
    const auto vault = place.open();
    return vault && (*vault)->check()->empty() && (*vault)->info()->format_version == 2 &&
           (*vault)->info()->events == 15 && (*vault)->links()->size() == 3 &&
           encode(*(*vault)->key("hubkey")) == encode(test::sample_key());
  }

  test::StorePlace place;
};

TEST_F(Migration, TakesTheStoreToTheNewestFormatAndSaysSoOnce) {
  {
    const auto vault = place.open();
    ASSERT_TRUE(vault) << vault.error().message;
    EXPECT_EQ(*(*vault)->notice(), "took the store " + place.location.database.string() +
                                       " from format 1 to 2; as it was, it is kept as " +
                                       backup().string());
    EXPECT_THAT((*vault)->warnings(), IsEmpty());
    EXPECT_THAT((*vault)->info()->unlock_methods, ElementsAre("key file"));
    const auto events = (*vault)->events();
    ASSERT_EQ(events->size(), 15U);
    EXPECT_EQ(events->at(13).kind, RecordKind::store);
    EXPECT_EQ(events->at(13).change, Change::replaced);
    EXPECT_EQ(events->at(13).name, "format 2");
    EXPECT_EQ(events->at(14).kind, RecordKind::unlock_method);
    EXPECT_EQ(events->at(14).name, "key file");
  }
  EXPECT_TRUE(is_golden(backup()));
  struct stat status {};
  ASSERT_EQ(::stat(backup().c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 07777U, 0600U);

  const auto again = place.open();
  EXPECT_FALSE((*again)->notice());
  EXPECT_TRUE(is_whole());
}

TEST_F(Migration, TheBackupIsAStoreOfTheOldFormatAndOpensWithTheSameKeyFile) {
  ASSERT_TRUE(is_whole());
  fs::rename(backup(), place.location.database);
  EXPECT_TRUE(is_whole());
}

TEST_F(Migration, TheBackupHasWhatStoodInTheLogOfTheDatabase) {
  // As an older applink leaves it that was killed: the last change is in the -wal file alone.
  const std::string away = (place.dir / "away").string();
  ASSERT_EQ(0, test::wait_for(test::start_process([&] {
              sqlite3* database = nullptr;
              ::sqlite3_open(place.location.database.c_str(), &database);
              ::sqlite3_exec(database, "CREATE TABLE in_the_log (x)", nullptr, nullptr, nullptr);
              ::_exit(0);
              return true;
            })));
  ASSERT_TRUE(is_whole());
  test::run_sql(backup(), "SELECT * FROM in_the_log");
}

TEST_F(Migration, NoOtherFileIsOverwritten) {
  std::ofstream(backup()) << "precious";
  fs::create_directory(backup(".2"));
  EXPECT_TRUE(is_whole());
  EXPECT_EQ(bytes_of(backup()), "precious");
  EXPECT_TRUE(is_golden(backup(".3")));
}

TEST_F(Migration, ABackupOfTheSameBytesIsNotMadeTwice) {
  ASSERT_TRUE(is_whole());
  // As if the process had been killed before its transaction was on the disk.
  fs::copy(test::tests_file("data/store/golden-v2.db"), place.location.database,
           fs::copy_options::overwrite_existing);
  fs::permissions(place.location.database, fs::perms(0600));
  EXPECT_TRUE(is_whole());
  EXPECT_EQ(files(), 2);
}

TEST_F(Migration, ManyProcessesAtOnceMakeIt) {
  constexpr int processes = 8;
  EXPECT_EQ(processes, test::run_at_once(processes, [&](int number) {
              const auto vault = place.open();
              return vault && (*vault)->put_token(
                                  test::sample_link(),
                                  test::sample_token("prod", "user" + std::to_string(number)));
            }));
  const auto vault = place.open();
  EXPECT_EQ((*vault)->info()->events, 15U + processes);
  EXPECT_THAT(*(*vault)->check(), IsEmpty());
  EXPECT_FALSE(fs::exists(backup(".2")));
}

TEST_F(Migration, AFullOrFailingDiskIsAnErrorAndTheStoreAsItWas) {
  for (const auto fault : {FaultyDisk::Fault::full, FaultyDisk::Fault::io_error}) {
    int failures = 0;
    for (int good_operations = 0;; ++good_operations) {
      put_back();
      bool failed = false;
      bool opened = false;
      {
        const FaultyDisk disk(fault, good_operations);
        const auto vault = place.open();
        opened = vault.has_value();
        failed = disk.failed();
        EXPECT_TRUE(opened || !vault.error().hint.empty());
      }
      failures += opened ? 0 : 1;
      ASSERT_TRUE(is_whole()) << good_operations;
      ASSERT_TRUE(is_golden(backup()));
      if (!failed) break;
    }
    EXPECT_GT(failures, 1);
  }
}

TEST_F(Migration, AProcessKilledAtAnyOperationLeavesTheOldOrTheNew) {
  int killed = 0;
  for (int good_operations = 0;; ++good_operations) {
    put_back();
    const int status = test::wait_for(test::start_process([&] {
      const FaultyDisk disk(FaultyDisk::Fault::kill, good_operations);
      return place.open().has_value();
    }));
    ASSERT_TRUE(is_whole()) << good_operations;
    ASSERT_FALSE(fs::exists(backup(".2"))) << good_operations;
    if (WIFEXITED(status)) {
      EXPECT_EQ(WEXITSTATUS(status), 0);
      break;
    }
    ++killed;
  }
  EXPECT_GT(killed, 3);
}

TEST_F(Migration, AStoreThatCanOnlyBeReadStaysAsItIsAndIsRead) {
  const std::string before = bytes();
  fs::permissions(place.location.database, fs::perms(0400));
  fs::permissions(place.location.database.parent_path(), fs::perms(0500));
  EXPECT_TRUE(test::run_as_ordinary_user(place.dir.path(), [&] {
    const auto vault = place.open();
    return vault && !(*vault)->notice() && (*vault)->info()->format_version == 1 &&
           (*vault)->check()->empty() && (*vault)->links()->size() == 3 &&
           (*vault)->unlock_methods().list()->size() == 1 && (*vault)->info()->events == 13;
  }));
  fs::permissions(place.location.database.parent_path(), fs::perms(0700));
  EXPECT_EQ(bytes(), before);
  EXPECT_EQ(files(), 1);
}

TEST_F(Migration, WhereTheBackupCannotBeWrittenNothingIsChanged) {
  // SQLite has its -wal and -shm files, and nothing new can be made beside them.
  for (const char* suffix : {"-wal", "-shm"}) {
    std::ofstream(fs::path(place.location.database) += suffix);
    fs::permissions(fs::path(place.location.database) += suffix, fs::perms(0600));
  }
  fs::permissions(place.location.database.parent_path(), fs::perms(0500));
  EXPECT_TRUE(test::run_as_ordinary_user(place.dir.path(), [&] {
    const auto vault = place.open();
    return !vault && vault.error().message.starts_with("cannot take the store to its new format: ");
  }));
}

TEST_F(Migration, AnUnlockMethodThatFormat1DidNotHaveIsNamed) {
  test::run_sql(place.location.database, "INSERT INTO unlock VALUES ('passphrase', x'', x'')");
  const auto vault = place.open();
  ASSERT_FALSE(vault);
  EXPECT_THAT(vault.error().message,
              HasSubstr("the unlock method \"passphrase\" was put in by something else"));
}

}  // namespace
}  // namespace applink::store

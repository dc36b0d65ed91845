// Vault::open: what it makes, what it refuses, and that a refusal changes nothing.
#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include "applink/base/files.h"
#include "applink/crypto/key_formats.h"
#include "store/codec.h"
#include "store/key_file.h"
#include "store/samples.h"
#include "store/sqlite_file.h"
#include "support/processes.h"

namespace applink::store {
namespace {

namespace fs = std::filesystem;

using ::testing::HasSubstr;
using ::testing::IsEmpty;

mode_t mode_of(const fs::path& path) {
  struct stat status {};
  EXPECT_EQ(::lstat(path.c_str(), &status), 0) << path;
  return status.st_mode & 07777;
}

fs::path beside(const fs::path& path, const char* suffix) {
  return fs::path(path) += suffix;
}

std::string bytes_of(const fs::path& path) {
  return *read_file(path, 1 << 20);
}

void write_over(const fs::path& path, std::string_view bytes) {
  ASSERT_TRUE(replace_file(path, bytes, FileMode::private_file));
}

class Opening : public ::testing::Test {
 protected:
  Error error() const {
    const auto vault = place.open();
    EXPECT_FALSE(vault);
    return vault ? Error{} : vault.error();
  }
  // What open() says; and whatever it was, no byte of the two files changed.
  Error error_that_changes_nothing() const {
    const std::string database = bytes_of(place.location.database);
    Error found = error();
    EXPECT_EQ(bytes_of(place.location.database), database);
    return found;
  }

  test::StorePlace place;
};

TEST_F(Opening, TheFirstTimeMakesTheStoreAndSaysSoOnce) {
  const mode_t before = ::umask(0);
  {
    const auto vault = place.open();
    ::umask(before);
    ASSERT_TRUE(vault) << vault.error().message;
    ASSERT_TRUE((*vault)->notice());
    EXPECT_THAT(*(*vault)->notice(), HasSubstr(place.location.database.string()));
    EXPECT_THAT(*(*vault)->notice(), HasSubstr(place.location.key_file.string()));
    test::fill(**vault);
    EXPECT_EQ(mode_of(place.location.database), 0600U);
    EXPECT_EQ(mode_of(beside(place.location.database, "-wal")), 0600U);
    EXPECT_EQ(mode_of(beside(place.location.database, "-shm")), 0600U);
  }
  EXPECT_EQ(mode_of(place.location.key_file), 0600U);
  EXPECT_EQ(mode_of(place.location.database.parent_path()), 0700U);
  EXPECT_EQ(mode_of(place.location.key_file.parent_path()), 0700U);
  const auto again = place.open();
  ASSERT_TRUE(again);
  EXPECT_FALSE((*again)->notice());
  EXPECT_TRUE(*(*again)->find_token(test::sample_link(), "default"));
  EXPECT_THAT(*(*again)->check(), IsEmpty());
  EXPECT_EQ((*again)->info()->database, place.location.database);
}

TEST_F(Opening, AClosedStoreIsOneFileInWalMode) {
  make_filled_store(place);
  EXPECT_FALSE(fs::exists(beside(place.location.database, "-wal")));
  const std::string bytes = bytes_of(place.location.database);
  EXPECT_EQ(bytes[18], 2);
  EXPECT_EQ(bytes[19], 2);
}

TEST_F(Opening, NoSecretIsInTheFile) {
  make_filled_store(place);
  const std::string bytes = bytes_of(place.location.database);
  for (const char* secret : {"secret-of-alice", "token-of-alice", "session-of-alice", "alice",
                             "https://jira", "BEGIN CERT"}) {
    EXPECT_EQ(bytes.find(secret), std::string::npos) << secret;
  }
  const Secret der = crypto::to_pkcs8_der(test::sample_key().private_key);
  for (std::size_t at = 0; at + 16 <= der.size(); at += 16) {
    EXPECT_EQ(bytes.find(der.reveal().substr(at, 16)), std::string::npos);
  }
}

TEST_F(Opening, GoesOnWhereAProcessWasKilledBeforeTheDatabaseWasThere) {
  const auto key = read_or_make_key_file(place.location.key_file);
  ASSERT_TRUE(key);
  make_filled_store(place);
  EXPECT_EQ(read_key_file(place.location.key_file)->bytes(), key->bytes());
}

TEST_F(Opening, AMissingKeyFileIsLockedAndNeverMadeAgain) {
  make_filled_store(place);
  fs::rename(place.location.key_file, beside(place.location.key_file, ".away"));
  const Error locked = error_that_changes_nothing();
  EXPECT_EQ(locked.code, ErrorCode::locked);
  EXPECT_THAT(locked.message, HasSubstr("missing"));
  EXPECT_FALSE(fs::exists(place.location.key_file));
  fs::rename(beside(place.location.key_file, ".away"), place.location.key_file);
  EXPECT_TRUE(place.open());
}

TEST_F(Opening, AnotherStoresKeyFileIsLocked) {
  make_filled_store(place);
  const test::StorePlace other;
  make_filled_store(other);
  fs::remove(place.location.key_file);
  fs::copy(other.location.key_file, place.location.key_file);
  const Error locked = error_that_changes_nothing();
  EXPECT_EQ(locked.code, ErrorCode::locked);
  EXPECT_THAT(locked.message, HasSubstr("does not open the store"));
}

TEST_F(Opening, AKeyFileThatOthersCanReadIsLocked) {
  make_filled_store(place);
  fs::permissions(place.location.key_file, fs::perms(0640));
  const Error locked = error_that_changes_nothing();
  EXPECT_EQ(locked.code, ErrorCode::locked);
  EXPECT_THAT(locked.message, HasSubstr("open to other users"));
  EXPECT_EQ(locked.hint, "chmod 600 '" + place.location.key_file.string() + "'");
}

TEST_F(Opening, ADamagedKeyFileIsLocked) {
  make_filled_store(place);
  const std::string good = bytes_of(place.location.key_file);
  for (const std::string& bad :
       {std::string(), std::string("x"), good.substr(0, good.size() - 1), good + "\n", good + "x",
        good.substr(0, 30) + "\n", std::string("applink store key 1\n\n"),
        "applink store key 2\n" + good}) {
    write_over(place.location.key_file, bad);
    const Error locked = error_that_changes_nothing();
    EXPECT_EQ(locked.code, ErrorCode::locked) << bad;
    EXPECT_EQ(bytes_of(place.location.key_file), bad);
  }
  write_over(place.location.key_file, "applink store key 2\nx\n");
  EXPECT_THAT(error().message, HasSubstr("newer applink"));
}

TEST_F(Opening, AnAlteredWrapIsLocked) {
  make_filled_store(place);
  test::run_sql(place.location.database, "UPDATE unlock SET wrapped = zeroblob(length(wrapped))");
  EXPECT_EQ(error().code, ErrorCode::locked);
  test::run_sql(place.location.database, "UPDATE unlock SET method = 'os keyring'");
  EXPECT_EQ(error().message, "the store is unlocked by os keyring");
  EXPECT_THAT(error().hint, HasSubstr("use a newer one"));
  test::run_sql(place.location.database, "DELETE FROM unlock");
  EXPECT_EQ(error().code, ErrorCode::locked);
}

TEST_F(Opening, AStoreOfANewerVersionIsNotTouched) {
  make_filled_store(place);
  test::run_sql(place.location.database, "PRAGMA user_version = 3");
  const Error newer = error_that_changes_nothing();
  EXPECT_THAT(newer.message, HasSubstr("made by a newer applink"));
  EXPECT_THAT(newer.hint, HasSubstr("not touched"));
}

TEST_F(Opening, WhatIsNoStoreIsRefused) {
  make_filled_store(place);
  for (const std::string& bytes :
       {std::string(), std::string("not a database, but long enough") + std::string(4096, 'x')}) {
    write_over(place.location.database, bytes);
    EXPECT_THAT(error_that_changes_nothing().message, HasSubstr("is not an applink store"));
  }
  fs::remove(place.location.database);
  test::run_sql(place.location.database, "CREATE TABLE other (x); PRAGMA journal_mode = WAL");
  fs::permissions(place.location.database, fs::perms(0600));
  EXPECT_THAT(error().message, HasSubstr("is not an applink store"));
}

TEST_F(Opening, ADatabaseCutShortIsRefusedUnlessTheBytesWereUnused) {
  make_filled_store(place);
  const std::string whole = bytes_of(place.location.database);
  int refused = 0;
  for (std::size_t size = 512; size < whole.size(); size += 512) {
    write_over(place.location.database, whole.substr(0, size));
    const auto vault = place.open();
    const auto key = vault ? (*vault)->key("hubkey") : tl::unexpected(vault.error());
    const auto token = vault ? (*vault)->find_token(test::sample_link(), "default") : std::nullopt;
    if (!key || !token) {
      ++refused;
      continue;
    }
    EXPECT_EQ(encode(*key), encode(test::sample_key())) << size;
    EXPECT_EQ(encode(token->value()), encode(test::sample_token())) << size;
  }
  EXPECT_GE(refused * 512, static_cast<int>(whole.size()) - 4096);
}

TEST_F(Opening, FilesOfOthersAreRefusedWithTheCommandThatMends) {
  make_filled_store(place);
  fs::permissions(place.location.database, fs::perms(0604));
  EXPECT_EQ(error_that_changes_nothing().hint,
            "chmod 600 '" + place.location.database.string() + "'");
  fs::permissions(place.location.database, fs::perms(0600));

  const fs::path elsewhere = place.dir / "elsewhere.db";
  fs::rename(place.location.database, elsewhere);
  fs::create_symlink(elsewhere, place.location.database);
  EXPECT_THAT(error().message, HasSubstr("is a symbolic link"));
  fs::remove(place.location.database);
  fs::create_directory(place.location.database);
  EXPECT_THAT(error().message, HasSubstr("is not a file"));
  EXPECT_THAT(error().hint, HasSubstr("APPLINK_STORE"));
}

TEST_F(Opening, AFileOfAnotherUserIsRefused) {
  make_filled_store(place);
  if (::geteuid() != 0) GTEST_SKIP() << "only root can give a file away";
  ASSERT_EQ(::chown(place.location.database.c_str(), 65534, 65534), 0);
  const Error refused = error_that_changes_nothing();
  EXPECT_THAT(refused.message, HasSubstr("belongs to another user"));
  EXPECT_THAT(refused.hint, HasSubstr("chown 0 "));
}

TEST_F(Opening, ALogWithoutItsDatabaseIsNotTakenOver) {
  make_filled_store(place);
  fs::rename(place.location.database, place.dir / "away.db");
  write_over(beside(place.location.database, "-wal"), "left behind");
  EXPECT_THAT(error().message, HasSubstr("-wal is there, and its database is not"));
  EXPECT_FALSE(fs::exists(place.location.database));
}

TEST_F(Opening, APathThatIsNoFileIsAUsageError) {
  place.location.database = "";
  EXPECT_EQ(error().code, ErrorCode::usage);
  place.location.database = place.dir.path() / "";
  EXPECT_EQ(error().code, ErrorCode::usage);
}

TEST_F(Opening, NamesThatMeanSomethingToSqliteAreFiles) {
  const fs::path before = fs::current_path();
  fs::current_path(place.dir.path());
  for (const char* name : {":memory:", "file:x?mode=memory", "a b%20c#d?e"}) {
    place.location.database = name;
    EXPECT_TRUE(place.open()) << name;
    EXPECT_TRUE(fs::is_regular_file(place.dir / name)) << name;
  }
  fs::current_path(before);
}

TEST_F(Opening, AReadOnlyStoreIsReadAndNotWritten) {
  make_filled_store(place);
  fs::permissions(place.location.database, fs::perms(0400));
  fs::permissions(place.location.database.parent_path(), fs::perms(0500));
  EXPECT_TRUE(test::run_as_ordinary_user(place.dir.path(), [&] {
    const auto vault = place.open();
    if (!vault || (*vault)->links()->size() != 1 ||
        !*(*vault)->find_token(test::sample_link(), "default") || !(*vault)->info()->read_only ||
        !(*vault)->check()->empty()) {
      return false;
    }
    const auto written = (*vault)->put_token(test::sample_link(), test::sample_token());
    return !written && written.error().message.find("is read-only") != std::string::npos;
  }));
}

TEST_F(Opening, AReadOnlyDirectoryAloneMakesAReadOnlyStore) {
  make_filled_store(place);
  fs::permissions(place.location.database.parent_path(), fs::perms(0500));
  EXPECT_TRUE(test::run_as_ordinary_user(place.dir.path(), [&] {
    const auto vault = place.open();
    return vault && (*vault)->links()->size() == 1 &&
           !(*vault)->put_token(test::sample_link(), test::sample_token());
  }));
}

TEST_F(Opening, WhereNothingCanBeMadeTheErrorSaysSo) {
  fs::create_directory(place.location.database.parent_path());
  fs::permissions(place.location.database.parent_path(), fs::perms(0500));
  EXPECT_TRUE(test::run_as_ordinary_user(place.dir.path(), [&] {
    const auto vault = place.open();
    return !vault && vault.error().message.find("Permission denied") != std::string::npos;
  }));
}

TEST_F(Opening, AnUnreadableDatabaseIsAnError) {
  make_filled_store(place);
  fs::permissions(place.location.database, fs::perms(0000));
  EXPECT_TRUE(test::run_as_ordinary_user(place.dir.path(), [&] {
    const auto vault = place.open();
    return !vault && vault.error().message.find("cannot open the store") != std::string::npos;
  }));
}

TEST_F(Opening, ALostDirectoryPermissionIsAnError) {
  make_filled_store(place);
  fs::permissions(place.location.database.parent_path(), fs::perms(0000));
  EXPECT_TRUE(test::run_as_ordinary_user(place.dir.path(), [&] {
    const auto vault = place.open();
    return !vault && vault.error().message.find("Permission denied") != std::string::npos;
  }));
}

}  // namespace
}  // namespace applink::store

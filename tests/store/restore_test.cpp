// Stores out of their backups, on this machine and on others; and what is no backup.
#include "applink/store/restore.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include "applink/base/files.h"
#include "store/samples.h"
#include "store/sqlite_file.h"
#include "support/processes.h"

namespace applink::store {
namespace {

namespace fs = std::filesystem;

using ::testing::AnyOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr std::size_t any_size = 1 << 20;

class Restore : public ::testing::Test {
 protected:
  Restore() {
    make_filled_store(place);
    EXPECT_TRUE((*place.open())->back_up_to(file));
  }

  // The key file, as a user carries it to the other machine.
  void carry_key_file(const fs::path& to) const {
    ASSERT_TRUE(create_private_directories(to.parent_path()));
    fs::copy(place.location.key_file, to);
  }
  Result<Restored> restored(const std::optional<fs::path>& key_file = {}) {
    return restore_store(file, other.location, other.clock, {}, key_file);
  }
  // What is refused leaves nothing behind.
  Error refused(const std::optional<fs::path>& key_file = {}) {
    const auto result = restored(key_file);
    EXPECT_FALSE(result);
    EXPECT_FALSE(fs::exists(other.location.database));
    if (result) return {};
    EXPECT_FALSE(result.error().hint.empty()) << result.error().message;
    return result.error();
  }
  void expect_the_samples() {
    const auto vault = other.open();
    ASSERT_TRUE(vault) << vault.error().message;
    EXPECT_FALSE((*vault)->notice());
    EXPECT_THAT(*(*vault)->check(), IsEmpty());
    EXPECT_EQ((*vault)->link("prod"), test::sample_link());
    EXPECT_TRUE(*(*vault)->find_token(test::sample_link(), "default"));
    EXPECT_TRUE((*vault)->put_token(test::sample_link(), test::sample_token()));
  }

  test::StorePlace place;
  test::StorePlace other;
  fs::path file = place.dir / "backup.db";
};

TEST_F(Restore, WhereTheKeyFileIsInItsPlace) {
  carry_key_file(other.location.key_file);
  const auto result = restored();
  ASSERT_TRUE(result) << result.error().message;
  EXPECT_EQ(result->contents.keys, 1U);
  EXPECT_EQ(result->contents.tokens, 1U);
  EXPECT_EQ(result->opened_by, UnlockMethod::key_file);
  EXPECT_EQ(result->key_file_from, std::nullopt);
  expect_the_samples();
}

TEST_F(Restore, WithAKeyFileThatIsNamed) {
  carry_key_file(other.dir / "stick/carried");
  const auto result = restored(other.dir / "stick/carried");
  ASSERT_TRUE(result) << result.error().message;
  EXPECT_EQ(result->key_file_from, other.dir / "stick/carried");
  EXPECT_TRUE(fs::exists(other.dir / "stick/carried"));
  expect_the_samples();
}

TEST_F(Restore, WithAKeyFileThatWasMadeForAnotherPath) {
  carry_key_file(other.location.key_file.parent_path() / "store-0123456789abcdef.key");
  const auto result = restored();
  ASSERT_TRUE(result) << result.error().message;
  EXPECT_TRUE(result->key_file_from);
  expect_the_samples();
}

TEST_F(Restore, WithThePassphraseWhereNoKeyFileIs) {
  fs::remove(file);
  {
    const auto vault = place.open();
    ASSERT_TRUE((*vault)->unlock_methods().add_passphrase(Secret("correct"), {1, 8, 1}));
    ASSERT_TRUE((*vault)->back_up_to(file));
  }
  UnlockMeans means;
  means.passphrase = []() -> Result<Secret> { return Secret("wrong"); };
  const auto wrong = restore_store(file, other.location, other.clock, means);
  ASSERT_FALSE(wrong);
  EXPECT_EQ(wrong.error().code, ErrorCode::locked);
  means.passphrase = []() -> Result<Secret> { return Secret("correct"); };
  const auto result = restore_store(file, other.location, other.clock, means);
  ASSERT_TRUE(result) << result.error().message;
  EXPECT_EQ(result->opened_by, UnlockMethod::passphrase);
  EXPECT_FALSE(fs::exists(other.location.key_file));
  const auto vault = Vault::open(other.location, other.clock, means);
  ASSERT_TRUE(vault) << vault.error().message;
  EXPECT_EQ((*vault)->link("prod"), test::sample_link());
}

TEST_F(Restore, NothingThatOpensIt) {
  EXPECT_EQ(refused().code, ErrorCode::locked);
  const test::StorePlace stranger;
  make_filled_store(stranger);
  const auto wrong = refused(stranger.location.key_file);
  EXPECT_EQ(wrong.code, ErrorCode::locked);
  EXPECT_THAT(wrong.message, HasSubstr("does not open"));
  EXPECT_EQ(refused(place.dir / "absent").code, ErrorCode::locked);
  EXPECT_FALSE(fs::exists(other.location.key_file));
  carry_key_file(other.dir / "stick/carried");
  fs::permissions(other.dir / "stick/carried", fs::perms(0644));
  EXPECT_THAT(refused(other.dir / "stick/carried").hint, HasSubstr("chmod 600"));
}

TEST_F(Restore, NeverInThePlaceOfAKeyFile) {
  carry_key_file(other.dir / "stick/carried");
  const test::StorePlace stranger;
  make_filled_store(stranger);
  ASSERT_TRUE(create_private_directories(other.location.key_file.parent_path()));
  fs::copy(stranger.location.key_file, other.location.key_file);
  const std::string before = *read_file(other.location.key_file, any_size);
  const auto error = refused(other.dir / "stick/carried");
  EXPECT_EQ(error.code, ErrorCode::conflict);
  EXPECT_EQ(*read_file(other.location.key_file, any_size), before);
}

TEST_F(Restore, NeverInThePlaceOfAStore) {
  const auto conflict = restore_store(file, place.location, place.clock);
  ASSERT_FALSE(conflict);
  EXPECT_EQ(conflict.error().code, ErrorCode::conflict);
  EXPECT_THAT(conflict.error().hint, HasSubstr("APPLINK_STORE"));
  carry_key_file(other.location.key_file);
  ASSERT_TRUE(create_private_directories(other.location.database.parent_path()));
  fs::create_symlink("nowhere", other.location.database);
  EXPECT_FALSE(restored());
  fs::remove(other.location.database);
  ASSERT_TRUE(write_new_file(fs::path(other.location.database) += "-wal", "left behind",
                             FileMode::private_file));
  EXPECT_THAT(refused().message, HasSubstr("-wal is there"));
}

TEST_F(Restore, IsPrivateWhateverTheUmask) {
  carry_key_file(other.dir / "stick/carried");
  for (const mode_t mask : {mode_t{0}, mode_t{077}}) {
    fs::remove_all(other.dir / "data");
    fs::remove_all(other.dir / "config");
    const mode_t before = ::umask(mask);
    const auto result = restored(other.dir / "stick/carried");
    ::umask(before);
    ASSERT_TRUE(result) << result.error().message;
    for (const fs::path& path : {other.location.database, other.location.key_file}) {
      struct stat status {};
      ASSERT_EQ(::stat(path.c_str(), &status), 0);
      EXPECT_EQ(status.st_mode & 07777, 0600U) << path;
      ASSERT_EQ(::stat(path.parent_path().c_str(), &status), 0);
      EXPECT_EQ(status.st_mode & 07777, 0700U) << path;
    }
  }
}

TEST_F(Restore, WhatIsNoBackup) {
  carry_key_file(other.location.key_file);
  for (const std::string& content :
       {std::string(), std::string("my notes"), std::string(20'000, 'x'),
        test::read_tests_file("data/keys/pkcs8.pem"),
        test::read_tests_file("data/store/link-1.txt")}) {
    fs::remove(file);
    ASSERT_TRUE(write_new_file(file, content, FileMode::private_file));
    const auto error = refused();
    EXPECT_EQ(error.code, ErrorCode::failed);
    EXPECT_THAT(error.message, HasSubstr(file.string()));
    EXPECT_THAT(error.hint, HasSubstr("applink store backup"));
  }
  fs::remove(file);
  EXPECT_THAT(refused().message, HasSubstr("No such file"));
  fs::create_directory(file);
  EXPECT_THAT(refused().message, HasSubstr(file.string()));
}

TEST_F(Restore, ADatabaseOfAnotherProgramOrOfANewerApplink) {
  carry_key_file(other.location.key_file);
  test::run_sql(file, "PRAGMA user_version = 99");
  EXPECT_THAT(refused().message, HasSubstr("newer applink"));
  test::run_sql(file, "PRAGMA application_id = 0");
  EXPECT_THAT(refused().message, HasSubstr("is not an applink store"));
}

TEST_F(Restore, APartOfAStoreInUse) {
  carry_key_file(other.location.key_file);
  const auto vault = place.open();
  ASSERT_TRUE((*vault)->add_key(test::sample_key("second")));
  const auto part = restore_store(place.location.database, other.location, other.clock);
  ASSERT_FALSE(part);
  EXPECT_THAT(part.error().message, HasSubstr("whose other part is"));
  EXPECT_THAT(part.error().hint, HasSubstr("applink store backup FILE"));
}

TEST_F(Restore, ABackupThatWasChanged) {
  carry_key_file(other.location.key_file);
  test::run_sql(file, "DELETE FROM record WHERE kind = 'token'");
  const auto error = refused();
  EXPECT_THAT(error.message, HasSubstr("is no good backup"));
  EXPECT_THAT(error.message, HasSubstr("the token"));
  EXPECT_THAT(error.hint, HasSubstr("take another backup"));
}

TEST_F(Restore, ABackupThatWasCutShort) {
  carry_key_file(other.location.key_file);
  const std::string whole = *read_file(file, any_size);
  for (std::size_t size = 0; size < whole.size(); size += 1000) {
    fs::remove(file);
    ASSERT_TRUE(write_new_file(file, whole.substr(0, size), FileMode::private_file));
    refused();
  }
}

TEST_F(Restore, ABitThatWasChangedIsNoticedOrChangesNothing) {
  carry_key_file(other.location.key_file);
  const std::string whole = *read_file(file, any_size);
  int refusals = 0;
  for (std::size_t at = 0; at < whole.size(); at += 389) {
    std::string changed = whole;
    changed[at] = static_cast<char>(changed[at] ^ (1 << (at % 8)));
    fs::remove(file);
    ASSERT_TRUE(write_new_file(file, changed, FileMode::private_file));
    const auto result = restored();
    if (!result) {
      ++refusals;
      EXPECT_THAT(result.error().code, AnyOf(ErrorCode::failed, ErrorCode::locked)) << at;
      EXPECT_FALSE(fs::exists(other.location.database)) << at;
      continue;
    }
    // Unused bytes of a page.
    const auto vault = other.open();
    ASSERT_TRUE(vault) << at;
    EXPECT_THAT(*(*vault)->check(), IsEmpty()) << at;
    EXPECT_EQ((*vault)->tokens()->size(), 1U) << at;
    fs::remove_all(other.location.database.parent_path());
  }
  EXPECT_GT(refusals, 10);
}

TEST_F(Restore, StoresOfEveryVersion) {
  for (const char* name : {"golden-v1", "golden-v2", "golden-format-2"}) {
    const test::StorePlace there;
    const fs::path key = there.dir / "golden.key";
    ASSERT_TRUE(write_new_file(key, test::read_tests_file(fmt::format("data/store/{}.key", name)),
                               FileMode::private_file));
    const fs::path golden = test::tests_file(fmt::format("data/store/{}.db", name));
    const auto result = restore_store(golden, there.location, there.clock, {}, key);
    ASSERT_TRUE(result) << name << ": " << result.error().message;
    const auto vault = there.open();
    ASSERT_TRUE(vault) << name << ": " << vault.error().message;
    EXPECT_THAT(*(*vault)->check(), IsEmpty()) << name;
    EXPECT_TRUE(*(*vault)->find_token(test::sample_link(), "bob")) << name;
  }
}

TEST_F(Restore, OfManyAtOnceOneRestores) {
  carry_key_file(other.location.key_file);
  EXPECT_EQ(1, test::run_at_once(6, [&](int) {
              const auto result = restored();
              if (!result && result.error().code != ErrorCode::conflict) std::abort();
              return result.has_value();
            }));
  expect_the_samples();
}

}  // namespace
}  // namespace applink::store

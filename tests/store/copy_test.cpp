// Copies of a store that others go on writing, and images that are no store.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include "applink/base/files.h"
#include "store/samples.h"
#include "store/sqlite_records.h"
#include "support/processes.h"

namespace applink::store {
namespace {

namespace fs = std::filesystem;

using ::testing::HasSubstr;
using ::testing::IsEmpty;

class Copy : public ::testing::Test {
 protected:
  Copy() { make_filled_store(place); }

  [[nodiscard]] std::unique_ptr<SqliteRecords> records() const {
    return std::move(*SqliteRecords::open(place.location.database));
  }
  // The copy as a store, with the key file of the first.
  [[nodiscard]] Result<std::unique_ptr<Vault>> opened(const fs::path& copy) const {
    return Vault::open({copy, place.location.key_file}, place.clock);
  }

  test::StorePlace place;
};

TEST_F(Copy, HoldsWhatStandsInTheLogAlone) {
  const auto writer = place.open();  // what it wrote is in the -wal file as long as it is open
  ASSERT_TRUE((*writer)->add_key(test::sample_key("second")));
  ASSERT_GT(fs::file_size(fs::path(place.location.database) += "-wal"), 0U);
  ASSERT_TRUE(records()->copy_to(place.dir / "copy.db"));
  const auto vault = opened(place.dir / "copy.db");
  ASSERT_TRUE(vault) << vault.error().message;
  EXPECT_EQ((*vault)->keys()->size(), 2U);
  EXPECT_EQ((*vault)->info()->events, (*writer)->info()->events);
  EXPECT_THAT(*(*vault)->check(), IsEmpty());
}

TEST_F(Copy, IsAStoreThatCanBeWrittenFurther) {
  ASSERT_TRUE(records()->copy_to(place.dir / "copy.db"));
  const auto vault = opened(place.dir / "copy.db");
  ASSERT_TRUE((*vault)->add_key(test::sample_key("second")));
  EXPECT_THAT(*(*vault)->check(), IsEmpty());
  EXPECT_EQ((*place.open())->keys()->size(), 1U);
}

TEST_F(Copy, IsPrivateWhateverTheUmask) {
  for (const mode_t mask : {mode_t{0}, mode_t{077}, mode_t{0777}}) {
    const fs::path copy = place.dir / fmt::format("copy-{:o}.db", mask);
    const mode_t before = ::umask(mask);
    const auto copied = records()->copy_to(copy);
    ::umask(before);
    ASSERT_TRUE(copied) << copied.error().message;
    struct stat status {};
    ASSERT_EQ(::stat(copy.c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 07777, 0600U);
  }
}

TEST_F(Copy, TakesNobodysPlace) {
  ASSERT_TRUE(write_new_file(place.dir / "mine", "mine", FileMode::private_file));
  fs::create_symlink("nowhere", place.dir / "link");
  for (const char* name : {"mine", "link", "data/store.db"}) {
    const auto copied = records()->copy_to(place.dir / name);
    ASSERT_FALSE(copied) << name;
    EXPECT_EQ(copied.error().code, ErrorCode::conflict);
    EXPECT_FALSE(copied.error().hint.empty());
  }
  EXPECT_EQ(*read_file(place.dir / "mine", 100), "mine");
  EXPECT_FALSE(fs::exists(place.dir / "nowhere"));
}

TEST_F(Copy, HoldsEveryWriteThatWasAcknowledgedBeforeAndNoHalfOfAnother) {
  constexpr int writers = 3;
  constexpr int copies = 20;
  int acknowledged[2] = {};
  ASSERT_EQ(::pipe(acknowledged), 0);
  EXPECT_EQ(
      writers + 1, test::run_at_once(writers + 1, [&](int number) {
        if (number < writers) {
          const auto vault = place.open();
          for (int i = 0; vault && i < 30; ++i) {
            const auto label = fmt::format("user{}-{}", number, i);
            if (!(*vault)->put_token(test::sample_link(), test::sample_token("prod", label)) ||
                ::write(acknowledged[1], "y", 1) != 1) {
              return false;
            }
          }
          return vault.has_value();
        }
        std::size_t written = 1;  // the sample
        for (int i = 0; i < copies; ++i) {
          char word = 0;
          if (::read(acknowledged[0], &word, 1) != 1) return false;
          ++written;
          const fs::path copy = place.dir / fmt::format("copy-{}.db", i);
          if (!records()->copy_to(copy)) return false;
          const auto vault = opened(copy);
          if (!vault || !(*vault)->check()->empty()) return false;
          if ((*vault)->tokens()->size() < written) return false;
        }
        return true;
      }));
  ::close(acknowledged[0]);
  ::close(acknowledged[1]);
}

TEST_F(Copy, WithinATransactionIsOfWhatWasThereBefore) {
  const auto store = records();
  ASSERT_TRUE(store->transact(Access::write, [&]() -> Result<void> {
    TRY(store->put({"key", "half"}, {9, std::string(32, 'd'), "x"}, 0));
    return store->copy_to(place.dir / "copy.db");
  }));
  const auto vault = opened(place.dir / "copy.db");
  ASSERT_TRUE(vault) << vault.error().message;
  EXPECT_EQ((*vault)->keys()->size(), 1U);
  EXPECT_THAT(*(*vault)->check(), IsEmpty());
}

TEST_F(Copy, OfAStoreThatMayOnlyBeRead) {
  EXPECT_TRUE(test::run_as_ordinary_user(place.dir.path(), [&] {
    fs::permissions(place.location.database.parent_path(), fs::perms(0500));
    return records()->copy_to(place.dir / "copy.db").has_value();
  }));
  fs::permissions(place.location.database.parent_path(), fs::perms(0700));
  EXPECT_TRUE(fs::exists(place.dir / "copy.db"));
}

TEST_F(Copy, AnImageIsAStoreOrIsRefused) {
  const std::string image = *records()->image();
  ASSERT_TRUE(SqliteRecords::of_image("whole.db", image));
  for (const std::string& none : {std::string(), std::string("x"), std::string(100'000, 'x'),
                                  image.substr(0, 50), image.substr(0, 4096)}) {
    const auto records = SqliteRecords::of_image("backup.db", none);
    if (!records) {
      EXPECT_THAT(records.error().message, HasSubstr("backup.db"));
      EXPECT_FALSE(records.error().hint.empty());
      continue;
    }
    EXPECT_FALSE((*records)->transact(Access::read, [&]() -> Result<void> {
      TRY((*records)->head());
      TRY_ASSIGN(const auto damage, (*records)->damage());
      return damage.empty() ? Result<void>() : fail(ErrorCode::failed, damage.front());
    })) << none.size();
  }
}

}  // namespace
}  // namespace applink::store

// An import of a link on disks that fill up, and in processes that die: all of it, or nothing.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "store/codec.h"
#include "store/faulty_disk.h"
#include "store/samples.h"
#include "support/processes.h"

namespace applink::store {
namespace {

namespace fs = std::filesystem;

using test::FaultyDisk;

LinkExport export_of_two_tokens() {
  LinkExport exported;
  exported.link = test::sample_link();
  exported.key = test::sample_key();
  exported.tokens.push_back(test::sample_token());
  exported.tokens.push_back(test::sample_token("prod", "robot"));
  return exported;
}

enum class Imported { nothing, all, broken };

Imported imported_in(const test::StorePlace& place) {
  const auto vault = place.open();
  if (!vault || !(*vault)->check()->empty()) return Imported::broken;
  const auto info = (*vault)->info();
  if (info->keys == 0 && info->links == 0 && info->tokens == 0) return Imported::nothing;
  if (info->keys == 1 && info->links == 1 && info->tokens == 2) return Imported::all;
  return Imported::broken;
}

class ImportOnDisk : public ::testing::Test {
 protected:
  ImportOnDisk() {
    EXPECT_TRUE(place.open());
    fs::copy(place.location.database, good);
  }
  void put_back() const {
    fs::remove(fs::path(place.location.database) += "-wal");
    fs::remove(fs::path(place.location.database) += "-shm");
    fs::copy(good, place.location.database, fs::copy_options::overwrite_existing);
  }

  test::StorePlace place;
  fs::path good = place.dir / "good.db";
};

TEST_F(ImportOnDisk, KilledAtAnyOperation) {
  int killed = 0;
  for (int good_operations = 0;; ++good_operations) {
    put_back();
    const int status = test::wait_for(test::start_process([&] {
      const FaultyDisk disk(FaultyDisk::Fault::kill, good_operations);
      const auto vault = place.open();
      return vault && (*vault)->import_link(export_of_two_tokens());
    }));
    const Imported state = imported_in(place);
    ASSERT_NE(state, Imported::broken) << good_operations;
    if (WIFEXITED(status)) {
      EXPECT_EQ(state, Imported::all);
      break;
    }
    ++killed;
  }
  EXPECT_GT(killed, 5);
}

TEST_F(ImportOnDisk, FullAtAnyWrite) {
  int failures = 0;
  for (int good_operations = 0;; ++good_operations) {
    put_back();
    bool imported = false;
    bool failed = false;
    {
      const FaultyDisk disk(FaultyDisk::Fault::full, good_operations);
      const auto vault = place.open();
      imported = vault && (*vault)->import_link(export_of_two_tokens());
      failed = disk.failed();
    }
    failures += imported ? 0 : 1;
    ASSERT_EQ(imported_in(place), imported ? Imported::all : Imported::nothing) << good_operations;
    if (!failed) break;
  }
  EXPECT_GT(failures, 3);
}

TEST_F(ImportOnDisk, OfManyAtOnceOneImports) {
  EXPECT_EQ(1, test::run_at_once(6, [&](int) {
              const auto vault = place.open();
              const auto imported = (*vault)->import_link(export_of_two_tokens());
              if (!imported && imported.error().code != ErrorCode::conflict) std::abort();
              return imported.has_value();
            }));
  EXPECT_EQ(imported_in(place), Imported::all);
}

}  // namespace
}  // namespace applink::store

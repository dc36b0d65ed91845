// An intruder who can change the unlock methods of a database, and knows none of their keys.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "store/passphrase_method.h"
#include "store/samples.h"
#include "store/sqlite_file.h"
#include "support/fake_keyring.h"

namespace applink::store {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

UnlockMeans saying(std::string passphrase) {
  return {.passphrase = [passphrase] { return Result<Secret>(Secret(passphrase)); },
          .turn = UnlockMeans::PassphraseTurn::first};
}

// A store with all three methods, which its key file opens.
class UnlockTampering : public ::testing::Test {
 protected:
  UnlockTampering() {
    make_filled_store(place);
    const auto vault = place.open({.keyring = &keyring});
    EXPECT_TRUE((*vault)->unlock_methods().add_passphrase(Secret("right"), test::quick));
    EXPECT_TRUE((*vault)->unlock_methods().add_keyring());
  }
  void run(const std::string& sql) const { test::run_sql(place.location.database, sql); }
  // What the store says when it opens, and that its check and its list say the same.
  std::vector<std::string> findings() const {
    const auto vault = place.open();
    EXPECT_TRUE(vault) << vault.error().message;
    if (!vault) return {};
    EXPECT_EQ(*(*vault)->check(), (*vault)->warnings());
    EXPECT_TRUE((*vault)->key("hubkey"));
    std::vector<std::string> listed;
    const auto states = (*vault)->unlock_methods().list();
    for (const UnlockMethodState& state : *states) {
      if (state.obstacle.find("unlock method") != std::string::npos) {
        EXPECT_EQ(state.opens_here, UnlockMethodState::Opens::no);
        listed.push_back(state.obstacle);
      }
    }
    EXPECT_EQ(listed, (*vault)->warnings());
    return (*vault)->warnings();
  }
  std::string error(const UnlockMeans& means) const {
    const auto vault = place.open(means);
    return vault ? "" : vault.error().message;
  }

  test::StorePlace place;
  test::FakeKeyring keyring;
};

TEST_F(UnlockTampering, NothingIsWrongBefore) {
  EXPECT_THAT(findings(), IsEmpty());
}

TEST_F(UnlockTampering, EveryAlteredRowIsNamed) {
  for (const char* column : {"parameters", "wrapped"}) {
    for (const char* method : {"keyring", "passphrase"}) {
      const std::string where = std::string(" WHERE method = '") + method + "'";
      run("CREATE TABLE spare AS SELECT * FROM unlock" + where);
      run(std::string("UPDATE unlock SET ") + column + " = CAST(" + column + " || x'00' AS BLOB)" +
          where);
      EXPECT_THAT(findings(), ElementsAre(std::string("the unlock method \"") + method +
                                          "\" is not as it was written"));
      run("DELETE FROM unlock" + where +
          "; INSERT INTO unlock SELECT * FROM spare;"
          "DROP TABLE spare");
      EXPECT_THAT(findings(), IsEmpty());
    }
  }
}

TEST_F(UnlockTampering, NoBitOfTheRowThatIsUsedCanBeFlipped) {
  run("UPDATE unlock SET wrapped = zeroblob(length(wrapped)) WHERE method = 'passphrase'");
  EXPECT_EQ(error(saying("right")), "the passphrase does not open the store");
}

TEST_F(UnlockTampering, CheaperParametersOpenNothing) {
  // N = 2^9 in the place of 2^10.
  run("UPDATE unlock SET parameters ="
      " CAST(substr(parameters, 1, 1) || x'09' || substr(parameters, 3) AS BLOB)"
      " WHERE method = 'passphrase'");
  EXPECT_EQ(error(saying("right")), "the passphrase does not open the store");
  EXPECT_THAT(findings(), ElementsAre("the unlock method \"passphrase\" is not as it was written"));
}

TEST_F(UnlockTampering, DearerParametersAreRefusedBeforeTheWorkIsDone) {
  run("UPDATE unlock SET parameters ="
      " CAST(substr(parameters, 1, 1) || x'1f' || substr(parameters, 3) AS BLOB)"
      " WHERE method = 'passphrase'");
  const auto vault = place.open(saying("right"));
  ASSERT_FALSE(vault);
  EXPECT_EQ(vault.error().code, ErrorCode::locked);
  EXPECT_THAT(vault.error().message, HasSubstr("more than 1 GiB or minutes"));
}

TEST_F(UnlockTampering, ARowTakenOutIsNamed) {
  run("DELETE FROM unlock WHERE method = 'passphrase'");
  EXPECT_THAT(findings(),
              ElementsAre("the unlock method \"passphrase\" was taken out by something else"));
  EXPECT_THAT(error(saying("right")), IsEmpty()) << "the key file opens it";
}

TEST_F(UnlockTampering, ARowPutInIsNamed) {
  run("INSERT INTO unlock VALUES ('retina scan', x'', x'00')");
  EXPECT_THAT(findings(),
              ElementsAre("the unlock method \"retina scan\" was put in by something else"));
}

TEST_F(UnlockTampering, RowsOfAnotherStoreAreNamed) {
  const test::StorePlace other;
  make_filled_store(other);
  EXPECT_TRUE((*other.open())->unlock_methods().add_passphrase(Secret("theirs"), test::quick));
  run("ATTACH '" + other.location.database.string() +
      "' AS other;"
      "DELETE FROM main.unlock WHERE method = 'passphrase';"
      "INSERT INTO main.unlock SELECT * FROM other.unlock WHERE method = 'passphrase'");
  EXPECT_THAT(findings(), ElementsAre("the unlock method \"passphrase\" is not as it was written"));
  // It opens with their passphrase, and with a data key that is not that of this store.
  const auto vault = place.open(saying("theirs"));
  ASSERT_TRUE(vault);
  EXPECT_FALSE((*vault)->key("hubkey"));
  EXPECT_THAT(*(*vault)->check(), ElementsAre("the head of the store is not as it was written"));
}

TEST_F(UnlockTampering, RowsExchangedWithEachOtherAreNamed) {
  run("CREATE TABLE spare AS SELECT * FROM unlock;"
      "UPDATE unlock SET (parameters, wrapped) = (SELECT parameters, wrapped FROM spare"
      " WHERE method = 'keyring') WHERE method = 'passphrase';"
      "UPDATE unlock SET (parameters, wrapped) = (SELECT parameters, wrapped FROM spare"
      " WHERE method = 'passphrase') WHERE method = 'keyring'");
  EXPECT_THAT(findings(), ElementsAre("the unlock method \"keyring\" is not as it was written",
                                      "the unlock method \"passphrase\" is not as it was written"));
}

TEST_F(UnlockTampering, AnOldPassphraseThatIsPutBackOpensNothing) {
  run("CREATE TABLE spare AS SELECT * FROM unlock WHERE method = 'passphrase'");
  ASSERT_TRUE((*place.open(saying("right")))
                  ->unlock_methods()
                  .change_passphrase(Secret("better"), test::quick));
  run("DELETE FROM unlock WHERE method = 'passphrase';"
      "INSERT INTO unlock SELECT * FROM spare");
  EXPECT_EQ(error(saying("right")), "the unlock method \"passphrase\" is not as it was written");
  EXPECT_THAT(findings(), ElementsAre("the unlock method \"passphrase\" is not as it was written"));
}

TEST_F(UnlockTampering, AMethodThatWasRemovedAndIsPutBackOpensNothing) {
  run("CREATE TABLE spare AS SELECT * FROM unlock WHERE method = 'passphrase'");
  ASSERT_TRUE((*place.open())->unlock_methods().remove(UnlockMethod::passphrase));
  run("INSERT INTO unlock SELECT * FROM spare");
  EXPECT_EQ(error(saying("right")),
            "the unlock method \"passphrase\" was put in by something else");
}

TEST_F(UnlockTampering, WhatIsWrongIsMendedByChangingOrRemovingIt) {
  run("UPDATE unlock SET wrapped = x'00' WHERE method = 'keyring';"
      "DELETE FROM unlock WHERE method = 'passphrase';"
      "INSERT INTO unlock VALUES ('other', x'', x'')");
  EXPECT_EQ(findings().size(), 3U);
  const auto vault = place.open({.keyring = &keyring});
  auto unlock = (*vault)->unlock_methods();
  ASSERT_TRUE(unlock.change_keyring());
  ASSERT_TRUE(unlock.remove(UnlockMethod::passphrase));
  EXPECT_THAT(findings(), ElementsAre("the unlock method \"other\" was put in by something else"));
}

TEST_F(UnlockTampering, WhatIsWrongDoesNotCountAsAWayThatStays) {
  run("UPDATE unlock SET wrapped = x'00' WHERE method <> 'key file'");
  const auto vault = place.open();
  EXPECT_FALSE((*vault)->unlock_methods().remove(UnlockMethod::key_file));
}

TEST_F(UnlockTampering, AnotherVersionThanThatOfTheHeadIsNamed) {
  run("PRAGMA user_version = 1");
  EXPECT_THAT(error({}), HasSubstr("its format is 1, and its head that it is 2"));
}

TEST(UnlockTamperingOfAMigratedStore, TheHeadOfVersion1ThatIsPutBackIsNamed) {
  const test::StorePlace place;
  test::take_golden(place, "v2");
  test::run_sql(place.location.database, "CREATE TABLE spare AS SELECT * FROM head");
  ASSERT_TRUE(place.open());
  const auto put_back = [&](const std::string& more) {
    test::run_sql(place.location.database,
                  "DELETE FROM head; INSERT INTO head SELECT * FROM spare;" + more);
  };
  put_back("");
  const auto vault = place.open();
  ASSERT_TRUE(vault);
  EXPECT_THAT((*vault)->check()->at(0), HasSubstr("its format is 2, and its head that it is 1"));
  EXPECT_FALSE((*vault)->key("hubkey"));
  put_back("PRAGMA user_version = 1");
  const auto older = place.open();
  ASSERT_FALSE(older);
  EXPECT_THAT(older.error().message, HasSubstr("the event log does not end with event 13"));
}

}  // namespace
}  // namespace applink::store

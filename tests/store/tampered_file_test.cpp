// An intruder with a copy of sqlite3 and of a hex editor.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "applink/base/files.h"
#include "store/codec.h"
#include "store/samples.h"
#include "store/sqlite_file.h"

namespace applink::store {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class TamperedFile : public ::testing::Test {
 protected:
  TamperedFile() {
    make_filled_store(place);
    const auto vault = place.open();
    EXPECT_TRUE((*vault)->add_link(test::sample_link("lab")));
    EXPECT_TRUE((*vault)->put_token(test::sample_link("lab"), test::sample_token("lab")));
  }

  void run(const std::string& sql) const { test::run_sql(place.location.database, sql); }
  std::vector<std::string> findings() const { return *(*place.open())->check(); }
  std::string error_of_token(const std::string& link) const {
    const auto token = (*place.open())->find_token(test::sample_link(link), "default");
    return token ? "" : token.error().message;
  }

  test::StorePlace place;
};

TEST_F(TamperedFile, RowsAlteredSwappedAndTakenOut) {
  // Sealed bytes are random: each value is what stood there already once in 256 runs.
  run("UPDATE record SET sealed = CAST(substr(sealed, 1, 40) ||"
      " CASE substr(sealed, 41, 1) WHEN x'ff' THEN x'00' ELSE x'ff' END ||"
      " substr(sealed, 42) AS BLOB) WHERE kind = 'token' AND name = 'prod/default'");
  EXPECT_EQ(error_of_token("prod"), "the token \"prod/default\" is not as it was written");
  EXPECT_EQ(error_of_token("lab"), "");
  EXPECT_THAT(findings(), ElementsAre("the token \"prod/default\" is not as it was written"));

  run("DELETE FROM record WHERE kind = 'token' AND name = 'prod/default'");
  EXPECT_EQ(error_of_token("prod"), "the token \"prod/default\" was taken out by something else");

  run("CREATE TABLE spare AS SELECT version, digest, sealed FROM record WHERE name = 'lab';"
      "UPDATE record SET (version, digest, sealed) ="
      " (SELECT version, digest, sealed FROM record WHERE name = 'prod') WHERE name = 'lab';"
      "UPDATE record SET (version, digest, sealed) = (SELECT * FROM spare) WHERE name = 'prod'");
  const auto vault = place.open();
  EXPECT_THAT((*vault)->link("lab").error().message, HasSubstr("the link \"lab\""));
  EXPECT_THAT((*vault)->link("prod").error().message, HasSubstr("the link \"prod\""));
}

TEST_F(TamperedFile, ARowThatIsMovedToAnotherShelfIsMissed) {
  run("UPDATE record SET shelf = 255 - shelf WHERE kind = 'token' AND name = 'lab/default'");
  EXPECT_EQ(error_of_token("lab"), "the token \"lab/default\" was taken out by something else");
  EXPECT_FALSE((*place.open())->tokens());
}

TEST_F(TamperedFile, EventsAlteredAndCut) {
  run("UPDATE event SET sealed = zeroblob(length(sealed)) WHERE number = 3");
  EXPECT_THAT(findings(), ElementsAre("event 3 is not as it was written"));
  EXPECT_EQ(error_of_token("lab"), "");
  run("DELETE FROM event WHERE number = 7");
  EXPECT_THAT(findings(), Contains("event 7 was taken out of the log"));
  EXPECT_THAT(error_of_token("lab"), HasSubstr("the event log does not end with event 7"));
}

TEST_F(TamperedFile, NothingInItsSchemaRuns) {
  run("CREATE TABLE trap (x); CREATE TRIGGER spring AFTER UPDATE ON head BEGIN"
      " INSERT INTO trap VALUES (1); DELETE FROM record; END");
  ASSERT_TRUE((*place.open())->put_token(test::sample_link(), test::sample_token()));
  EXPECT_EQ((*place.open())->tokens()->size(), 2U);
  run("DROP TABLE event; CREATE VIEW event AS SELECT 1 AS number, x'00' AS sealed");
  EXPECT_FALSE((*place.open())->tokens());
}

TEST_F(TamperedFile, AMissingTableIsDamage) {
  run("DROP TABLE event");
  EXPECT_THAT(error_of_token("prod"), HasSubstr("is damaged"));
  EXPECT_FALSE((*place.open())->check());
}

TEST_F(TamperedFile, AFlippedByteIsNeverReadAsSomethingElse) {
  const std::string good = *read_file(place.location.database, 1 << 20);
  int refused = 0;
  for (std::size_t at = 0; at < good.size(); at += 127) {
    std::string bad = good;
    bad[at] = static_cast<char>(bad[at] ^ (1 << (at % 8)));
    ASSERT_TRUE(replace_file(place.location.database, bad, FileMode::private_file));
    const auto vault = place.open();
    const auto token = vault ? (*vault)->find_token(test::sample_link(), "default") : std::nullopt;
    const auto key = vault ? (*vault)->key("hubkey") : tl::unexpected(vault.error());
    if (!token || !key) {
      ++refused;
      continue;
    }
    EXPECT_EQ(encode(key.value()), encode(test::sample_key())) << at;
    EXPECT_EQ(encode(token->value()), encode(test::sample_token())) << at;
  }
  EXPECT_GT(refused, 20);
}

TEST_F(TamperedFile, ADamagedLogIsAnOlderStateAsAWholeOrRefused) {
  const std::filesystem::path log = std::filesystem::path(place.location.database) += "-wal";
  std::string database;
  std::string good;
  std::uint64_t newest = 0;
  {
    const auto writer = place.open();
    for (const char* user : {"anna", "bert", "carl"}) {
      ASSERT_TRUE((*writer)->put_token(test::sample_link(), test::sample_token("prod", user)));
    }
    newest = (*writer)->info()->events;
    database = *read_file(place.location.database, 1 << 20);
    good = *read_file(log, 1 << 20);
  }
  std::set<std::uint64_t> states;
  int refused = 0;
  for (std::size_t at = 0; at < good.size(); at += 997) {
    std::string bad = good;
    bad[at] = static_cast<char>(bad[at] ^ (1 << (at % 8)));
    ASSERT_TRUE(replace_file(place.location.database, database, FileMode::private_file));
    ASSERT_TRUE(replace_file(log, bad, FileMode::private_file));
    const auto vault = place.open();
    const auto findings = vault ? (*vault)->check() : tl::unexpected(vault.error());
    if (!findings) {
      ++refused;
      continue;
    }
    EXPECT_THAT(*findings, IsEmpty()) << at;
    states.insert((*vault)->info()->events);
  }
  EXPECT_GT(states.size(), 2U) << refused;
  EXPECT_LE(*states.rbegin(), newest);
}

}  // namespace
}  // namespace applink::store

#include "sandbox/ledger.h"

#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include "applink/base/files.h"
#include "support/fixed_clock.h"
#include "support/temp_dir.h"

namespace applink::sandbox {
namespace {

using testing::HasSubstr;

RequestToken request_token(const std::string& name) {
  return {name,
          "secret",
          "hub",
          OAuthVersion::one_zero_a,
          "http://127.0.0.1:4711/callback?x=ü",
          test::FixedClock().now(),
          Decision::allowed,
          "alice",
          "aB3xY9"};
}

AccessToken access_token(const std::string& name) {
  const Timestamp now = test::FixedClock().now();
  return {name, "secret", "hub", "alice", now, Session{"handle", now, now + std::chrono::hours(1)}};
}

std::string content(const std::filesystem::path& path) {
  return read_file(path, 1 << 20).value();
}

TEST(Ledger, FindsWhatWasPut) {
  Ledger ledger;
  ASSERT_TRUE(ledger.put(request_token("one")));
  ASSERT_NE(ledger.request_token("one"), nullptr);
  EXPECT_EQ(*ledger.request_token("one"), request_token("one"));
  EXPECT_EQ(ledger.request_token("two"), nullptr);
  EXPECT_EQ(ledger.access_token("one"), nullptr);
}

TEST(Ledger, ExchangesARequestTokenOrAnAccessToken) {
  Ledger ledger;
  ASSERT_TRUE(ledger.put(request_token("one")));
  ASSERT_TRUE(ledger.exchange("one", access_token("two")));
  EXPECT_EQ(ledger.request_token("one"), nullptr);
  EXPECT_EQ(*ledger.access_token("two"), access_token("two"));
  ASSERT_TRUE(ledger.exchange("two", access_token("three")));
  EXPECT_EQ(ledger.access_token("two"), nullptr);
  EXPECT_NE(ledger.access_token("three"), nullptr);
}

TEST(Ledger, OutlivesItsProcessInTheStateFile) {
  const test::TempDir dir;
  {
    auto ledger = Ledger::open(dir / "state").value();
    ASSERT_TRUE(ledger.put(request_token("one")));
    RequestToken old = request_token("old");
    old.version = OAuthVersion::one_zero;
    old.callback = std::nullopt;
    old.decision = Decision::none;
    ASSERT_TRUE(ledger.put(old));
    ASSERT_TRUE(ledger.exchange("gone", access_token("two")));
    AccessToken sessionless = access_token("three");
    sessionless.session = std::nullopt;
    ASSERT_TRUE(ledger.exchange("gone", sessionless));
  }
  const auto ledger = Ledger::open(dir / "state");
  ASSERT_TRUE(ledger) << ledger.error().message;
  EXPECT_EQ(*ledger->request_token("one"), request_token("one"));
  EXPECT_EQ(ledger->request_token("old")->version, OAuthVersion::one_zero);
  EXPECT_EQ(ledger->request_token("old")->callback, std::nullopt);
  EXPECT_EQ(ledger->request_token("old")->decision, Decision::none);
  EXPECT_EQ(*ledger->access_token("two"), access_token("two"));
  EXPECT_EQ(ledger->access_token("three")->session, std::nullopt);
}

// docs/formats.md, section 10; written by hand from it.
TEST(Ledger, ReadsAStateFileOfVersionOneForEver) {
  const test::TempDir dir;
  std::filesystem::copy(std::filesystem::path(APPLINK_TESTS) / "data/sandbox/state-1.json",
                        dir / "state");
  const auto ledger = Ledger::open(dir / "state");
  ASSERT_TRUE(ledger) << ledger.error().message;
  const Timestamp then = test::FixedClock().now();
  EXPECT_EQ(*ledger->request_token("requestToken000000000000000000001"),
            (RequestToken{"requestToken000000000000000000001", "secret00000000000000000000000001",
                          "hub", OAuthVersion::one_zero_a, "http://127.0.0.1:4711/callback", then,
                          Decision::allowed, "alice", "aB3xY9"}));
  EXPECT_EQ(
      *ledger->request_token("requestToken000000000000000000002"),
      (RequestToken{"requestToken000000000000000000002", "secret00000000000000000000000002", "hub",
                    OAuthVersion::one_zero, std::nullopt, then, Decision::none, "", ""}));
  EXPECT_EQ(*ledger->access_token("accessToken0000000000000000000001"),
            (AccessToken{"accessToken0000000000000000000001", "secret00000000000000000000000003",
                         "hub", "bob", then,
                         Session{"handle00000000000000000000000001", then,
                                 then + std::chrono::seconds(88)}}));
}

TEST(Ledger, WritesForTheOwnerAlone) {
  const test::TempDir dir;
  ASSERT_TRUE(Ledger::open(dir / "state"));
  struct stat status {};
  ASSERT_EQ(::stat((dir / "state").c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 07777, 0600U);
}

TEST(Ledger, MakesNoChangeThatCannotBeWritten) {
  const test::TempDir dir;
  std::filesystem::create_directory(dir / "d");
  auto ledger = Ledger::open(dir / "d/state").value();
  ASSERT_TRUE(ledger.put(request_token("one")));
  std::filesystem::remove_all(dir / "d");
  EXPECT_FALSE(ledger.put(request_token("two")));
  EXPECT_FALSE(ledger.exchange("one", access_token("three")));
  EXPECT_EQ(ledger.request_token("two"), nullptr);
  EXPECT_NE(ledger.request_token("one"), nullptr);
  EXPECT_EQ(ledger.access_token("three"), nullptr);
}

TEST(Ledger, SaysAtOnceThatTheFileCannotBeWritten) {
  const test::TempDir dir;
  EXPECT_FALSE(Ledger::open(dir / "missing/state"));
}

std::string state(const std::string& request_tokens, const std::string& access_tokens) {
  return R"({"format":"applink-sandbox-state","version":1,"request_tokens":)" + request_tokens +
         R"(,"access_tokens":)" + access_tokens + '}';
}

std::string request_token_json(const std::string& more) {
  return R"([{"token":"a","secret":"b","consumer_key":"c","user":"","verifier":"","created":1,)" +
         more + "}]";
}

class ForeignStateFile : public testing::TestWithParam<std::string> {};

TEST_P(ForeignStateFile, IsRefusedAndLeftAsItIs) {
  const test::TempDir dir;
  ASSERT_TRUE(write_new_file(dir / "state", GetParam(), FileMode::private_file));
  const auto ledger = Ledger::open(dir / "state");
  ASSERT_FALSE(ledger);
  EXPECT_THAT(ledger.error().message, HasSubstr("is not the state of a sandbox"));
  EXPECT_EQ(ledger.error().hint, "move that file away, or name another with --state");
  EXPECT_EQ(content(dir / "state"), GetParam());
}

INSTANTIATE_TEST_SUITE_P(
    Contents, ForeignStateFile,
    testing::Values(
        "", "precious notes", "{}", "[]", "null",
        R"({"format":"other","version":1,"request_tokens":[],"access_tokens":[]})",
        R"({"format":"applink-sandbox-state","version":2,"request_tokens":[],"access_tokens":[]})",
        R"({"format":"applink-sandbox-state","version":1,"request_tokens":[]})", state("{}", "[]"),
        state("[7]", "[]"), state("[]", R"([{"token":"x"}])"),
        state(request_token_json(R"("version":"2.0","decision":"none")"), "[]"),
        state(request_token_json(R"("version":"1.0","decision":"perhaps")"), "[]"),
        state("[]", R"([{"token":"a","secret":"b","consumer_key":"c","user":"d","created":true}])"),
        state("[]", R"([{"token":7,"secret":"b","consumer_key":"c","user":"d","created":1}])")));

TEST(Ledger, TakesWhatThoseFilesAreMadeFrom) {
  const test::TempDir dir;
  const std::string good = state(request_token_json(R"("version":"1.0","decision":"none")"), "[]");
  ASSERT_TRUE(write_new_file(dir / "state", good, FileMode::private_file));
  EXPECT_TRUE(Ledger::open(dir / "state"));
}

TEST(Ledger, TakesACutStateFileForForeign) {
  const test::TempDir dir;
  ASSERT_TRUE(Ledger::open(dir / "state").value().put(request_token("one")));
  const std::string whole = content(dir / "state");
  for (std::size_t size = 0; size + 2 < whole.size(); size += 7) {
    std::ofstream(dir / "state") << whole.substr(0, size);
    EXPECT_FALSE(Ledger::open(dir / "state")) << size;
  }
}

}  // namespace
}  // namespace applink::sandbox

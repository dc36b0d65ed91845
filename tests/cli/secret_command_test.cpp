// Secrets that other programs print.
#include "cli/secret_command.h"

#include <csignal>
#include <cstdlib>
#include <string>

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cli/input.h"

namespace applink::cli {
namespace {

using ::testing::HasSubstr;
using namespace std::chrono_literals;

constexpr auto ample = 60s;
constexpr std::size_t limit = 100;

Result<std::string> said_by(const std::vector<std::string>& words,
                            std::chrono::milliseconds patience = ample) {
  TRY_ASSIGN(const Secret secret, output_of(words, limit, patience));
  return std::string(secret.reveal());
}

Result<std::string> said_by_shell(const std::string& script) {
  return said_by({"sh", "-c", script});
}

TEST(OutputOf, IsWhatTheProgramPrints) {
  EXPECT_EQ(said_by({"printf", "%s|", "open sesame", "$HOME"}), "open sesame|$HOME|");
  EXPECT_EQ(said_by({"true"}), "");
  EXPECT_EQ(said_by_shell("echo aside >&2; echo secret"), "secret\n");
}

TEST(OutputOf, HandsItsInputOver) {
  const auto said = output_of({"cat"}, limit, ample, "to be copied");
  ASSERT_TRUE(said);
  EXPECT_EQ(said->reveal(), "to be copied");
}

TEST(OutputOf, HandsNothingOfOursOn) {
  ::setenv("APPLINK_TOKEN_SECRET", "do-not-tell", 1);
  const int held = ::open("/dev/null", O_RDONLY);  // not closed on exec
  EXPECT_EQ(said_by_shell("echo ${APPLINK_TOKEN_SECRET-unset}"), "unset\n");
  EXPECT_EQ(said_by_shell("cat; for d in /proc/self/fd/[3-9]; do readlink $d; done; true"), "");
  ::close(held);
  ::unsetenv("APPLINK_TOKEN_SECRET");
  EXPECT_EQ(said_by_shell("test -n \"$PATH\" && echo kept"), "kept\n");
}

TEST(OutputOf, DoesNotWaitForADaemonThatHoldsThePipe) {
  const auto number = said_by_shell("tail -f /dev/null & echo $!");
  ASSERT_TRUE(number);
  EXPECT_EQ(::kill(std::stoi(*number), SIGKILL), 0) << "it was still there, with the pipe open";
}

TEST(OutputOf, RefusesWhatFails) {
  const auto absent = said_by({"applink-no-such-program"});
  ASSERT_FALSE(absent);
  EXPECT_THAT(absent.error().message, HasSubstr("No such file"));
  EXPECT_FALSE(absent.error().hint.empty());
  EXPECT_THAT(said_by_shell("echo wrong; exit 3").error().message, HasSubstr("status 3"));
  EXPECT_THAT(said_by_shell("echo wrong; kill -KILL $$").error().message, HasSubstr("signal 9"));
  EXPECT_THAT(said_by({"seq", "1000"}).error().message, HasSubstr("more than 100 bytes"));
}

TEST(OutputOf, KillsWhatTakesTooLong) {
  const auto late = said_by({"tail", "-f", "/dev/null"}, 20ms);
  ASSERT_FALSE(late);
  EXPECT_THAT(late.error().message, HasSubstr("took longer"));
  EXPECT_EQ(::waitpid(-1, nullptr, WNOHANG), -1) << "a child is left";
}

TEST(OutputOf, KillsWhatClosesItsOutputAndLivesOn) {
  const auto late = said_by({"sh", "-c", "exec >&-; exec sleep infinity"}, 100ms);
  ASSERT_FALSE(late);
  EXPECT_THAT(late.error().message, HasSubstr("took longer"));
  EXPECT_EQ(::waitpid(-1, nullptr, WNOHANG), -1) << "a child is left";
}

TEST(OutputOf, WaitsForTheEndOfWhatClosesItsOutput) {
  EXPECT_EQ(said_by_shell("echo secret; exec >&-; true"), "secret\n");
  EXPECT_THAT(said_by_shell("echo secret; exec >&-; exit 3").error().message,
              HasSubstr("status 3"));
}

TEST(OneLine, IsTheContentWithoutItsLineEnd) {
  for (const char* content : {"open sesame", "open sesame\n", "open sesame\r\n"}) {
    EXPECT_EQ(one_line(Secret(content))->reveal(), "open sesame");
  }
  EXPECT_EQ(one_line(Secret(" a\r "))->reveal(), " a\r ");
}

TEST(OneLine, RefusesNothingAndMoreThanOne) {
  for (const char* content : {"", "\n", "\r\n", "a\nb", "a\n\n", "\na"}) {
    const auto line = one_line(Secret(content));
    ASSERT_FALSE(line) << content;
    EXPECT_FALSE(line.error().hint.empty());
  }
}

}  // namespace
}  // namespace applink::cli

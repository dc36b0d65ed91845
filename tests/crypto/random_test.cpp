#include "crypto/random.h"

#include <array>
#include <cctype>
#include <map>
#include <set>
#include <string>

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

namespace applink::crypto {
namespace {

TEST(RandomAlphanumeric, HasItsLengthAndNothingButLettersAndDigits) {
  for (const std::size_t length : {0U, 1U, 32U, 63U, 64U, 65U, 1000U}) {
    const std::string text = random_alphanumeric(length);
    EXPECT_EQ(text.size(), length);
    for (const char letter : text) {
      EXPECT_TRUE(std::isalnum(static_cast<unsigned char>(letter)) != 0) << letter;
    }
  }
}

// 62,000 letters, 1,000 of each expected, standard deviation 31.4: eight deviations are a failure
// that chance brings once in 10^13 runs; a modulo bias puts eight letters at 1,210.
TEST(RandomAlphanumeric, FavoursNoLetter) {
  std::map<char, int> counts;
  for (const char letter : random_alphanumeric(62'000)) ++counts[letter];
  ASSERT_EQ(counts.size(), 62U);
  for (const auto& [letter, count] : counts) EXPECT_NEAR(count, 1000, 8 * 31.4) << letter;
}

TEST(RandomAlphanumeric, NeverComesTwice) {
  std::set<std::string> seen;
  for (int i = 0; i < 10'000; ++i) seen.insert(random_alphanumeric(16));
  EXPECT_EQ(seen.size(), 10'000U);
}

TEST(RandomBytes, FillsAllAndMayFillNone) {
  std::array<unsigned char, 64> bytes{};
  random_bytes(bytes);
  EXPECT_NE(bytes, (std::array<unsigned char, 64>{}));
  random_bytes({});
}

// Returns what a child made by fork() draws next.
std::string drawn_in_child() {
  std::array<int, 2> ends{};
  EXPECT_EQ(::pipe(ends.data()), 0);
  const pid_t child = ::fork();
  if (child == 0) {
    const std::string text = random_alphanumeric(32);
    const bool written = ::write(ends[1], text.data(), text.size()) == 32;
    ::_exit(written ? 0 : 1);
  }
  std::string text(32, '\0');
  EXPECT_EQ(::read(ends[0], text.data(), text.size()), 32);
  ::waitpid(child, nullptr, 0);
  ::close(ends[0]);
  ::close(ends[1]);
  return text;
}

TEST(RandomAlphanumeric, IsAnotherOneInEachChild) {
  random_alphanumeric(32);  // the generator is seeded before the fork
  const std::set<std::string> drawn{drawn_in_child(), drawn_in_child(), random_alphanumeric(32)};
  EXPECT_EQ(drawn.size(), 3U);
}

}  // namespace
}  // namespace applink::crypto

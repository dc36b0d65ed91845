#include "applink/base/secret.h"

#include <ostream>
#include <type_traits>

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace applink {
namespace {

template <class T>
concept Streamable = requires(std::ostream& out, const T& value) {
  out << value;
};

static_assert(!Streamable<Secret>, "a Secret must not be printable");
static_assert(!fmt::is_formattable<Secret>::value, "a Secret must not be formattable");
static_assert(!std::is_copy_constructible_v<Secret> && !std::is_copy_assignable_v<Secret>);
static_assert(!std::is_convertible_v<Secret, std::string_view>);

TEST(Secret, HoldsWhatItWasGiven) {
  const Secret secret("hunter2");
  EXPECT_EQ(secret.reveal(), "hunter2");
  EXPECT_EQ(secret.size(), 7U);
  EXPECT_FALSE(secret.empty());
  EXPECT_TRUE(Secret().empty());
}

TEST(Secret, TakingLeavesNothingBehind) {
  std::string source = "a passphrase that does not fit into the string object itself";
  const char* const bytes = source.data();
  const std::size_t size = source.size();
  const Secret secret = Secret::take(std::move(source));
  EXPECT_EQ(std::string_view(bytes, size),
            std::string(size, '\0'));  // NOLINT(bugprone-use-after-move)
  EXPECT_EQ(secret.size(), size);
}

TEST(Secret, MovingEmptiesTheSource) {
  Secret first("abc");
  Secret second = std::move(first);
  EXPECT_EQ(second.reveal(), "abc");
  EXPECT_TRUE(first.empty());  // NOLINT(bugprone-use-after-move)
  Secret third("xyz");
  third = std::move(second);
  EXPECT_EQ(third.reveal(), "abc");
  EXPECT_EQ(third.copy().reveal(), "abc");
}

TEST(Secret, ComparesBytes) {
  EXPECT_TRUE(Secret("abc") == Secret("abc"));
  EXPECT_FALSE(Secret("abc") == Secret("abd"));
  EXPECT_FALSE(Secret("abc") == Secret("ab"));
  EXPECT_TRUE(Secret() == Secret(""));
}

}  // namespace
}  // namespace applink

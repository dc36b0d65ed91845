#include "applink/base/error.h"

#include <gtest/gtest.h>

#include "applink/base/result.h"

namespace applink {
namespace {

Result<int> half(int number) {
  if (number % 2 != 0) return fail(ErrorCode::usage, "odd", "give an even number");
  return number / 2;
}

Result<int> quarter(int number) {
  TRY_ASSIGN(const int once, half(number));
  TRY_ASSIGN(const int twice, half(once));
  return twice;
}

Result<void> check(int number) {
  TRY(half(number));
  return {};
}

TEST(Error, ContextComesInFront) {
  const Error error =
      in_context("link prod", {ErrorCode::usage, "no such key", "applink key list"});
  EXPECT_EQ(error.message, "link prod: no such key");
  EXPECT_EQ(error.hint, "applink key list");
  EXPECT_EQ(error.code, ErrorCode::usage);
}

TEST(Try, GoesOnWithTheValueOrReturnsTheError) {
  EXPECT_EQ(quarter(8), 2);
  ASSERT_FALSE(quarter(6));
  EXPECT_EQ(quarter(6).error().message, "odd");
  EXPECT_TRUE(check(2));
  EXPECT_EQ(check(3).error().hint, "give an even number");
}

}  // namespace
}  // namespace applink

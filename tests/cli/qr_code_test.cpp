#include "cli/qr_code.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace applink::cli {
namespace {

using testing::HasSubstr;

/// Three squares a side, the middle one light.
QrCode ring() {
  return {3, {true, true, true, true, false, true, true, true, true}};
}

TEST(QrCode, IsAsSmallAsTheTextAllows) {
  // ISO/IEC 18004, table 7: version 1 holds 17 bytes at level L and has 21 squares a side.
  EXPECT_EQ(qr_code(std::string(17, 'a')).value().size, 21U);
  EXPECT_EQ(qr_code(std::string(18, 'a')).value().size, 25U);
  const auto largest = qr_code(std::string(2953, 'a')).value();
  EXPECT_EQ(largest.size, 177U);
  EXPECT_EQ(largest.dark.size(), 177U * 177U);
}

TEST(QrCode, FitsAnAuthorizeUrlIntoEightyColumns) {
  const std::string url =
      "https://jira.department.example.com/some/context/plugins/servlet/oauth/authorize"
      "?oauth_token=" +
      std::string(32, 'x');
  EXPECT_LE(drawn_width(qr_code(url).value()), 57U);
  EXPECT_LE(drawn_width(qr_code(std::string(400, 'a')).value()), 80U);
}

TEST(QrCode, SaysWhatItCannotHold) {
  for (const std::size_t size : {std::size_t{0}, std::size_t{2954}}) {
    const auto code = qr_code(std::string(size, 'a'));
    ASSERT_FALSE(code);
    EXPECT_THAT(code.error().message, HasSubstr(std::to_string(size)));
    EXPECT_FALSE(code.error().hint.empty());
  }
}

TEST(QrDrawing, IsBlackOnWhiteWithAQuietZone) {
  const auto lines = drawn(ring(), QrInk::black_on_white);
  const std::string on = "\x1b[38;5;16;48;5;231m";
  const std::string off = "\x1b[0m";
  const std::string empty = on + std::string(11, ' ') + off;
  EXPECT_THAT(lines, testing::ElementsAre(empty, empty, on + "    █▀█    " + off,
                                          on + "    ▀▀▀    " + off, empty, empty));
}

TEST(QrDrawing, WithoutColourDrawsTheLightSquares) {
  const auto lines = drawn(ring(), QrInk::of_terminal);
  const std::string empty = "███████████";
  EXPECT_THAT(lines,
              testing::ElementsAre(empty, empty, "████ ▄ ████", "████▄▄▄████", empty, empty));
}

TEST(QrDrawing, HasTheWidthItSays) {
  EXPECT_EQ(drawn_width(ring()), 11U);
}

}  // namespace
}  // namespace applink::cli

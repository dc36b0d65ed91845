#include "applink/base/encoding.h"

#include <gtest/gtest.h>

namespace applink {
namespace {

struct Pair {
  std::string bytes;
  std::string text;
};

// RFC 4648 section 10.
const Pair base64_vectors[] = {{"", ""},
                               {"f", "Zg=="},
                               {"fo", "Zm8="},
                               {"foo", "Zm9v"},
                               {"foob", "Zm9vYg=="},
                               {"fooba", "Zm9vYmE="},
                               {"foobar", "Zm9vYmFy"}};

TEST(Base64, EncodesTheVectorsOfRfc4648) {
  for (const Pair& pair : base64_vectors) EXPECT_EQ(base64_encode(pair.bytes), pair.text);
}

TEST(Base64, DecodesTheVectorsOfRfc4648) {
  for (const Pair& pair : base64_vectors) EXPECT_EQ(base64_decode(pair.text), pair.bytes);
}

TEST(Base64, KeepsEveryByte) {
  std::string bytes;
  for (int i = 0; i < 256; ++i) bytes += static_cast<char>(i);
  EXPECT_EQ(base64_decode(base64_encode(bytes)), bytes);
}

TEST(Base64, RefusesWhatIsNotExactlyBase64) {
  for (const std::string text :
       {"Z", "Zg", "Zg=", "Zg==\n", "Zh==", "Zm9=", "Zm9v====", "=Zm9", "Z=9v", "Zm-_", "Zm 9"}) {
    EXPECT_FALSE(base64_decode(text)) << text;
  }
}

TEST(Hex, EncodesAndDecodesEveryByte) {
  std::string bytes;
  for (int i = 0; i < 256; ++i) bytes += static_cast<char>(i);
  EXPECT_EQ(hex_encode("\x0f\xa0"), "0fa0");
  EXPECT_EQ(hex_decode(hex_encode(bytes)), bytes);
  EXPECT_EQ(hex_decode("0FA0"), "\x0f\xa0");
}

TEST(Hex, RefusesOddLengthAndOtherDigits) {
  EXPECT_FALSE(hex_decode("0"));
  EXPECT_FALSE(hex_decode("0g"));
  EXPECT_FALSE(hex_decode("0 "));
}

}  // namespace
}  // namespace applink

#include "store/fields.h"

#include <gtest/gtest.h>

namespace applink::store {
namespace {

constexpr Timestamp before_1970{std::chrono::seconds(-5)};

std::string bytes_of(const Secret& content) {
  return std::string(content.reveal());
}

TEST(Fields, AreAVersionThenIdLengthAndBytes) {
  const Secret content = FieldWriter(1).text(1, "ab").number(2, 258).content();
  EXPECT_EQ(bytes_of(content), std::string("\x01\x01\0\0\0\x02"
                                           "ab\x02\0\0\0\x08\0\0\0\0\0\0\x01\x02",
                                           21));
}

TEST(Fields, ComeBackAsTheyWent) {
  FieldWriter writer(3);
  writer.text(1, "").secret(2, Secret("s\0t")).number(3, ~std::uint64_t{0}).time(4, before_1970);
  writer.optional_text(5, "there").optional_text(6, std::nullopt);
  writer.optional_time(7, before_1970).optional_time(8, std::nullopt);
  const Secret content = writer.content();
  FieldReader reader(content.reveal());
  EXPECT_EQ(reader.version(), 3);
  EXPECT_EQ(reader.text(1), "");
  EXPECT_EQ(reader.secret(2), Secret("s\0t"));
  EXPECT_EQ(reader.number(3), ~std::uint64_t{0});
  EXPECT_EQ(reader.time(4), before_1970);
  EXPECT_EQ(reader.optional_text(5), "there");
  EXPECT_EQ(reader.optional_text(6), std::nullopt);
  EXPECT_EQ(reader.optional_time(7), before_1970);
  EXPECT_EQ(reader.optional_time(8), std::nullopt);
  EXPECT_TRUE(reader.complete());
}

TEST(Fields, WantEveryFieldAskedFor) {
  const Secret content = FieldWriter(1).text(1, "a").content();
  FieldReader reader(content.reveal());
  EXPECT_EQ(reader.text(1), "a");
  EXPECT_TRUE(reader.complete());
  EXPECT_EQ(reader.text(2), "");
  EXPECT_FALSE(reader.complete());
}

TEST(Fields, WantNoFieldThatNobodyAsksFor) {
  const Secret content = FieldWriter(1).text(1, "a").text(9, "new").content();
  FieldReader reader(content.reveal());
  EXPECT_EQ(reader.text(1), "a");
  EXPECT_FALSE(reader.complete());
}

TEST(Fields, WantNumbersOfEightBytes) {
  const Secret content = FieldWriter(1).text(1, "1234567").text(2, "123456789").content();
  FieldReader reader(content.reveal());
  EXPECT_EQ(reader.number(1), 0U);
  EXPECT_FALSE(reader.complete());
}

TEST(Fields, AreRefusedWhereTheyAreCutOffAnywhere) {
  const std::string whole = bytes_of(FieldWriter(1).text(1, "first").text(2, "second").content());
  for (std::size_t size = 0; size < whole.size(); ++size) {
    FieldReader reader(std::string_view(whole).substr(0, size));
    static_cast<void>(reader.text(1));
    static_cast<void>(reader.text(2));
    EXPECT_FALSE(reader.complete()) << size;
  }
}

TEST(Fields, AreRefusedOutOfOrderRepeatedOrUnknown) {
  for (const std::string_view content : {
           std::string_view("\x01\x02\0\0\0\0\x01\0\0\0\0", 11),  // 2 before 1
           std::string_view("\x01\x01\0\0\0\0\x01\0\0\0\0", 11),  // 1 twice
           std::string_view("\x01\0\0\0\0\0", 6),                 // 0
           std::string_view("\x01\xff\0\0\0\0", 6),               // 255
       }) {
    FieldReader reader(content);
    static_cast<void>(reader.optional_bytes(1));
    static_cast<void>(reader.optional_bytes(2));
    EXPECT_FALSE(reader.complete());
  }
}

TEST(ByteWriter, GrowsWithoutLosingAByte) {
  ByteWriter writer;
  std::string expected;
  for (int i = 0; i < 1000; ++i) {
    writer.u16(static_cast<std::uint16_t>(i));
    expected += static_cast<char>(i >> 8);
    expected += static_cast<char>(i & 0xFF);
  }
  EXPECT_EQ(writer.view(), expected);
}

}  // namespace
}  // namespace applink::store

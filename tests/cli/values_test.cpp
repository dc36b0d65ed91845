// What the values of options mean, and what is none.
#include "cli/values.h"

#include <gtest/gtest.h>

namespace applink::cli {
namespace {

TEST(ParseDuration, KnowsItsUnits) {
  EXPECT_EQ(parse_duration("90"), std::chrono::seconds(90));
  EXPECT_EQ(parse_duration("90s"), std::chrono::seconds(90));
  EXPECT_EQ(parse_duration("5m"), std::chrono::minutes(5));
  EXPECT_EQ(parse_duration("2h"), std::chrono::hours(2));
  EXPECT_EQ(parse_duration("1d"), std::chrono::hours(24));
  for (const char* text : {"", "m", "-1", "1.5", "1w", "1 s", "99999999", "0x10"}) {
    ASSERT_FALSE(parse_duration(text)) << text;
    EXPECT_EQ(parse_duration(text).error().code, ErrorCode::usage);
    EXPECT_FALSE(parse_duration(text).error().hint.empty());
  }
}

TEST(ParseNumber, TakesDigitsAlone) {
  EXPECT_EQ(parse_number("3072"), 3072);
  EXPECT_EQ(parse_number("-5"), -5);
  for (const char* text : {"", "1 ", " 1", "1k", "0x10", "+1", "99999999999"}) {
    ASSERT_FALSE(parse_number(text)) << text;
    EXPECT_FALSE(parse_number(text).error().hint.empty());
  }
}

TEST(ParsePort, HasSixteenBits) {
  EXPECT_EQ(parse_port("0"), 0);
  EXPECT_EQ(parse_port("65535"), 65535);
  for (const char* text : {"", "65536", "-1", "http", "80 "}) {
    ASSERT_FALSE(parse_port(text)) << text;
    EXPECT_EQ(parse_port(text).error().hint, "a number from 0 to 65535");
  }
}

TEST(ParseTimestamp, IsAPositiveNumberOfSeconds) {
  EXPECT_EQ(parse_timestamp("1"), Timestamp(std::chrono::seconds(1)));
  EXPECT_EQ(parse_timestamp("1196666512"), Timestamp(std::chrono::seconds(1196666512)));
  for (const char* text : {"", "0", "-1", "1.5", "now", "99999999999999999999"}) {
    ASSERT_FALSE(parse_timestamp(text)) << text;
    EXPECT_FALSE(parse_timestamp(text).error().hint.empty());
  }
}

TEST(ParseSignatureMethod, TakesAnyLetterCase) {
  EXPECT_EQ(parse_signature_method("rsa-sha256"), oauth1::SignatureMethod::rsa_sha256);
  EXPECT_EQ(parse_signature_method("PLAINTEXT"), oauth1::SignatureMethod::plaintext);
  EXPECT_FALSE(parse_signature_method("RSA"));
}

TEST(Since, IsADayATimeOrHowLongAgo) {
  const Timestamp now(std::chrono::seconds(1196666512));
  EXPECT_EQ(parse_since("7d", now), now - std::chrono::days(7));
  EXPECT_EQ(parse_since("24h", now), now - std::chrono::hours(24));
  EXPECT_EQ(parse_since("90m", now), now - std::chrono::minutes(90));
  EXPECT_EQ(parse_since("0s", now), now);
  EXPECT_EQ(parse_since("1970-01-02", now), Timestamp(std::chrono::days(1)));
  EXPECT_EQ(parse_since("2007-12-03T07:21:52Z", {}), now);
  EXPECT_EQ(parse_since("2007-12-03T08:21:52+01:00", {}), now);
  EXPECT_EQ(parse_since("2007-12-02T21:51:52-09:30", {}), now);
  for (const char* const text : {"",
                                 "7",
                                 "1196666512",
                                 "d",
                                 "-7d",
                                 "7w",
                                 "7 d",
                                 "yesterday",
                                 "2007-12",
                                 "2007-13-01",
                                 "2007-02-29",
                                 "12/03/2007",
                                 "2007-12-03T07:21:52",
                                 "2007-12-03T07:21:60Z",
                                 "2007-12-03 07:21:52Z",
                                 "2007-12-03T07:21:52+25:00",
                                 "2007-12-03T07:21:52+0100",
                                 "+01:00",
                                 "2007-12-03+01:00",
                                 "2007-12-03T+7:21:52Z",
                                 "99999999d"}) {
    const auto since = parse_since(text, now);
    ASSERT_FALSE(since) << text;
    EXPECT_EQ(since.error().code, ErrorCode::usage);
    EXPECT_NE(since.error().hint.find("2026-11-01"), std::string::npos);
  }
}

TEST(Moment, IsSecondsOrRfc3339) {
  EXPECT_EQ(parse_moment("1196666512").value(), Timestamp(std::chrono::seconds(1196666512)));
  EXPECT_EQ(parse_moment("2007-12-03T07:21:52Z").value(),
            Timestamp(std::chrono::seconds(1196666512)));
  EXPECT_EQ(parse_moment("2024-02-29T00:00:00Z").value(),
            Timestamp(std::chrono::seconds(1709164800)));
  for (const char* const text :
       {"", "-1", "now", "2023-02-29T00:00:00Z", "2023-01-01T24:00:00Z", "2023-01-01 00:00:00Z",
        "2023-01-01T00:00:00", "2023-01-01T00:-1:00Z", "99999999999999999999"}) {
    EXPECT_FALSE(parse_moment(text)) << text;
  }
}

}  // namespace
}  // namespace applink::cli

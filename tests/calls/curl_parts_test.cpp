// The parts of curl's command line: config files, globs, data, the table of options.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "calls/curl_config.h"
#include "calls/curl_data.h"
#include "calls/curl_globs.h"
#include "calls/curl_options.h"
#include "support/named_files.h"

namespace applink::calls {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

std::vector<std::string> expanded(std::string_view url) {
  const auto urls = expand_curl_globs(url, most_curl_transfers);
  EXPECT_TRUE(urls) << urls.error().message;
  std::vector<std::string> texts;
  if (!urls) return texts;
  for (const auto& one : *urls) texts.push_back(one.url);
  return texts;
}

TEST(CurlGlobs, AreExpandedInCurlsOrder) {
  EXPECT_THAT(expanded("h/plain"), ElementsAre("h/plain"));
  EXPECT_THAT(expanded("h/{a,b}/[1-2]"), ElementsAre("h/a/1", "h/a/2", "h/b/1", "h/b/2"));
  EXPECT_THAT(expanded("[08-10]"), ElementsAre("08", "09", "10"));
  EXPECT_THAT(expanded("[1-9:4]"), ElementsAre("1", "5", "9"));
  EXPECT_THAT(expanded("[a-e:3]"), ElementsAre("a", "d"));
  EXPECT_THAT(expanded("[3-3]"), ElementsAre("3"));
  EXPECT_THAT(expanded("{a\\,b,}"), ElementsAre("a,b", ""));
}

TEST(CurlGlobs, LeaveAddressesAndEscapesAlone) {
  EXPECT_THAT(expanded("http://[::1]/[1-2]"), ElementsAre("http://[::1]/1", "http://[::1]/2"));
  EXPECT_THAT(expanded("x[]"), ElementsAre("x[]"));
  EXPECT_THAT(expanded("\\{a\\}\\[b\\]\\c"), ElementsAre("{a}[b]\\c"));
}

TEST(CurlGlobs, RefuseWhatCurlRefuses) {
  for (const auto* bad :
       {"{a",    "{}",     "}",     "]",       "{a,{b}}", "{a]}",   "[",
        "[x",    "[1]",    "[5-1]", "[1-5:0]", "[1-5:9]", "[1-5:]", "[-5]",
        "[a-Z]", "[a-bc]", "[1-a]", "[:2]",    "[3-3:2]", "[ 1-2]", "[1-99999999999999999999]",
        "[A-z]"}) {
    const auto urls = expand_curl_globs(bad, most_curl_transfers);
    ASSERT_FALSE(urls) << bad;
    EXPECT_THAT(urls.error().hint, HasSubstr("%5B"));
  }
}

TEST(CurlGlobs, AreCountedBeforeTheyAreMade) {
  for (const auto* many : {"[0-18446744073709551615]", "[1-101]", "{a,b}[1-51]",
                           "[1-9][1-9][1-9][1-9][1-9][1-9][1-9][1-9][1-9][1-9][1-9]"}) {
    const auto urls = expand_curl_globs(many, most_curl_transfers);
    ASSERT_FALSE(urls) << many;
    EXPECT_THAT(urls.error().message, HasSubstr("more than 100 transfers"));
    EXPECT_EQ(urls.error().hint, "split it into several lines");
  }
}

TEST(CurlGlobs, GiveTheirChoicesToFileNames) {
  const std::vector<std::string> choices{"one", "2"};
  EXPECT_EQ(with_curl_choices("f_#1_#2", choices), "f_one_2");
  EXPECT_EQ(with_curl_choices("#0#3#x#", choices), "#0#3#x#");
  EXPECT_EQ(with_curl_choices("#12", choices), "#12");
  EXPECT_EQ(with_curl_choices("##1", choices), "#one");
  EXPECT_EQ(with_curl_choices("#99999999999999999999", choices), "#99999999999999999999");
}

TEST(CurlConfig, TakesEveryFormOfALine) {
  const auto good = parse_curl_config(
      "# a comment\n\n/ another\n* and another\n  url = https://a/\r\nheader: \"A: \\\"b\\\"\\t\"\n"
      "-X PUT # why\nsilent\nuser-agent \"\"\nlast = \\x",
      "f");
  ASSERT_TRUE(good) << good.error().message;
  std::vector<std::string> written;
  for (const auto& line : *good) written.push_back(line.option + "|" + line.value.value_or("none"));
  EXPECT_THAT(written, ElementsAre("url|https://a/", "header|A: \"b\"\t", "-X|PUT", "silent|none",
                                   "user-agent|", "last|\\x"));
}

TEST(CurlData, NamesAnEmptyFileAsCurlDoes) {
  test::NamedFiles files({{"empty", ""}, {"text", "a b\n"}});
  const auto* option = exact_curl_option("data-urlencode");
  const std::vector<CurlWord> words{{option, "n@empty"}, {option, "n@text"}, {option, "@text"}};
  const auto data = read_curl_data(words, files, ReadOnce::written_out);
  ASSERT_TRUE(data);
  EXPECT_EQ(data->bytes, "&n=a+b%0A&a+b%0A");
}

TEST(CurlData, EncodesEveryByte) {
  test::NamedFiles files({{"bytes", std::string("\0\xff ~-._aZ9+%/", 13)}});
  const std::vector<CurlWord> words{{exact_curl_option("data-urlencode"), "@bytes"}};
  const auto data = read_curl_data(words, files, ReadOnce::written_out);
  ASSERT_TRUE(data);
  EXPECT_EQ(data->bytes, "%00%FF+~-._aZ9%2B%25%2F");
}

TEST(CurlOptions, AreFoundByTheirBeginning) {
  EXPECT_EQ(curl_option_named("requ").error().message,
            "--requ may be one of several options of curl");
  EXPECT_EQ(curl_option_named("request").value()->name, "request");
  EXPECT_EQ(curl_option_named("ref").value()->name, "referer");
  EXPECT_FALSE(curl_option_named("follo"));  // newer options are never shortened
  EXPECT_EQ(curl_option_named("follow").value()->effect, CurlEffect::taken_out);
  EXPECT_EQ(curl_option_named("").error().message, "curl has no option --");
  EXPECT_EQ(curl_option_of_letter('\0'), nullptr);
  EXPECT_EQ(curl_option_of_letter('X')->name, "request");
}

TEST(CurlOptions, SayWhyAndWhatInstead) {
  for (const auto* option : curl_options()) {
    const bool speaks = option->effect >= CurlEffect::alters_body;
    EXPECT_EQ(speaks, !option->reason.empty()) << option->name;
    EXPECT_TRUE(option->hint.empty() || !option->reason.empty()) << option->name;
  }
}

}  // namespace
}  // namespace applink::calls

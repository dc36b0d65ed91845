#include "applink/calls/curl_command.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/named_files.h"

namespace applink::calls {
namespace {

using test::NamedFiles;
using testing::ElementsAre;
using testing::SizeIs;
using Words = std::vector<std::string>;

constexpr auto rest_url = "https://jira.example.com/jira/rest/x";

CurlCommand command_of(const Words& arguments) {
  NamedFiles files;
  auto command = read_curl_arguments(arguments, files);
  EXPECT_TRUE(command) << command.error().message;
  return command.value_or(CurlCommand{});
}

/// A header that counts, as a fresh signature would differ.
class Signing {
 public:
  Result<http::Request> operator()(const CurlTransfer& transfer) {
    auto request = transfer.request;
    request.headers.set("Authorization", "OAuth n=\"" + std::to_string(++count_) + "\"");
    return request;
  }

 private:
  int count_ = 0;
};

// tests/interop/curl_arguments_test.py has curl itself run what is made here.
TEST(CurlCommand, HasTheSignatureAndTheUrlBehindItsOptions) {
  EXPECT_THAT(signed_curl_arguments(command_of({"-sS", "-X", "PUT", rest_url}), Signing()).value(),
              ElementsAre("-q", "-sS", "-g", "--path-as-is", "-X", "PUT", "-H",
                          "Authorization: OAuth n=\"1\"", rest_url));
}

TEST(CurlCommand, SignsEachTransfer) {
  const auto arguments = signed_curl_arguments(
      command_of({rest_url, "--next", "-I", std::string(rest_url) + "/2"}), Signing());
  EXPECT_THAT(*arguments,
              ElementsAre("-q", "-g", "--path-as-is", "-H", "Authorization: OAuth n=\"1\"",
                          rest_url, "--next", "-g", "--path-as-is", "-I", "-H",
                          "Authorization: OAuth n=\"2\"", std::string(rest_url) + "/2"));
}

TEST(CurlCommand, JoinsASignatureToTheForm) {
  const auto in_body = [](const CurlTransfer& transfer) -> Result<http::Request> {
    auto request = transfer.request;
    request.body += request.body.empty() ? "oauth_x=1" : "&oauth_x=1";
    return request;
  };
  EXPECT_THAT(
      signed_curl_arguments(command_of({"-d", "a=1&b=2", rest_url}), in_body).value(),
      ElementsAre("-q", "-g", "--path-as-is", "-d", "a=1&b=2", "-d", "oauth_x=1", rest_url));
  EXPECT_THAT(signed_curl_arguments(command_of({"-X", "POST", rest_url}), in_body).value(),
              ElementsAre("-q", "-g", "--path-as-is", "-X", "POST", "-d", "oauth_x=1", rest_url));
}

TEST(CurlCommand, TakesTheUrlThatWasSigned) {
  const auto in_query = [](const CurlTransfer& transfer) -> Result<http::Request> {
    auto request = transfer.request;
    request.url = http::Url::parse(request.url.text() + "?oauth_x=1").value();
    return request;
  };
  EXPECT_THAT(signed_curl_arguments(command_of({rest_url}), in_query).value(),
              ElementsAre("-q", "-g", "--path-as-is", std::string(rest_url) + "?oauth_x=1"));
}

TEST(CurlCommand, IsNotMadeWhereSigningFails) {
  const auto refuse = [](const CurlTransfer&) -> Result<http::Request> {
    return fail(ErrorCode::usage, "no", "none");
  };
  EXPECT_EQ(signed_curl_arguments(command_of({rest_url}), refuse).error().message, "no");
}

TEST(CurlCommand, SaysEachNoteOnce) {
  const auto command = command_of({"-L", "-F", "a=1", rest_url, "--next", "-F", "b=1", rest_url});
  EXPECT_THAT(command.transfers, SizeIs(2));
  EXPECT_THAT(curl_notes(command),
              ElementsAre("-L was taken out: a signature is good for one URL, so no redirect is "
                          "followed",
                          "the body is not signed: it is multipart, and curl composes it"));
}

TEST(CurlArgumentsOf, AreThoseOfTheRequest) {
  const auto target = http::Url::parse(rest_url).value();
  EXPECT_THAT(curl_arguments_of({"GET", target, {{"Authorization", "OAuth x"}}, {}}),
              ElementsAre("-q", "-g", "--path-as-is", "-H", "Authorization: OAuth x", rest_url));
  EXPECT_THAT(curl_arguments_of({"POST", target, {{"Content-Type", "a/b"}}, "@x\n"}),
              ElementsAre("-q", "-g", "--path-as-is", "-H", "Content-Type: a/b", "--data-raw",
                          "@x\n", rest_url));
  EXPECT_THAT(curl_arguments_of({"PUT", target, {{"X-Empty", ""}}, "x"}),
              ElementsAre("-q", "-g", "--path-as-is", "-X", "PUT", "-H", "X-Empty;", "-H",
                          "Content-Type:", "--data-raw", "x", rest_url));
  EXPECT_THAT(curl_arguments_of({"HEAD", target, {}, {}}),
              ElementsAre("-q", "-g", "--path-as-is", "-I", rest_url));
  EXPECT_THAT(curl_arguments_of({"POST", target, {}, {}}),
              ElementsAre("-q", "-g", "--path-as-is", "-X", "POST", rest_url));
}

TEST(CurlReadsStandardInput, WhereAnOptionSaysSo) {
  NamedFiles files;
  const auto reads = [&](const Words& arguments) {
    return curl_reads_standard_input(arguments, files).value();
  };
  EXPECT_TRUE(reads({"-d", "@-", rest_url}));
  EXPECT_TRUE(reads({"-T", ".", rest_url}));
  EXPECT_TRUE(reads({"-F", "a=@-", rest_url}));
  EXPECT_FALSE(reads({"-d", "a=1", "-o", "-", rest_url}));
}

struct Hidden {
  Words arguments;
  Words files;
};

Hidden hidden(const Words& arguments) {
  NamedFiles none;
  Hidden hidden;
  const auto keep = [&](std::string_view content) -> Result<std::string> {
    hidden.files.emplace_back(content);
    return "/f/" + std::to_string(hidden.files.size());
  };
  hidden.arguments = hidden_curl_arguments(arguments, none, keep).value();
  return hidden;
}

TEST(HiddenCurlArguments, StandInAConfigFile) {
  const auto made =
      hidden({"-q", "-sS", "--no-location", "-H", "A: \"b\\\"", "-d", "1\n\r2", rest_url});
  EXPECT_THAT(made.arguments, ElementsAre("-q", "-K", "/f/1"));
  EXPECT_THAT(made.files,
              ElementsAre("silent\nshow-error\nno-location\nheader = \"A: \\\"b\\\\\\\"\"\ndata = "
                          "\"1\\n\\r2\"\nurl = \"https://jira.example.com/jira/rest/x\"\n"));
}

TEST(HiddenCurlArguments, AreInOneFileForEachTransfer) {
  const auto made = hidden({"-q", rest_url, "--next", rest_url});
  EXPECT_THAT(made.arguments, ElementsAre("-q", "-K", "/f/1", "--next", "-K", "/f/2"));
}

TEST(HiddenCurlArguments, LeaveAnEmptyValueWhereItStood) {
  const auto made = hidden({"-q", "-d", "a=1", "-d", "", "-d", "b=2", rest_url});
  EXPECT_THAT(made.arguments, ElementsAre("-q", "-K", "/f/1", "-d", "", "-K", "/f/2"));
}

TEST(HiddenCurlArguments, HandOverLongDataByItself) {
  const std::string data(95'000, 'a');
  const auto made = hidden({"-q", "--data-raw", data, rest_url});
  EXPECT_THAT(made.arguments, ElementsAre("-q", "-K", "/f/2"));
  EXPECT_EQ(made.files.front(), data);
  EXPECT_EQ(made.files.back(),
            "data-binary = \"@/f/1\"\nurl = \"https://jira.example.com/jira/rest/x\"\n");
  // Of every other option curl reads no file.
  EXPECT_THAT(hidden({"-q", "--data-urlencode", data, rest_url}).arguments,
              ElementsAre("-q", "--data-urlencode", data, "-K", "/f/1"));
}

TEST(HiddenCurlArguments, AreNoneWhereTheyCannotBeHandedOver) {
  NamedFiles none;
  const auto refuse = [](std::string_view) -> Result<std::string> {
    return fail(ErrorCode::failed, "no room", "none");
  };
  EXPECT_EQ(hidden_curl_arguments(Words{"-q", rest_url}, none, refuse).error().message, "no room");
}

}  // namespace
}  // namespace applink::calls

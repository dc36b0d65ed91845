// What a curl command line sends, and the arguments that send it again.
#include "applink/calls/curl_arguments.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/named_files.h"

namespace applink::calls {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;
using Arguments = std::vector<std::string>;

const std::string url = "https://jira.example.com/jira/rest/api/2/search";

CurlCommand read(const Arguments& arguments, CurlFiles& files,
                 CurlPurpose purpose = CurlPurpose::signing) {
  auto command = read_curl_arguments(arguments, files, purpose);
  EXPECT_TRUE(command) << command.error().message;
  if (!command) return {};
  return *std::move(command);
}

CurlCommand read(const Arguments& arguments, CurlPurpose purpose = CurlPurpose::signing) {
  test::NamedFiles files;
  return read(arguments, files, purpose);
}

CurlTransfer only(const CurlCommand& command) {
  EXPECT_THAT(command.transfers, SizeIs(1));
  return command.transfers.at(0);
}

CurlTransfer only(const Arguments& arguments, CurlPurpose purpose = CurlPurpose::signing) {
  return only(read(arguments, purpose));
}

TEST(CurlArguments, AUrlAloneIsAGetAndTheLineIsMadeSafe) {
  const auto command = read({url});
  EXPECT_THAT(command.global_arguments, ElementsAre("-q"));
  const auto transfer = only(command);
  EXPECT_EQ(transfer.request.method, "GET");
  EXPECT_EQ(transfer.request.url.text(), url);
  EXPECT_TRUE(transfer.request.headers.empty());
  EXPECT_EQ(transfer.body, CurlBody::none);
  EXPECT_THAT(transfer.arguments, ElementsAre("-g", "--path-as-is"));
  EXPECT_THAT(transfer.notes, IsEmpty());
  EXPECT_THAT(command.notes, IsEmpty());
}

TEST(CurlArguments, WhatWasAddedIsNotAddedTwice) {
  const auto command = read({"-q", "-g", "--path-as-is", "--no-globoff", "-g", url});
  EXPECT_THAT(command.global_arguments, ElementsAre("-q"));
  EXPECT_THAT(only(command).arguments, ElementsAre("-g", "--path-as-is"));
}

TEST(CurlArguments, GroupsOfLettersStayTogetherWhereTheyCan) {
  const auto command = read({"-sSif", "-XPOST", "-vN#", url});
  EXPECT_THAT(command.global_arguments, ElementsAre("-q", "-sS", "-v#"));
  EXPECT_THAT(only(command).arguments,
              ElementsAre("-g", "--path-as-is", "-if", "-X", "POST", "-N"));
}

TEST(CurlArguments, ShortenedNamesAreWrittenOut) {
  EXPECT_THAT(
      only({"--user-a", "x", "--HEADER", "A: b", "--no-buffer", url}).arguments,
      ElementsAre("-g", "--path-as-is", "--user-agent", "x", "--header", "A: b", "--no-buffer"));
}

TEST(CurlArguments, UnknownToASignatureMeansUntouched) {
  const Arguments passing{"-A",         "agent", "-e",          "https://a.example/",
                          "-b",         "k=v",   "--max-time",  "5",
                          "-o",         "-",     "-w",          "%{x}",
                          "--cacert",   "ca",    "--resolve",   "a:1:127.0.0.1",
                          "-x",         "p:1",   "--ca-native", "-U",
                          "user:secret"};
  Arguments line = passing;
  line.push_back(url);
  Arguments expected{"-g", "--path-as-is"};
  expected.insert(expected.end(), passing.begin(), passing.end());
  EXPECT_EQ(only(line).arguments, expected);
}

TEST(CurlArguments, FormsAreReadWhole) {
  const auto transfer = only({"-d", "a=1", "--data-urlencode", "b=x y&z", url});
  EXPECT_EQ(transfer.request.method, "POST");
  EXPECT_EQ(transfer.body, CurlBody::form);
  EXPECT_EQ(transfer.request.body, "a=1&b=x+y%26z");
  EXPECT_EQ(transfer.request.headers.find("content-type"), "application/x-www-form-urlencoded");
  EXPECT_THAT(transfer.notes, IsEmpty());
}

TEST(CurlArguments, OtherBodiesStayWithCurlAndAreSaidToBeUnsigned) {
  test::NamedFiles files;
  const auto transfer = only(
      read({"-X", "PUT", "-H", "Content-Type: application/json", "-d", "@body.json", url}, files));
  EXPECT_EQ(transfer.request.method, "PUT");
  EXPECT_EQ(transfer.body, CurlBody::data);
  EXPECT_EQ(transfer.request.body, "");
  EXPECT_THAT(files.reads, IsEmpty());
  EXPECT_THAT(transfer.arguments,
              ElementsAre("-g", "--path-as-is", "-X", "PUT", "-H", "Content-Type: application/json",
                          "-d", "@body.json"));
  EXPECT_THAT(transfer.notes, ElementsAre("the body is not signed: OAuth 1.0 signs forms, and this "
                                          "is application/json"));
  EXPECT_THAT(only({"-F", "a=@f", url}).notes, ElementsAre(HasSubstr("it is multipart")));
  EXPECT_THAT(only({"-T", "f", url}).notes, ElementsAre(HasSubstr("what -T uploads")));
  EXPECT_THAT(only({"-H", "Content-Type:", "-d", "x", url}).notes,
              ElementsAre(HasSubstr("of no type")));
}

TEST(CurlArguments, ABodyHashWantsEveryBody) {
  test::NamedFiles files({{"body.json", "{}\n"}, {"-", "[]"}});
  const auto whole = CurlPurpose::signing_with_body;
  EXPECT_EQ(only(read({"--json", "@body.json", url}, files, whole)).request.body, "{}\n");
  EXPECT_EQ(only(read({"-T", "body.json", url}, files, whole)).request.body, "{}\n");
  const auto typed = only(read({"--json", "@-", url}, files, whole));
  EXPECT_EQ(typed.request.body, "[]");
  EXPECT_THAT(typed.arguments, ElementsAre("-g", "--path-as-is", "--json", "[]"));
  EXPECT_THAT(typed.notes, IsEmpty());
  EXPECT_THAT(only(read({"-T", "-", url}, files, whole)).notes, SizeIs(1));
}

TEST(CurlArguments, StandardInputOfAFormStandsInTheLine) {
  test::NamedFiles files({{"-", "a=1\r\n&b=2\n"}});
  const auto form = only(read({"-d", "@-", url}, files));
  EXPECT_EQ(form.request.body, "a=1&b=2");
  EXPECT_THAT(form.arguments, ElementsAre("-g", "--path-as-is", "--data-raw", "a=1&b=2"));
  const auto encoded = only(read({"--data-urlencode", "n@-", url}, files));
  EXPECT_THAT(encoded.arguments,
              ElementsAre("-g", "--path-as-is", "--data-raw", "n=a%3D1%0D%0A%26b%3D2%0A"));
  files.reads.clear();
  EXPECT_THAT(only(read({"--json", "@-", url}, files)).arguments,
              ElementsAre("-g", "--path-as-is", "--json", "@-"));
  EXPECT_THAT(files.reads, IsEmpty());
}

TEST(CurlArguments, WhatOnlyThisProgramCanReadStandsInTheLine) {
  test::NamedFiles files({{"/dev/fd/63", "{}"}, {"/dev/stdin", "a=1"}, {"/dev/fd/9", "silent"}});
  EXPECT_THAT(only(read({"--json", "@/dev/fd/63", url}, files)).arguments,
              ElementsAre("-g", "--path-as-is", "--json", "{}"));
  EXPECT_EQ(only(read({"--json", "@/dev/fd/63", url}, files)).request.body, "");
  EXPECT_THAT(only(read({"-d", "@/dev/stdin", url}, files)).arguments,
              ElementsAre("-g", "--path-as-is", "--data-raw", "a=1"));
  EXPECT_THAT(read({"-K", "/dev/fd/9", url}, files).global_arguments,
              ElementsAre("-q", "--silent"));
  EXPECT_THAT(only(read({"-H", "@/dev/fd/9", url}, files)).arguments,
              ElementsAre("-g", "--path-as-is", "--header", "silent"));
}

TEST(CurlArguments, StandardInputServesEveryTransferOfASection) {
  test::NamedFiles files({{"-", "{}"}});
  const auto command = read({"--json", "@-", url + "/1", url + "/2"}, files);
  ASSERT_THAT(command.transfers, SizeIs(2));
  for (const auto& transfer : command.transfers) {
    EXPECT_THAT(transfer.arguments, ElementsAre("-g", "--path-as-is", "--json", "{}"));
  }
  EXPECT_THAT(files.reads, ElementsAre("-"));
}

TEST(CurlArguments, TheQueryIsInTheUrlAndCurlAddsNothing) {
  const auto got = only({"-G", "-d", "a=1", "--data-urlencode", "b=x y", url + "?c=3#part"});
  EXPECT_EQ(got.request.method, "GET");
  EXPECT_EQ(got.request.url.text(), url + "?c=3&a=1&b=x+y");
  EXPECT_TRUE(got.request.headers.empty());
  EXPECT_THAT(got.arguments, ElementsAre("-g", "--path-as-is"));
  const auto query = only({"--url-query", "a=1 2", "--url-query", "+b=%20", "-d", "c=3", url});
  EXPECT_EQ(query.request.url.text(), url + "?a=1+2&b=%20");
  EXPECT_EQ(query.request.body, "c=3");
  const auto json = only({"-G", "--json", "a=1", url});
  EXPECT_THAT(json.arguments,
              ElementsAre("-g", "--path-as-is", "--header", "Content-Type: application/json",
                          "--header", "Accept: application/json"));
}

TEST(CurlArguments, EveryUrlOfALineIsATransferOfItsOwn) {
  const auto command = read({"-s", "-d", "a=1", "-o", "f", url + "/1", "-o", "g_#1", url + "/{x,y}",
                             "--next", "-I", url + "/3"});
  EXPECT_THAT(command.global_arguments, ElementsAre("-q", "-s"));
  ASSERT_THAT(command.transfers, SizeIs(4));
  EXPECT_THAT(command.transfers[0].arguments,
              ElementsAre("-g", "--path-as-is", "-d", "a=1", "-o", "f"));
  EXPECT_EQ(command.transfers[2].request.url.text(), url + "/y");
  EXPECT_EQ(command.transfers[2].request.body, "a=1");
  EXPECT_THAT(command.transfers[2].arguments,
              ElementsAre("-g", "--path-as-is", "-d", "a=1", "-o", "g_y"));
  EXPECT_EQ(command.transfers[3].request.method, "HEAD");
  EXPECT_THAT(command.transfers[3].arguments, ElementsAre("-g", "--path-as-is", "-I"));
}

TEST(CurlArguments, RedirectsAreTakenOutWithANote) {
  const auto command = read({"-sL", "--max-redirs", "3", "--follow", url});
  EXPECT_THAT(only(command).arguments, ElementsAre("-g", "--path-as-is", "--max-redirs", "3"));
  EXPECT_THAT(command.notes, ElementsAre("-L was taken out: a signature is good for one URL, so no "
                                         "redirect is followed",
                                         HasSubstr("--follow was taken out")));
}

TEST(CurlArguments, WhatShowsTheSignatureIsSaid) {
  const auto command = read({"-v", "-v", "--trace", "t", "--no-verbose", url});
  EXPECT_THAT(command.notes,
              ElementsAre("-v prints the signature, with the other headers",
                          "--trace writes the signature into its file, with the other headers"));
}

TEST(CurlArguments, TheDefaultConfigIsSwitchedOffAndSaid) {
  test::NamedFiles files;
  files.config = "/home/me/.curlrc";
  EXPECT_THAT(read({url}, files).notes,
              ElementsAre("/home/me/.curlrc is not read (-q): give with -K /home/me/.curlrc what "
                          "the line needs of it"));
  EXPECT_THAT(read({"-q", url}, files).notes, IsEmpty());
  EXPECT_THAT(read({"--disable", url}, files).notes, IsEmpty());
}

TEST(CurlArguments, AConfigFileThatMattersStandsInTheLine) {
  test::NamedFiles files({{"quiet", "silent\nuser-agent agent\n"},
                          {"harmless", "max-time = 5\n--cacert ca\n"},
                          {"post", "data = \"a=1\"\nurl " + url + "\nproxy-user u:p\n"},
                          {"-", "url = " + url}});
  const auto kept = read({"-K", "harmless", url}, files);
  EXPECT_THAT(only(kept).arguments, ElementsAre("-g", "--path-as-is", "-K", "harmless"));
  EXPECT_THAT(kept.notes, IsEmpty());
  const auto spliced = read({"-K", "post"}, files);
  EXPECT_EQ(only(spliced).request.body, "a=1");
  EXPECT_THAT(only(spliced).arguments,
              ElementsAre("-g", "--path-as-is", "--data", "a=1", "--proxy-user", "u:p"));
  EXPECT_THAT(spliced.notes, ElementsAre("the options of post stand in the line itself"));
  EXPECT_THAT(read({"-K", "-"}, files).notes,
              ElementsAre("the options of standard input stand in the line itself"));
}

TEST(CurlArguments, HeadersOfAFileAreReadAndStay) {
  test::NamedFiles files(
      {{"h", "Content-Type: text/plain\r\n\r\nX-A: b\n"}, {"-", "X-A: b\nX-C;\n"}});
  const auto kept = only(read({"-H", "@h", "-d", "x", url}, files));
  EXPECT_EQ(kept.request.headers.find("Content-Type"), "text/plain");
  EXPECT_THAT(kept.arguments, ElementsAre("-g", "--path-as-is", "-H", "@h", "-d", "x"));
  EXPECT_THAT(only(read({"-H", "@-", url}, files)).arguments,
              ElementsAre("-g", "--path-as-is", "--header", "X-A: b", "--header", "X-C;"));
}

TEST(CurlArguments, HostsMayBeFoundElsewhere) {
  const auto transfer = only({"--connect-to", "::127.0.0.1:8443", url});
  EXPECT_EQ(transfer.request.url.text(), url);
  EXPECT_THAT(transfer.arguments,
              ElementsAre("-g", "--path-as-is", "--connect-to", "::127.0.0.1:8443"));
}

TEST(CurlArguments, ALineThatIsInspectedKeepsWhatASignatureWouldMind) {
  test::NamedFiles files({{"form", "a=1\n"}, {"-", std::string("x\0y", 3)}});
  const auto look = CurlPurpose::inspection;
  const auto transfer = only(read({"-kL", "--retry", "3", "-u", "a:b", "-v", "-H",
                                   "Authorization: OAuth a=\"b\"", "-d", "@form", url},
                                  files, look));
  EXPECT_EQ(transfer.request.headers.find("Authorization"), "OAuth a=\"b\"");
  EXPECT_EQ(transfer.request.body, "a=1");
  EXPECT_EQ(only(read({"--data-binary", "@-", url}, files, look)).request.body,
            std::string("x\0y", 3));
  const auto upload = only(read(
      {"-T", "form", "-H", "Content-Type: application/x-www-form-urlencoded", url}, files, look));
  EXPECT_EQ(upload.body, CurlBody::form);
  EXPECT_EQ(upload.request.body, "a=1\n");
  EXPECT_THAT(read({"-L", url}, files, look).notes, IsEmpty());
}

TEST(CurlArguments, ReadAgainWhatWasWrittenIsTheSame) {
  test::NamedFiles files({{"form", "a=1\n&b=2"}, {"-", "q=1"}, {"conf", "data z=1\nmax-time 2\n"}});
  const std::vector<Arguments> lines{
      {"-sSd", "@form", "-o", "o_#1", url + "/[1-3]", "-v"},
      {"-G", "--json", "a=1", "-L", url},
      {"-d", "@-", url + "/1", url + "/2", "--next", "-K", "conf", url},
      {"--url-query", "a=b c", "-I", url, "-:", "-T", "form", url + "/f"}};
  for (const auto& line : lines) {
    const auto first = read(line, files);
    Arguments again = first.global_arguments;
    for (const auto& transfer : first.transfers) {
      if (&transfer != &first.transfers.front()) again.emplace_back("--next");
      again.insert(again.end(), transfer.arguments.begin(), transfer.arguments.end());
      again.push_back(transfer.request.url.text());
    }
    const auto second = read(again, files);
    EXPECT_EQ(second.global_arguments, first.global_arguments);
    ASSERT_THAT(second.transfers, SizeIs(first.transfers.size()));
    for (std::size_t i = 0; i < first.transfers.size(); ++i) {
      EXPECT_EQ(second.transfers[i].request, first.transfers[i].request);
      EXPECT_EQ(second.transfers[i].arguments, first.transfers[i].arguments);
    }
  }
}

}  // namespace
}  // namespace applink::calls

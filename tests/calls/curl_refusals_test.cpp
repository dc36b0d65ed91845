// Command lines of curl that are refused: what is said, and what to type instead.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "applink/calls/curl_arguments.h"
#include "support/named_files.h"

namespace applink::calls {
namespace {

using testing::HasSubstr;
using Arguments = std::vector<std::string>;

const std::string jira_url = "https://jira.example.com/jira/x";
const std::string form_type = "Content-Type: application/x-www-form-urlencoded";

struct Refused {
  Arguments arguments;
  std::string message;
  std::string hint;
};

test::NamedFiles files_of_the_tests() {
  return test::NamedFiles({{"zero", std::string("a\0b", 3)},
                           {"return", "a\rb\n"},
                           {"-", std::string("a=\0", 3)},
                           {"/dev/at", "@x"},
                           {"login", "X-A: b\nAuthorization: Basic x\n"},
                           {"itself", "config = itself\nurl = " + jira_url + "\n"},
                           {"open", "user-agent = \"x\n"},
                           {"blank", "user-agent = a b\n"},
                           {"extra", "silent = yes\n"},
                           {"unknown", "no-such-thing\n"},
                           {"retries", "retry = 3\n"}});
}

void expect_refused(const Refused& refusal, CurlPurpose purpose) {
  auto files = files_of_the_tests();
  const auto command = read_curl_arguments(refusal.arguments, files, purpose);
  ASSERT_FALSE(command) << testing::PrintToString(refusal.arguments);
  EXPECT_EQ(command.error().code, ErrorCode::usage);
  EXPECT_THAT(command.error().message, HasSubstr(refusal.message));
  EXPECT_THAT(command.error().hint, HasSubstr(refusal.hint));
  EXPECT_FALSE(refusal.hint.empty());
}

class CurlRefusals : public testing::TestWithParam<Refused> {};

TEST_P(CurlRefusals, SaysWhyAndWhatToTypeInstead) {
  expect_refused(GetParam(), CurlPurpose::signing);
}

constexpr const char* once = "a signature is good once";
constexpr const char* login = "the signature takes the place of every other login";

INSTANTIATE_TEST_SUITE_P(
    Options, CurlRefusals,
    testing::Values(
        Refused{{"--retry", "3", jira_url}, once, "leave --retry out"},
        Refused{{"--anyauth", jira_url}, once, "leave --anyauth out"},
        Refused{{"--digest", jira_url}, once, "leave --digest out"},
        Refused{{"--ntlm", jira_url}, once, "leave --ntlm out"},
        Refused{{"--ntlm-wb", jira_url}, once, "leave --ntlm-wb out"},
        Refused{{"--negotiate", jira_url}, once, "leave --negotiate out"},
        Refused{{"-Z", jira_url}, once, "leave -Z out"},
        Refused{{"-u", "me:secret", jira_url}, login, "leave -u out"},
        Refused{{"-n", jira_url}, login, "leave -n out"},
        Refused{{"--netrc-file", "f", jira_url}, login, "leave --netrc-file out"},
        Refused{{"--netrc-optional", jira_url}, login, "leave --netrc-optional out"},
        Refused{{"--oauth2-bearer", "t", jira_url}, login, "leave --oauth2-bearer out"},
        Refused{{"--aws-sigv4", "p", jira_url}, login, "leave --aws-sigv4 out"},
        Refused{{"-k", jira_url}, "whoever answers", "--cacert FILE"},
        Refused{{"--location-trusted", jira_url}, "whatever host a redirect names", "leave"},
        Refused{{"--request-target", "/x", jira_url}, "another target", "into the URL"},
        Refused{{"--variable", "a=b", jira_url}, "nobody else knows", "write the values out"},
        Refused{{"--expand-url", "x", jira_url}, "nobody else knows", "write the values out"},
        Refused{{"--metalink", jira_url}, "no curl any more", "leave --metalink out"},
        Refused{{"-V"}, "sends nothing", "after curl alone"},
        Refused{{"-h"}, "sends nothing", "after curl alone"},
        Refused{{"--manual"}, "sends nothing", "after curl alone"},
        Refused{{"--dump-ca-embed"}, "sends nothing", "leave"},
        Refused{{"--hsts", "f", "http://127.0.0.1/x"}, "http into https", "write https"},
        Refused{{"--crlf", "-d", "a=1", jira_url}, "line ends on the way out", "leave --crlf out"},
        Refused{{"-B", "-d", "a=1", jira_url}, "line ends on the way out", "leave -B out"},
        Refused{{"-C", "5", "-d", "a=1", jira_url}, "the beginning of the body", "leave -C out"},
        Refused{{"-A", "a\r\nX: y", jira_url}, "-A has a line end", "one line"},
        Refused{{"-b", "a=b\nX: y", jira_url}, "-b has a line end", "one line"},
        Refused{{"-e", "a\rb", jira_url}, "-e has a line end", "one line"},
        Refused{{"-r", "1\n", jira_url}, "-r has a line end", "one line"}));

INSTANTIATE_TEST_SUITE_P(
    Words, CurlRefusals,
    testing::Values(
        Refused{{}, "no URL", "write the URL"}, Refused{{"-d", "a=1"}, "no URL", "write the URL"},
        Refused{{"--next", jira_url}, "--next stands behind no URL", "before it"},
        Refused{{"--no-such", jira_url}, "no option --no-such", "curl --help all"},
        Refused{{"--no-data", jira_url}, "no option --no-data", "curl --help all"},
        Refused{{"--heder", "a", jira_url}, "no option --heder", "did you mean --header?"},
        Refused{{"--user=me:secret", jira_url}, "no option --user=…", "with a space: --user VALUE"},
        Refused{{"--", "--x"}, "the URL has no scheme", "https://"},
        Refused{{"--dat", "a", jira_url}, "several options", "--data, "},
        Refused{{"-\x01", jira_url}, "no option -\\x01", "curl --help all"},
        Refused{{"-", jira_url}, "no option -", "write a URL"},
        Refused{{jira_url, "-X"}, "-X has no value", "behind it"},
        Refused{{jira_url, "--request"}, "--request has no value", "behind it"},
        Refused{{std::string("a\0b", 3)}, "zero byte", "@FILE"},
        Refused{{"-o", "a", "-o", "b", jira_url}, "more outputs or uploads", "for each URL"},
        Refused{{"-T", "a", "-T", "b", jira_url}, "more outputs or uploads", "for each URL"},
        Refused{
            {"-d", "@-", "-H", "@-", jira_url}, "two options read standard input", "into a file"},
        Refused{
            {"-F", "a=@-;type=b", "-T", ".", jira_url}, "two options read standard", "into a file"},
        Refused{{"-K", "-", "-d", "@-", jira_url}, "zero byte", "text file"}));

INSTANTIATE_TEST_SUITE_P(
    Headers, CurlRefusals,
    testing::Values(
        Refused{
            {"-H", "Authorization: Basic x", jira_url}, "sets Authorization", "leave that header"},
        Refused{{"-H", "authorization;", jira_url}, "sets Authorization", "leave that header"},
        Refused{{"-H", "Authorization:", jira_url}, "sets Authorization", "leave that header"},
        Refused{{"-H", "@login", jira_url}, "sets Authorization", "leave that header"},
        Refused{
            {"--proxy-header", "Authorization: x", jira_url}, "sets Authorization", "leave that"},
        Refused{
            {"--proxy-header", "Content-Type: x", jira_url}, "a plain proxy passes on", "with -H"},
        Refused{
            {"-H", "Host: other.example", jira_url}, "the signature covers the host", "--resolve"},
        Refused{{"-H", "Content-Length: 3", jira_url}, "cut the body off", "counts for itself"},
        Refused{{"-H", "Content-Length:", jira_url}, "cut the body off", "counts for itself"},
        Refused{{"-H", "Transfer-Encoding: gzip", jira_url}, "does not do", "chunked"},
        Refused{{"-H", "X: a\r\nAuthorization: b", jira_url}, "control character", "one line"},
        Refused{{"-H", "Content-Type : text/plain", jira_url},
                "names no header field",
                "'Name: value'"},
        Refused{{"-H", ":path: /x", jira_url}, "names no header field", "'Name: value'"},
        Refused{{"-H", "Content-Type: a", "-H", "content-type: b", jira_url},
                "two header fields",
                "leave one"}));

INSTANTIATE_TEST_SUITE_P(
    Bodies, CurlRefusals,
    testing::Values(
        Refused{{"-I", "-d", "a=1", jira_url}, "a HEAD (-I) and data (-d) at once", "--next"},
        Refused{{"-F", "a=1", "-d", "b=2", jira_url}, "multipart body (-F) and data", "--next"},
        Refused{{"-T", "f", "-d", "b=2", jira_url}, "data (-d) and an upload (-T)", "--next"},
        Refused{{"-F", "a=1", "-G", "-d", "b=2", jira_url}, "(-F) and a GET (-G)", "--next"},
        Refused{{"-X", "P UT", jira_url}, "-X names no method", "-X PUT"},
        Refused{{"-X", "", jira_url}, "-X names no method", "-X PUT"},
        Refused{{"-d", "@zero", jira_url}, "zero holds a zero byte", "--data-binary @FILE"},
        Refused{
            {"-d", "@return", jira_url}, "carriage return within a line", "--data-binary @FILE"},
        Refused{{"--data-binary", "@-", jira_url},
                "standard input holds what no argument can",
                "into a file"},
        Refused{{"--json", "@/dev/at", jira_url}, "the file of --json holds what", "into a file"},
        Refused{{"-H", "@/dev/at", jira_url}, "a line that is no header field", "'Name: value'"},
        Refused{{"-F", "a=1", "-H", form_type, jira_url}, "-F makes a multipart one", "with -d"},
        Refused{{"-T", "f", "-H", form_type, jira_url}, "-T uploads a form", "--data-binary @FILE"},
        Refused{{"-T", "{a,b}", jira_url}, "a signature of its own", "-g"},
        Refused{{"-T", "f", jira_url + "/"}, "adds the name of -T's file", "whole URL"},
        Refused{{"-T", "f", "https://jira.example.com"}, "adds the name of -T's file", "whole URL"},
        Refused{{"-G", "-d", "a", "--url-query", "b", jira_url},
                "both add to the query",
                "--url-query"}));

INSTANTIATE_TEST_SUITE_P(
    Urls, CurlRefusals,
    testing::Values(
        Refused{{"jira.example.com/x"}, "the URL has no scheme", "https://"},
        Refused{{"https://me:secret@jira.example.com/"}, "user name or a password", "leave out"},
        Refused{{"-g", jira_url + "/{a}"}, "\"{\"", "%7B"},
        Refused{{jira_url + "/a b"}, "\" \"", "%20"},
        Refused{{"-G", "-d", "a=b c", jira_url}, "\" \"", "%20"},
        Refused{{"-G", "-d", "a=#", jira_url}, "would end the URL", "--data-urlencode"},
        Refused{{jira_url + "/../y"}, "which curl follows", "the path that it leads to"},
        Refused{{jira_url + "/%2e%2E/y"}, "which curl follows", "the path that it leads to"},
        Refused{{jira_url + "/[1-101]"}, "more than 100 transfers", "several lines"},
        Refused{{jira_url + "/[1-50]", jira_url + "/[1-51]"},
                "more than 100 transfers",
                "several lines"},
        Refused{{jira_url + "/[1-100]", "-:", "-g", jira_url},
                "more than 100 transfers",
                "several lines"},
        Refused{{jira_url + "/{a"}, "a brace that nothing closes", "%7B"}));

INSTANTIATE_TEST_SUITE_P(
    Configs, CurlRefusals,
    testing::Values(
        Refused{{"-K", "itself"}, "more than 16 config files", "names itself"},
        Refused{{"-K", "open", jira_url}, "line 1 of open begins a quoted value", "close"},
        Refused{
            {"-K", "blank", jira_url}, "line 1 of blank goes on behind a blank", "double quotes"},
        Refused{{"-K", "extra", jira_url}, "in extra, silent has a value", "one option a line"},
        Refused{
            {"-K", "unknown", jira_url}, "in unknown: curl has no option --no-such-thing", "help"},
        Refused{{"-K", "zero", jira_url}, "zero holds a zero byte", "text file"},
        Refused{{"-K", "retries", jira_url}, once, "leave --retry out"}));

class CurlInspectionRefusals : public testing::TestWithParam<Refused> {};

TEST_P(CurlInspectionRefusals, SaysWhyToo) {
  expect_refused(GetParam(), CurlPurpose::inspection);
}

INSTANTIATE_TEST_SUITE_P(
    Unreadable, CurlInspectionRefusals,
    testing::Values(
        Refused{{"--request-target", "/x", jira_url}, "another target", "into the URL"},
        Refused{{"--variable", "a=b", jira_url}, "nobody else knows", "write the values out"},
        Refused{{"-H", "Host: a", jira_url}, "the signature covers the host", "into the URL"},
        Refused{{"-H", "Authorization: a", "-H", "authorization: b", jira_url},
                "two header fields",
                "leave one"}));

TEST(CurlRefusals, MissingFilesAreTheFilesOwnError) {
  test::NamedFiles files;
  for (const Arguments& line :
       {Arguments{"-d", "@gone", jira_url}, Arguments{"-K", "gone", jira_url},
        Arguments{"-H", "@gone", jira_url}, Arguments{"--url-query", "@gone", jira_url}}) {
    const auto command = read_curl_arguments(line, files);
    ASSERT_FALSE(command);
    EXPECT_EQ(command.error().message, "no such file: gone");
  }
}

TEST(CurlRefusals, TooMuchOnStandardInputIsForAFile) {
  test::NamedFiles files({{"-", std::string(200'000, 'a')}});
  const auto command = read_curl_arguments(Arguments{"-d", "@-", jira_url}, files);
  ASSERT_FALSE(command);
  EXPECT_EQ(command.error().message,
            "standard input holds 200000 bytes, more than an argument takes");
  EXPECT_EQ(command.error().hint, "put it into a file on disk");
}

TEST(CurlRefusals, SwitchedOffIsNotRefused) {
  test::NamedFiles files;
  EXPECT_TRUE(read_curl_arguments(
      Arguments{"--no-insecure", "--no-digest", "--no-location", "--no-parallel", jira_url},
      files));
}

}  // namespace
}  // namespace applink::calls

// Command lines of curl that are refused: what is said, and what to type instead.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "applink/calls/curl_arguments.h"
#include "support/named_files.h"

namespace applink::calls {
namespace {

using testing::HasSubstr;
using Arguments = std::vector<std::string>;

const std::string url = "https://jira.example.com/jira/x";
const std::string form_type = "Content-Type: application/x-www-form-urlencoded";

struct Refusal {
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
                           {"itself", "config = itself\nurl = " + url + "\n"},
                           {"open", "user-agent = \"x\n"},
                           {"blank", "user-agent = a b\n"},
                           {"extra", "silent = yes\n"},
                           {"unknown", "no-such-thing\n"},
                           {"retries", "retry = 3\n"}});
}

void expect_refused(const Refusal& refusal, CurlPurpose purpose) {
  auto files = files_of_the_tests();
  const auto command = read_curl_arguments(refusal.arguments, files, purpose);
  ASSERT_FALSE(command) << testing::PrintToString(refusal.arguments);
  EXPECT_EQ(command.error().code, ErrorCode::usage);
  EXPECT_THAT(command.error().message, HasSubstr(refusal.message));
  EXPECT_THAT(command.error().hint, HasSubstr(refusal.hint));
  EXPECT_FALSE(refusal.hint.empty());
}

class CurlRefusals : public testing::TestWithParam<Refusal> {};

TEST_P(CurlRefusals, SaysWhyAndWhatToTypeInstead) {
  expect_refused(GetParam(), CurlPurpose::signing);
}

constexpr const char* once = "a signature is good once";
constexpr const char* login = "the signature takes the place of every other login";

INSTANTIATE_TEST_SUITE_P(
    Options, CurlRefusals,
    testing::Values(
        Refusal{{"--retry", "3", url}, once, "leave --retry out"},
        Refusal{{"--anyauth", url}, once, "leave --anyauth out"},
        Refusal{{"--digest", url}, once, "leave --digest out"},
        Refusal{{"--ntlm", url}, once, "leave --ntlm out"},
        Refusal{{"--ntlm-wb", url}, once, "leave --ntlm-wb out"},
        Refusal{{"--negotiate", url}, once, "leave --negotiate out"},
        Refusal{{"-Z", url}, once, "leave -Z out"},
        Refusal{{"-u", "me:secret", url}, login, "leave -u out"},
        Refusal{{"-n", url}, login, "leave -n out"},
        Refusal{{"--netrc-file", "f", url}, login, "leave --netrc-file out"},
        Refusal{{"--netrc-optional", url}, login, "leave --netrc-optional out"},
        Refusal{{"--oauth2-bearer", "t", url}, login, "leave --oauth2-bearer out"},
        Refusal{{"--aws-sigv4", "p", url}, login, "leave --aws-sigv4 out"},
        Refusal{{"-k", url}, "whoever answers", "--cacert FILE"},
        Refusal{{"--location-trusted", url}, "whatever host a redirect names", "leave"},
        Refusal{{"--request-target", "/x", url}, "another target", "into the URL"},
        Refusal{{"--variable", "a=b", url}, "nobody else knows", "write the values out"},
        Refusal{{"--expand-url", "x", url}, "nobody else knows", "write the values out"},
        Refusal{{"--metalink", url}, "no curl any more", "leave --metalink out"},
        Refusal{{"-V"}, "sends nothing", "after curl alone"},
        Refusal{{"-h"}, "sends nothing", "after curl alone"},
        Refusal{{"--manual"}, "sends nothing", "after curl alone"},
        Refusal{{"--dump-ca-embed"}, "sends nothing", "leave"},
        Refusal{{"--hsts", "f", "http://127.0.0.1/x"}, "http into https", "write https"},
        Refusal{{"--crlf", "-d", "a=1", url}, "line ends on the way out", "leave --crlf out"},
        Refusal{{"-B", "-d", "a=1", url}, "line ends on the way out", "leave -B out"},
        Refusal{{"-C", "5", "-d", "a=1", url}, "the beginning of the body", "leave -C out"},
        Refusal{{"-A", "a\r\nX: y", url}, "-A has a line end", "one line"},
        Refusal{{"-b", "a=b\nX: y", url}, "-b has a line end", "one line"},
        Refusal{{"-e", "a\rb", url}, "-e has a line end", "one line"},
        Refusal{{"-r", "1\n", url}, "-r has a line end", "one line"}));

INSTANTIATE_TEST_SUITE_P(
    Words, CurlRefusals,
    testing::Values(
        Refusal{{}, "no URL", "write the URL"}, Refusal{{"-d", "a=1"}, "no URL", "write the URL"},
        Refusal{{"--next", url}, "--next stands behind no URL", "before it"},
        Refusal{{"--no-such", url}, "no option --no-such", "curl --help all"},
        Refusal{{"--no-data", url}, "no option --no-data", "curl --help all"},
        Refusal{{"--heder", "a", url}, "no option --heder", "did you mean --header?"},
        Refusal{{"--user=me:secret", url}, "no option --user=…", "with a space: --user VALUE"},
        Refusal{{"--", "--x"}, "the URL has no scheme", "https://"},
        Refusal{{"--dat", "a", url}, "several options", "--data, "},
        Refusal{{"-\x01", url}, "no option -\\x01", "curl --help all"},
        Refusal{{"-", url}, "no option -", "write a URL"},
        Refusal{{url, "-X"}, "-X has no value", "behind it"},
        Refusal{{url, "--request"}, "--request has no value", "behind it"},
        Refusal{{std::string("a\0b", 3)}, "zero byte", "@FILE"},
        Refusal{{"-o", "a", "-o", "b", url}, "more outputs or uploads", "for each URL"},
        Refusal{{"-T", "a", "-T", "b", url}, "more outputs or uploads", "for each URL"},
        Refusal{{"-d", "@-", "-H", "@-", url}, "two options read standard input", "into a file"},
        Refusal{{"-F", "a=@-;type=b", "-T", ".", url}, "two options read standard", "into a file"},
        Refusal{{"-K", "-", "-d", "@-", url}, "zero byte", "text file"}));

INSTANTIATE_TEST_SUITE_P(
    Headers, CurlRefusals,
    testing::Values(
        Refusal{{"-H", "Authorization: Basic x", url}, "sets Authorization", "leave that header"},
        Refusal{{"-H", "authorization;", url}, "sets Authorization", "leave that header"},
        Refusal{{"-H", "Authorization:", url}, "sets Authorization", "leave that header"},
        Refusal{{"-H", "@login", url}, "sets Authorization", "leave that header"},
        Refusal{{"--proxy-header", "Authorization: x", url}, "sets Authorization", "leave that"},
        Refusal{{"--proxy-header", "Content-Type: x", url}, "a plain proxy passes on", "with -H"},
        Refusal{{"-H", "Host: other.example", url}, "the signature covers the host", "--resolve"},
        Refusal{{"-H", "Content-Length: 3", url}, "cut the body off", "counts for itself"},
        Refusal{{"-H", "Content-Length:", url}, "cut the body off", "counts for itself"},
        Refusal{{"-H", "Transfer-Encoding: gzip", url}, "does not do", "chunked"},
        Refusal{{"-H", "X: a\r\nAuthorization: b", url}, "control character", "one line"},
        Refusal{{"-H", "Content-Type : text/plain", url}, "names no header field", "'Name: value'"},
        Refusal{{"-H", ":path: /x", url}, "names no header field", "'Name: value'"},
        Refusal{{"-H", "Content-Type: a", "-H", "content-type: b", url},
                "two header fields",
                "leave one"}));

INSTANTIATE_TEST_SUITE_P(
    Bodies, CurlRefusals,
    testing::Values(
        Refusal{{"-I", "-d", "a=1", url}, "a HEAD (-I) and data (-d) at once", "--next"},
        Refusal{{"-F", "a=1", "-d", "b=2", url}, "multipart body (-F) and data", "--next"},
        Refusal{{"-T", "f", "-d", "b=2", url}, "data (-d) and an upload (-T)", "--next"},
        Refusal{{"-F", "a=1", "-G", "-d", "b=2", url}, "(-F) and a GET (-G)", "--next"},
        Refusal{{"-X", "P UT", url}, "-X names no method", "-X PUT"},
        Refusal{{"-X", "", url}, "-X names no method", "-X PUT"},
        Refusal{{"-d", "@zero", url}, "zero holds a zero byte", "--data-binary @FILE"},
        Refusal{{"-d", "@return", url}, "carriage return within a line", "--data-binary @FILE"},
        Refusal{{"--data-binary", "@-", url},
                "standard input holds what no argument can",
                "into a file"},
        Refusal{{"--json", "@/dev/at", url}, "the file of --json holds what", "into a file"},
        Refusal{{"-H", "@/dev/at", url}, "a line that is no header field", "'Name: value'"},
        Refusal{{"-F", "a=1", "-H", form_type, url}, "-F makes a multipart one", "with -d"},
        Refusal{{"-T", "f", "-H", form_type, url}, "-T uploads a form", "--data-binary @FILE"},
        Refusal{{"-T", "{a,b}", url}, "a signature of its own", "-g"},
        Refusal{{"-T", "f", url + "/"}, "adds the name of -T's file", "whole URL"},
        Refusal{{"-T", "f", "https://jira.example.com"}, "adds the name of -T's file", "whole URL"},
        Refusal{
            {"-G", "-d", "a", "--url-query", "b", url}, "both add to the query", "--url-query"}));

INSTANTIATE_TEST_SUITE_P(
    Urls, CurlRefusals,
    testing::Values(
        Refusal{{"jira.example.com/x"}, "the URL has no scheme", "https://"},
        Refusal{{"https://me:secret@jira.example.com/"}, "user name or a password", "leave out"},
        Refusal{{"-g", url + "/{a}"}, "\"{\"", "%7B"}, Refusal{{url + "/a b"}, "\" \"", "%20"},
        Refusal{{"-G", "-d", "a=b c", url}, "\" \"", "%20"},
        Refusal{{"-G", "-d", "a=#", url}, "would end the URL", "--data-urlencode"},
        Refusal{{url + "/../y"}, "which curl follows", "the path that it leads to"},
        Refusal{{url + "/%2e%2E/y"}, "which curl follows", "the path that it leads to"},
        Refusal{{url + "/[1-101]"}, "more than 100 transfers", "several lines"},
        Refusal{{url + "/[1-50]", url + "/[1-51]"}, "more than 100 transfers", "several lines"},
        Refusal{{url + "/[1-100]", "-:", "-g", url}, "more than 100 transfers", "several lines"},
        Refusal{{url + "/{a"}, "a brace that nothing closes", "%7B"}));

INSTANTIATE_TEST_SUITE_P(
    Configs, CurlRefusals,
    testing::Values(
        Refusal{{"-K", "itself"}, "more than 16 config files", "names itself"},
        Refusal{{"-K", "open", url}, "line 1 of open begins a quoted value", "close"},
        Refusal{{"-K", "blank", url}, "line 1 of blank goes on behind a blank", "double quotes"},
        Refusal{{"-K", "extra", url}, "in extra, silent has a value", "one option a line"},
        Refusal{{"-K", "unknown", url}, "in unknown: curl has no option --no-such-thing", "help"},
        Refusal{{"-K", "zero", url}, "zero holds a zero byte", "text file"},
        Refusal{{"-K", "retries", url}, once, "leave --retry out"}));

class CurlInspectionRefusals : public testing::TestWithParam<Refusal> {};

TEST_P(CurlInspectionRefusals, SaysWhyToo) {
  expect_refused(GetParam(), CurlPurpose::inspection);
}

INSTANTIATE_TEST_SUITE_P(
    Unreadable, CurlInspectionRefusals,
    testing::Values(
        Refusal{{"--request-target", "/x", url}, "another target", "into the URL"},
        Refusal{{"--variable", "a=b", url}, "nobody else knows", "write the values out"},
        Refusal{{"-H", "Host: a", url}, "the signature covers the host", "into the URL"},
        Refusal{{"-H", "Authorization: a", "-H", "authorization: b", url},
                "two header fields",
                "leave one"}));

TEST(CurlRefusals, MissingFilesAreTheFilesOwnError) {
  test::NamedFiles files;
  for (const Arguments& line :
       {Arguments{"-d", "@gone", url}, Arguments{"-K", "gone", url}, Arguments{"-H", "@gone", url},
        Arguments{"--url-query", "@gone", url}}) {
    const auto command = read_curl_arguments(line, files);
    ASSERT_FALSE(command);
    EXPECT_EQ(command.error().message, "no such file: gone");
  }
}

TEST(CurlRefusals, TooMuchOnStandardInputIsForAFile) {
  test::NamedFiles files({{"-", std::string(200'000, 'a')}});
  const auto command = read_curl_arguments(Arguments{"-d", "@-", url}, files);
  ASSERT_FALSE(command);
  EXPECT_EQ(command.error().message,
            "standard input holds 200000 bytes, more than an argument takes");
  EXPECT_EQ(command.error().hint, "put it into a file on disk");
}

TEST(CurlRefusals, SwitchedOffIsNotRefused) {
  test::NamedFiles files;
  EXPECT_TRUE(read_curl_arguments(
      Arguments{"--no-insecure", "--no-digest", "--no-location", "--no-parallel", url}, files));
}

}  // namespace
}  // namespace applink::calls

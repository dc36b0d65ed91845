// Url: every byte kept, every part found, every refusal in words.
#include "applink/http/url.h"

#include <gmock/gmock.h>

namespace applink::http {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

Url url(std::string_view text) {
  auto parsed = Url::parse(text);
  EXPECT_TRUE(parsed.has_value()) << text << ": " << parsed.error().message;
  return std::move(parsed).value();
}

Error refused_url(std::string_view text) {
  const auto parsed = Url::parse(text);
  EXPECT_FALSE(parsed.has_value()) << text;
  if (parsed) return {};
  EXPECT_EQ(parsed.error().code, ErrorCode::usage);
  EXPECT_THAT(parsed.error().hint, Not(IsEmpty()));
  return parsed.error();
}

TEST(Url, IsTakenApart) {
  const auto u = url("https://jira.example.com:8443/jira/rest/api/2/search?jql=a%20b&x=#top");
  EXPECT_EQ(u.scheme(), "https");
  EXPECT_EQ(u.host(), "jira.example.com");
  EXPECT_EQ(u.explicit_port(), 8443);
  EXPECT_EQ(u.port(), 8443);
  EXPECT_EQ(u.path(), "/jira/rest/api/2/search");
  EXPECT_EQ(u.query(), "jql=a%20b&x=");
  EXPECT_EQ(u.fragment(), "top");
  EXPECT_FALSE(u.is_loopback());
}

TEST(Url, KeepsEveryByte) {
  for (const std::string_view text :
       {"HTTPS://Jira.Example.COM:443/a/../b/./c//d;m=1/%7e%2F%2f?%3a=+&&=&#?/", "http://h",
        "http://h?", "http://h/?", "http://h#", "http://h/a?b#c?d", "http://a_b-c.d./",
        "http://[2001:DB8::1]:80/", "http://h/:@!$&'()*+,;=-._~"}) {
    EXPECT_EQ(url(text).text(), text);
  }
}

TEST(Url, SchemeIsLowerCaseAndHostAsWritten) {
  const auto u = url("HTTPS://Jira.Example.COM/");
  EXPECT_EQ(u.scheme(), "https");
  EXPECT_EQ(u.host(), "Jira.Example.COM");
  EXPECT_EQ(u.text(), "HTTPS://Jira.Example.COM/");
}

TEST(Url, PortIsTheSchemesOwnUnlessWritten) {
  EXPECT_EQ(url("http://h").port(), 80);
  EXPECT_EQ(url("https://h").port(), 443);
  EXPECT_EQ(url("https://h").explicit_port(), std::nullopt);
  EXPECT_EQ(url("https://h:443").explicit_port(), 443);
  EXPECT_EQ(url("http://h:65535/").port(), 65535);
}

TEST(Url, EmptyAndAbsentPartsDiffer) {
  EXPECT_EQ(url("http://h").path(), "");
  EXPECT_EQ(url("http://h/").path(), "/");
  EXPECT_EQ(url("http://h").query(), std::nullopt);
  EXPECT_EQ(url("http://h?").query(), "");
  EXPECT_EQ(url("http://h?").path(), "");
  EXPECT_EQ(url("http://h/").fragment(), std::nullopt);
  EXPECT_EQ(url("http://h/#").fragment(), "");
  EXPECT_EQ(url("http://h/#a?b").query(), std::nullopt);
  EXPECT_EQ(url("http://h/#a?b").fragment(), "a?b");
}

TEST(Url, OutlivesACopyAndAMove) {
  auto original = url("http://h/p?q");
  const auto copy = original;  // NOLINT(performance-unnecessary-copy-initialization)
  const auto moved = std::move(original);
  EXPECT_EQ(copy.path(), "/p");
  EXPECT_EQ(moved.query(), "q");
  EXPECT_EQ(copy, moved);
}

TEST(Url, LoopbackIsANumberOrLocalhost) {
  for (const auto* text : {"http://127.0.0.1/", "http://127.255.3.4:80", "http://localhost:8080/",
                           "http://LocalHost", "http://[::1]/", "https://[0:0:0:0:0:0:0:1]:1"}) {
    EXPECT_TRUE(url(text).is_loopback()) << text;
  }
  for (const auto* text :
       {"http://128.0.0.1/", "http://127.0.0.1.example.com/", "http://localhost.example.com/",
        "http://localhost./", "http://[::2]/", "http://[::ffff:127.0.0.1]/", "http://0.0.0.0/",
        "http://127-0-0-1.example/"}) {
    EXPECT_FALSE(url(text).is_loopback()) << text;
  }
}

TEST(Url, SameOriginLooksAtSchemeHostAndPort) {
  const auto u = url("https://jira.example.com/jira");
  EXPECT_TRUE(u.same_origin(url("HTTPS://JIRA.example.com:443/other?x")));
  EXPECT_FALSE(u.same_origin(url("http://jira.example.com/jira")));
  EXPECT_FALSE(u.same_origin(url("https://jira.example.com:8443/jira")));
  EXPECT_FALSE(u.same_origin(url("https://jira.example.org/jira")));
}

TEST(Url, RefusesAMissingOrForeignScheme) {
  for (const auto* text : {"", "jira.example.com", "localhost:8080/a", "/rest/api?u=https://h/",
                           "//h/p", "https:/h", "?https://h"}) {
    EXPECT_EQ(refused_url(text).message, "the URL has no scheme") << text;
  }
  EXPECT_EQ(refused_url("ftp://h/").message, "the URL's scheme is \"ftp\", not https or http");
  EXPECT_EQ(refused_url("x\x1b://h/").message, "the URL's scheme is \"x\\x1b\", not https or http");
  EXPECT_EQ(refused_url("://h").message, "the URL's scheme is \"\", not https or http");
}

TEST(Url, RefusesUserInformationWithoutRepeatingIt) {
  for (const auto* text : {"https://alice:sesame@h/", "https://@h/", "https://a@b@h/",
                           "https://jira.example.com@evil.example/"}) {
    const auto error = refused_url(text);
    EXPECT_EQ(error.message, "the URL holds a user name or a password");
    EXPECT_THAT(error.hint, Not(HasSubstr("sesame")));
  }
}

TEST(Url, RefusesAnEmptyOrIllFormedHost) {
  for (const auto* text : {"https://", "https:///path", "https://:80/", "https://?q"}) {
    EXPECT_EQ(refused_url(text).message, "the URL has no host") << text;
  }
  for (const auto* text : {"http://[", "http://[]", "http://[::1", "http://[::g]/", "http://[1.2]/",
                           "http://[fe80::1%25eth0]/", "http://[v1.a]/"}) {
    EXPECT_EQ(refused_url(text).message, "the URL's host is not an IPv6 address") << text;
  }
  for (const auto* text : {"http://.h/", "http://./", "http://a..b/"}) {
    EXPECT_EQ(refused_url(text).message, "the URL's host name has an empty label") << text;
  }
  for (const auto* text : {"http://a b/", "http://a%62c/", "http://j\xc3\xbcrg.example/",
                           "http://h\\p/", "http://a]b/", "http://\x01/", "http://a,b/"}) {
    EXPECT_THAT(refused_url(text).message, HasSubstr("no host name may contain")) << text;
  }
  EXPECT_THAT(refused_url(std::string_view("http://h\0.example/", 18)).message,
              HasSubstr("no host"));
  EXPECT_THAT(refused_url("http://j\xc3\xbcrg.example/").message, HasSubstr("\"\xc3\xbc\""));
}

TEST(Url, RefusesAnAddressThatProgramsReadDifferently) {
  for (const auto* text :
       {"http://127.1/", "http://2130706433/", "http://0x7f.0.0.1/", "http://0x7f000001/",
        "http://0177.0.0.1/", "http://256.0.0.1/", "http://1.2.3.4.5/", "http://127.0.0.1./",
        "http://a.1/", "http://127.0.0.0x1/"}) {
    EXPECT_THAT(refused_url(text).message, HasSubstr("not an IPv4 address")) << text;
  }
  EXPECT_EQ(url("http://1.2.3.4/").host(), "1.2.3.4");
  EXPECT_EQ(url("http://1.example/").host(), "1.example");
}

TEST(Url, RefusesABadPort) {
  for (const auto* text : {"http://h:/", "http://h:0/", "http://h:65536/", "http://h:080/",
                           "http://h:8a/", "http://h:-1/", "http://h:99999999999999999999/",
                           "http://h:80:80/", "http://[::1]x/", "http://[::1]80/"}) {
    EXPECT_EQ(refused_url(text).message, "the URL's port is not a number from 1 to 65535") << text;
  }
}

TEST(Url, RefusesCharactersOutsideTheStandardAndSaysHowToWriteThem) {
  const auto error = refused_url("https://h/a b");
  EXPECT_EQ(error.message, "the URL has \" \" at character 12, which no URL may contain");
  EXPECT_EQ(error.hint, "write it as %20");
  EXPECT_EQ(refused_url("https://h/[1]").hint, "write it as %5B");
  EXPECT_EQ(refused_url("https://h/?a={b}").hint, "write it as %7B");
  EXPECT_EQ(refused_url("https://h/?a=\xc3\xa9").hint, "write it as %C3%A9");
  EXPECT_EQ(refused_url("https://h/\xf0\x9f\x98\x80").hint, "write it as %F0%9F%98%80");
  EXPECT_EQ(refused_url("https://h/\xc3").hint, "write it as %C3");
  EXPECT_EQ(refused_url("https://h/#a#b").hint, "write it as %23");
  EXPECT_EQ(refused_url("https://h/\n").message,
            "the URL has \"\\n\" at character 11, which no URL may contain");
  EXPECT_EQ(refused_url(std::string_view("https://h/\0", 11)).hint, "write it as %00");
}

TEST(Url, RefusesAStrayPercentSign) {
  for (const auto* text :
       {"http://h/%", "http://h/%4", "http://h/%zz", "http://h/?a=100%", "http://h/%%41"}) {
    const auto error = refused_url(text);
    EXPECT_THAT(error.message, HasSubstr("begins no escape")) << text;
    EXPECT_EQ(error.hint, "write a percent sign as %25");
  }
}

// RFC 3986 section 1.1.2, those of its examples that are http.
TEST(Url, ReadsTheStandardsExamples) {
  EXPECT_EQ(url("http://www.ietf.org/rfc/rfc2396.txt").path(), "/rfc/rfc2396.txt");
  EXPECT_THAT(refused_url("ldap://[2001:db8::7]/c=GB?objectClass?one").message, HasSubstr("ldap"));
  EXPECT_EQ(refused_url("mailto:John.Doe@example.com").message, "the URL has no scheme");
}

}  // namespace
}  // namespace applink::http

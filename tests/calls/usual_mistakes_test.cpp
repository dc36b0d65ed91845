#include "applink/calls/usual_mistakes.h"

#include <gmock/gmock.h>

#include "applink/base/encoding.h"
#include "applink/base/text.h"
#include "applink/crypto/digest.h"
#include "applink/oauth1/percent_encoding.h"
#include "applink/oauth1/signature_base_string.h"
#include "calls/judge_fixture.h"

namespace applink::calls {
namespace {

using oauth1::FormBodyRule;
using oauth1::SignatureMethod;
using testing::ElementsAre;
using testing::HasSubstr;
using Signature = Judgement::Signature;

TEST_F(JudgeTest, NamesAMistakeWithTheUrl) {
  expect_mistake(wrong(myself(), replacing("https", "http")), {"scheme"},
                 "the signature is right for http://jira.example.com/jira/rest/api/2/myself: the "
                 "client signed the URL without TLS");
  expect_mistake(wrong(myself(), replacing("example.com", "example.com%3A443")), {"port"},
                 "the signature is right for https://jira.example.com:443/jira/rest/api/2/myself: "
                 "the client named the default port");
  expect_mistake(wrong(myself(), replacing("com%2Fjira", "com")), {"context path"},
                 "the signature is right for https://jira.example.com/rest/api/2/myself: the "
                 "client left out the context path /jira");
  const auto other_port = test::request("GET", "https://JIRA.example.com:8443/x");
  expect_mistake(wrong(other_port, replacing("%3A8443", "")), {"port"},
                 "the signature is right for https://jira.example.com/x: the client left out the "
                 "port 8443");
  expect_mistake(wrong(other_port, replacing("jira.example", "JIRA.example")), {"host"},
                 "the signature is right for https://JIRA.example.com:8443/x: the client did not "
                 "put the host into lower case");
  expect_mistake(wrong(other_port, replacing("%2Fx&", "%2Fx%2F&")), {"path"},
                 "the signature is right for https://jira.example.com:8443/x/: the client signed a "
                 "slash at the end of the path that was not sent");
  options.base_url = test::url("https://www.example.com/wiki/");
  expect_mistake(wrong(other_port, replacing("%2Fx", "%2Fwiki%2Fx")), {"context path"},
                 "the signature is right for https://jira.example.com:8443/wiki/x: the client "
                 "signed a context path /wiki that was not sent");
  expect_mistake(wrong(other_port, replacing("jira.", "www.")), {"host"},
                 "the signature is right for https://www.example.com:8443/x: the client signed the "
                 "host of the base URL");
}

TEST_F(JudgeTest, NamesAMistakeWithThePathOfTheUrl) {
  const auto escaped = test::request("GET", "https://h/a%20b//C/");
  const auto expect = [&](const char* part, const char* by, std::string_view deed) {
    const auto judgement = judged(wrong(escaped, replacing(part, by)));
    ASSERT_TRUE(judgement.mistake) << deed;
    EXPECT_THAT(judgement.mistake->names, ElementsAre("path"));
    EXPECT_THAT(judgement.mistake->words, HasSubstr(deed));
  };
  expect("a%2520b", "a%20b", "signed the path decoded");
  expect("a%2520b", "a%252520b", "encoded the path once more");
  expect("%2F%2FC", "%2FC", "signed // in the path as /");
  expect("C%2F&", "c%2F&", "put the path into lower case");
  expect("C%2F&", "C&", "left out the slash at the end of the path");
}

TEST_F(JudgeTest, NamesAMistakeWithTheQuery) {
  expect_mistake(wrong(myself(), replacing("a%3Db%2520c%26d%3D%252F~%2521%26", "")),
                 {"query left out"},
                 "the signature is right for the request without its query: the client did not "
                 "sign the query");
  const auto plus = test::request("GET", "https://h/x?q=a+b&r=%2F");
  expect_mistake(wrong(plus, replacing("a%2520b", "a%252Bb")), {"plus"},
                 "the signature is right, but the client took + for itself and not for a space in "
                 "the query");
  const auto encoded = test::request("GET", "https://h/x?q=%2F");
  expect_mistake(wrong(encoded, replacing("%252F", "%25252F")), {"encoded again"},
                 "the signature is right, but the client encoded once more what was encoded in the "
                 "query");
  expect_mistake(wrong(encoded, replacing("%2Fx", "%2Fx%3Fq%3D%252F")), {"query in the URL"},
                 "the signature is right for https://h/x?…: the client left the query in the "
                 "URL, beside its parameters");
}

TEST_F(JudgeTest, NamesAMistakeWithTheFormInTheBody) {
  const auto put = test::form_request("PUT", "https://h/x", "a=b&c=d+e");
  expect_mistake(wrong(put, replacing("a%3Db%26c%3Dd%2520e%26", "")), {"form body"},
                 "the signature is right for the request without its body: the client did not sign "
                 "the form in the body");
  options.form_body = FormBodyRule::post_only;
  expect_mistake(right(put), {"form body"},
                 "the signature is right for the request with its body as a form: the client "
                 "signed the form in the body, which Atlassian's products read of a POST alone");
  auto unnamed = test::request("POST", "https://h/x");
  unnamed.body = "a=b";
  expect_mistake(wrong(unnamed, replacing("x&", "x&a%3Db%26")), {"form body"},
                 "the signature is right for the request with its body as a form: the client "
                 "signed the body as a form, which its Content-Type does not say that it is");
}

/// A mistake that shows in the base string alone.
struct InTheBaseString {
  const char* part;
  const char* by;
  const char* name;
  const char* deed;
};

TEST_F(JudgeTest, NamesAMistakeWithTheParameters) {
  const auto request = test::request("GET", "https://h/x?a=b%20c&f=~%2F!*&f=1&g=&user=alice&f=0");
  for (const auto& [part, by, name, deed] : {
           InTheBaseString{"g%3D%26", "", "parameter left out", "did not sign the parameter g"},
           {"%26oauth_token%3DT", "", "parameter left out",
            "did not sign the parameter oauth_token"},
           {"user%3Dalice", "realm%3DJira%26user%3Dalice", "realm", "signed the realm too"},
           {"oauth_consumer",
            "oauth_body_hash%3D2jmj7l5rSw0yVb%252FvlWAYkK%252FYBwk%253D%26"
            "oauth_consumer",
            "body hash", "signed oauth_body_hash, and did not send it"},
           {"oauth_consumer", "oauth_callback%3Doob%26oauth_consumer", "parameter not sent",
            "signed oauth_callback=oob, and did not send it"},
           {"f%3D1%26f%3D~%252F%2521%252A%26", "", "repeats left out",
            "signed the last one alone of parameters with one name"},
           {"b%2520c", "b%2Bc", "encoding", "wrote a space as + in the base string"},
           {"~%252F%2521%252A", "~%252F!*", "encoding",
            "left !*'() unencoded, as JavaScript's encodeURIComponent does"},
           {"f%3D0%26f%3D1%26f%3D~%252F%2521%252A", "f%3D%257E%252F%2521%252A%26f%3D0%26f%3D1",
            "encoding", "encoded ~, which stays as it is"},
           {"f%3D0%26f%3D1%26f%3D~%252F%2521%252A", "f%3D~%252F%2521%252A%26f%3D1%26f%3D0", "order",
            "sorted parameters of one name not by their values"},
           {"GET", "POST", "method", "signed the method POST"},
       }) {
    const auto judgement = judged(wrong(request, replacing(part, by)));
    ASSERT_TRUE(judgement.mistake) << deed << "\n" << judgement.base_string;
    EXPECT_THAT(judgement.mistake->names, ElementsAre(name));
    EXPECT_THAT(judgement.mistake->words, HasSubstr(deed));
  }
}

TEST_F(JudgeTest, NamesAMistakeWithTheWholeBaseString) {
  const auto request = test::request("GET", "https://h/x?a=%2F");
  const auto expect = [&](const AlteringSigner::Alter& alter, const char* name, const char* deed) {
    const auto judgement = judged(wrong(request, alter));
    ASSERT_TRUE(judgement.mistake) << deed;
    EXPECT_THAT(judgement.mistake->names, ElementsAre(name));
    EXPECT_THAT(judgement.mistake->words, HasSubstr(deed));
  };
  expect([](std::string_view text) { return std::string(text) + "\n"; }, "line end",
         "signed a line end behind the base string, as echo prints one");
  expect([](std::string_view text) { return crypto::digest(crypto::Digest::sha1, text); },
         "hashed twice", "hashed the base string twice");
  expect(
      [](std::string_view text) { return hex_encode(crypto::digest(crypto::Digest::sha1, text)); },
      "hashed twice", "the first hash in hexadecimal");
  expect(
      [](std::string_view text) {
        std::string lower(text);
        for (std::size_t at = lower.find('%'); at != std::string::npos;
             at = lower.find('%', at + 1)) {
          lower.replace(at, 3, to_lower_ascii(lower.substr(at, 3)));
        }
        const auto escape = lower.find("%252F");  // the inner one too
        return lower.replace(escape, 5, "%252f");
      },
      "encoding", "wrote escapes in lower case");
  expect(
      [](std::string_view text) {
        const auto second = text.find('&', 4);
        return std::string(text.substr(0, second + 1)) +
               oauth1::percent_decode(text.substr(second + 1)).value();
      },
      "joined raw", "did not encode the joined parameters as a whole");
}

TEST_F(JudgeTest, NamesAMistakeWithTheSignature) {
  const auto expect = [&](const AlteringSigner::Alter& after, const char* name, const char* deed) {
    const auto judgement = judged(wrong(myself(), same, after));
    ASSERT_TRUE(judgement.mistake) << deed << ": " << judgement.diagnosis;
    EXPECT_EQ(judgement.signature, Signature::wrong);
    EXPECT_THAT(judgement.mistake->names, ElementsAre(name));
    EXPECT_THAT(judgement.mistake->words,
                HasSubstr(std::string("the signature is right, but the client ") + deed));
  };
  const auto decoded = [](std::string_view value) { return base64_decode(value).value(); };
  expect([](std::string_view value) { return oauth1::percent_encode(value); }, "signature encoding",
         "percent-encoded the signature twice");
  expect([](std::string_view value) { return std::string(value.substr(0, value.size() - 2)); },
         "signature encoding", "wrote the signature in base64url or without its padding");
  expect([&](std::string_view value) { return hex_encode(decoded(value)); }, "signature encoding",
         "wrote the signature in hexadecimal and not in base64");
  expect([](std::string_view value) { return base64_encode(value); }, "signature encoding",
         "wrote the signature in base64 twice");
  expect(
      [&](std::string_view value) {
        const auto bytes = decoded(value);
        return base64_encode(std::string(bytes.rbegin(), bytes.rend()));
      },
      "signature encoding", "wrote the bytes of the signature backwards");
  expect(
      [](std::string_view value) {
        std::string text(value);
        return text.insert(76, "\n");
      },
      "signature encoding", "broke the signature into lines");
  const oauth1::RsaSigner sha256(private_key, SignatureMethod::rsa_sha256);
  const oauth1::RsaSigner sha1(private_key, SignatureMethod::rsa_sha1);
  expect_mistake(
      wrong(myself(), same,
            [&](std::string_view) {
              return sha256
                  .sign(oauth1::base_string_of(right(myself()), FormBodyRule::every_method).value())
                  .value();
            }),
      {"hash"}, "the signature is right, but the client signed with SHA-256 and said RSA-SHA1");
}

TEST_F(JudgeTest, NamesTwoMistakesAtOnce) {
  const auto request = test::request("GET", "https://jira.example.com:8443/jira/x?a=%2F");
  expect_mistake(wrong(request,
                       [](std::string_view text) {
                         return replacing("%3A8443", "")(replacing("https", "http")(text));
                       }),
                 {"scheme", "port"},
                 "the signature is right for http://jira.example.com/jira/x: the client signed the "
                 "URL without TLS, and left out the port 8443");
}

TEST_F(JudgeTest, NamesAMistakeWithSecrets) {
  key = SharedSecrets{Secret("c&s"), Secret("t s")};
  const auto expect = [&](SignatureMethod method, std::string_view client, std::string_view token,
                          const char* name, const char* deed) {
    const Secret client_secret(client);
    const Secret token_secret(token);
    const auto judgement =
        judged(signed_by(oauth1::HmacSigner(method, client_secret, token_secret), myself()));
    if (*name == '\0') {
      EXPECT_EQ(judgement.signature, Signature::right);
      return;
    }
    ASSERT_TRUE(judgement.mistake) << deed;
    EXPECT_THAT(judgement.mistake->names, ElementsAre(name));
    EXPECT_EQ(judgement.mistake->words,
              std::string("the signature is right, but the client ") + deed);
    EXPECT_THAT(judgement.mistake->words, testing::Not(HasSubstr("c&s")));
  };
  for (const auto method :
       {SignatureMethod::hmac_sha1, SignatureMethod::hmac_sha256, SignatureMethod::hmac_sha512}) {
    expect(method, "c&s", "t s", "", "");
    expect(method, "c&s", "", "secrets", "left out the token secret");
    expect(method, "", "t s", "secrets", "left out the consumer secret");
    expect(method, "t s", "c&s", "secrets", "swapped the two secrets");
    expect(method, "c&s", "t s\n", "secrets", "took a line end for a part of the token secret");
  }
  const Secret client("c&s");
  const Secret token("t s");
  const Judgement other =
      judged(signed_by(oauth1::HmacSigner(SignatureMethod::hmac_sha1, token, token), myself()));
  EXPECT_EQ(other.mistake, std::nullopt);
  EXPECT_THAT(other.diagnosis, HasSubstr("HMAC does not tell which"));
  const auto plain = judged(signed_by(oauth1::PlaintextSigner(client, Secret()), myself()));
  ASSERT_TRUE(plain.mistake);
  EXPECT_THAT(plain.mistake->names, ElementsAre("secrets"));
  EXPECT_TRUE(judged(signed_by(oauth1::PlaintextSigner(client, token), myself())).valid());
}

// Whatever the table has for a request with everything in it is found again, and none of it says
// that the request was right.
TEST_F(JudgeTest, FindsEveryMistakeOfTheTable) {
  auto request = test::form_request(
      "POST", "https://JIRA.example.com:8443/jira//A%20b?a=b+c&d=%2F~!&d=1&e=", "f=g+h%2F&a=0");
  const http::Request sent = right(request);
  const auto text = signed_text_of(sent, FormBodyRule::every_method).value();
  const oauth1::RsaSigner signer(private_key, SignatureMethod::rsa_sha1);
  const MistakeClues clues{sent, "Jira", std::nullopt, crypto::Digest::sha1};
  for (const UsualMistake& mistake : usual_mistakes()) {
    const auto made = mistake.made(text, clues);
    EXPECT_FALSE(made.empty()) << mistake.name;
    for (const Mistaken& mistaken : made) {
      EXPECT_FALSE(mistaken.deed.empty()) << mistake.name;
      const std::string wrong_text = text_of(mistaken.text);
      if (wrong_text == text_of(text)) continue;
      const auto judgement =
          judged(wrong(request, [&](std::string_view) { return same(wrong_text); }));
      ASSERT_TRUE(judgement.mistake) << mistake.name << ": " << mistaken.deed;
      EXPECT_EQ(judgement.mistake->names.size(), 1U) << judgement.mistake->words;
    }
  }
}

TEST_F(JudgeTest, TriesNoMistakeWithALongText) {
  const auto long_form = [](std::size_t size) {
    return test::form_request("POST", "https://h/", "a=" + std::string(size, 'x'));
  };
  const auto without_tls = replacing("https", "http");
  EXPECT_TRUE(judged(wrong(long_form(1000000), without_tls)).mistake);
  EXPECT_FALSE(judged(wrong(long_form(1100000), without_tls)).mistake);
  EXPECT_TRUE(judged(right(long_form(1100000))).valid());
}

}  // namespace
}  // namespace applink::calls

#include "applink/calls/verify_captured.h"

#include <functional>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "applink/base/encoding.h"
#include "applink/base/text.h"
#include "applink/calls/captured_message.h"
#include "applink/crypto/digest.h"
#include "applink/oauth1/percent_encoding.h"
#include "applink/oauth1/placement.h"
#include "applink/oauth1/sign.h"
#include "applink/oauth1/signature_base_string.h"
#include "oauth1/requests.h"

namespace applink::calls {
namespace {

using oauth1::FormBodyRule;
using oauth1::SignatureMethod;
using testing::Contains;
using testing::ElementsAre;
using testing::Field;
using testing::HasSubstr;
using testing::IsEmpty;
using Signature = Judgement::Signature;

const Timestamp now{std::chrono::seconds(1196666512)};

/// Signs the text that it is given by `alter`, whatever it was asked to sign.
class AlteringSigner final : public oauth1::Signer {
 public:
  using Alter = std::function<std::string(std::string_view)>;
  AlteringSigner(const oauth1::Signer& signer, Alter before, Alter after)
      : signer_(signer), before_(std::move(before)), after_(std::move(after)) {}
  [[nodiscard]] SignatureMethod method() const override { return signer_.method(); }
  [[nodiscard]] Result<std::string> sign(std::string_view text) const override {
    return after_(signer_.sign(before_(text)).value());
  }

 private:
  const oauth1::Signer& signer_;
  Alter before_;
  Alter after_;
};

std::string same(std::string_view text) {
  return std::string(text);
}

AlteringSigner::Alter replacing(std::string part, std::string by) {
  return [part = std::move(part), by = std::move(by)](std::string_view text) {
    std::string changed(text);
    const auto at = changed.find(part);
    EXPECT_NE(at, std::string::npos) << part << " is not in " << text;
    if (at != std::string::npos) changed.replace(at, part.size(), by);
    return changed;
  };
}

struct JudgeTest : testing::Test {
  crypto::RsaPrivateKey private_key = test::key_file("pkcs8.pem");
  ClientKey key = private_key.public_key();
  JudgeOptions options{.now = now};

  [[nodiscard]] static oauth1::ProtocolParameters usual() {
    return {.client_identifier = "hub", .token = "T", .nonce = "n1", .timestamp = now};
  }

  [[nodiscard]] http::Request signed_by(const oauth1::Signer& signer, const http::Request& request,
                                        FormBodyRule rule = FormBodyRule::every_method) const {
    const auto signature = sign(request, usual(), signer, rule);
    EXPECT_TRUE(signature) << signature.error().message;
    return placed(request, *signature, "Jira").value();
  }

  [[nodiscard]] http::Request right(const http::Request& request,
                                    FormBodyRule rule = FormBodyRule::every_method) const {
    return signed_by(oauth1::RsaSigner(private_key, SignatureMethod::rsa_sha1), request, rule);
  }

  /// Signed in a wrong way: another text, or the signature written otherwise.
  [[nodiscard]] http::Request wrong(const http::Request& request, AlteringSigner::Alter before,
                                    AlteringSigner::Alter after = same) const {
    const oauth1::RsaSigner signer(private_key, SignatureMethod::rsa_sha1);
    return signed_by(AlteringSigner(signer, std::move(before), std::move(after)), request);
  }

  [[nodiscard]] Judgement judged(const http::Request& request) const {
    return judge(request, key, options);
  }

  void expect_mistake(const http::Request& request, const std::vector<std::string>& names,
                      std::string_view words) const {
    const Judgement judgement = judged(request);
    EXPECT_EQ(judgement.signature, Signature::wrong);
    ASSERT_TRUE(judgement.mistake) << judgement.diagnosis << "\n" << judgement.base_string;
    EXPECT_EQ(judgement.mistake->names, names);
    EXPECT_EQ(judgement.mistake->words, words);
  }
};

const http::Request& myself() {
  static const auto request =
      test::request("GET", "https://jira.example.com/jira/rest/api/2/myself?a=b%20c&d=%2F~!");
  return request;
}

TEST_F(JudgeTest, FindsARightSignature) {
  const Judgement judgement = judged(right(myself()));
  EXPECT_TRUE(judgement.valid());
  EXPECT_EQ(judgement.signature, Signature::right);
  EXPECT_THAT(judgement.objections, IsEmpty());
  EXPECT_THAT(judgement.of_atlassian, IsEmpty());
  EXPECT_EQ(judgement.mistake, std::nullopt);
  EXPECT_EQ(judgement.diagnosis, "");
  EXPECT_EQ(oauth1::find(judgement.protocol_parameters, "oauth_consumer_key"), "hub");
  EXPECT_EQ(judgement.base_string,
            oauth1::base_string_of(right(myself()), FormBodyRule::every_method).value());
}

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
                 "the signature is right for https://h/x?q=%2F: the client left the query in the "
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

TEST_F(JudgeTest, TellsAnotherKeyFromAnotherText) {
  const auto other = test::key_file("rsa1024.pem");
  const Judgement of_other =
      judged(signed_by(oauth1::RsaSigner(other, SignatureMethod::rsa_sha1), myself()));
  EXPECT_EQ(of_other.signature, Signature::wrong);
  EXPECT_EQ(of_other.mistake, std::nullopt);
  EXPECT_THAT(of_other.diagnosis, HasSubstr("has 128 bytes, and those of this key have 256"));

  const Judgement of_other_text =
      judged(wrong(myself(), [](std::string_view) { return "something else"; }));
  EXPECT_EQ(of_other_text.mistake, std::nullopt);
  EXPECT_THAT(of_other_text.diagnosis, HasSubstr("this key made the signature, over another text"));

  const Judgement damaged = judged(wrong(myself(), same, [](std::string_view value) {
    return (value.front() == 'A' ? 'B' : 'A') + std::string(value.substr(1));
  }));
  EXPECT_THAT(damaged.diagnosis, HasSubstr("another private key"));
  EXPECT_EQ(judged(wrong(myself(), same, [](std::string_view) { return "?"; })).diagnosis,
            "the signature is no base64");
}

TEST_F(JudgeTest, ReadsAHeaderThatIsNotByTheLetter) {
  auto request = right(myself());
  std::string header(request.headers.find("Authorization").value());
  const auto start = header.find("oauth_signature=\"") + 17;
  const auto end = header.find('"', start);
  const std::string raw = oauth1::percent_decode(header.substr(start, end - start)).value();
  header.replace(start, end - start, raw);
  request.headers.set("Authorization", header);
  const Judgement judgement = judged(request);
  EXPECT_FALSE(judgement.valid());
  EXPECT_EQ(judgement.signature, Signature::wrong);
  EXPECT_THAT(judgement.objections, Contains(Field(&Finding::name, "malformed request")));
  ASSERT_TRUE(judgement.mistake);
  EXPECT_THAT(judgement.mistake->names, ElementsAre("header"));
  EXPECT_THAT(judgement.mistake->words, HasSubstr("not percent-encoded, or not in quotes"));
}

TEST_F(JudgeTest, ListsWhatTheStandardObjectsTo) {
  const auto signed_as = [&](const std::function<void(oauth1::ProtocolParameters&)>& change) {
    auto parameters = usual();
    change(parameters);
    const oauth1::RsaSigner signer(private_key, SignatureMethod::rsa_sha1);
    return placed(myself(), *sign(myself(), parameters, signer, FormBodyRule::every_method), {})
        .value();
  };
  const Judgement old = judged(
      signed_as([](auto& parameters) { parameters.timestamp = now - std::chrono::hours(26); }));
  EXPECT_EQ(old.signature, Signature::right);
  EXPECT_FALSE(old.valid());
  ASSERT_EQ(old.objections.size(), 1U);
  EXPECT_EQ(old.objections.front().name, "stale timestamp");
  EXPECT_EQ(old.objections.front().words,
            "the timestamp 1196572912 is 26 hours old: servers take what is within 300 seconds");

  options.client_identifier = "other";
  const Judgement stranger = judged(right(myself()));
  EXPECT_EQ(stranger.signature, Signature::right) << "the key is the one that was given";
  EXPECT_THAT(stranger.objections, ElementsAre(Field(&Finding::name, "unknown client")));
}

TEST_F(JudgeTest, ChecksNoSignatureThatIsAmbiguousOrOfAnotherKind) {
  EXPECT_EQ(judged(myself()).signature, Signature::unchecked);
  EXPECT_THAT(judged(myself()).objections,
              Contains(Field(&Finding::words, "the parameter oauth_signature is missing")));

  auto twice = right(myself());
  twice.headers.add("Authorization", std::string(*twice.headers.find("Authorization")));
  EXPECT_EQ(judged(twice).signature, Signature::unchecked);
  EXPECT_THAT(judged(twice).objections, Contains(Field(&Finding::name, "repeated parameter")));

  const Secret client("cs");
  const Secret token("ts");
  const auto by_hmac =
      judged(signed_by(oauth1::HmacSigner(SignatureMethod::hmac_sha1, client, token), myself()));
  EXPECT_EQ(by_hmac.signature, Signature::unchecked);
  EXPECT_THAT(by_hmac.objections,
              ElementsAre(Field(&Finding::name, "unsupported signature method")));
  EXPECT_THAT(by_hmac.of_atlassian, ElementsAre(Field(&Finding::name, "signature method")));
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

TEST_F(JudgeTest, ChecksARawBaseString) {
  const std::string text = "GET&https%3A%2F%2Fh%2F&a%3Db";
  const std::string signature =
      oauth1::RsaSigner(private_key, SignatureMethod::rsa_sha1).sign(text).value();
  EXPECT_TRUE(judge_base_string(text, signature, SignatureMethod::rsa_sha1, key).valid());
  const auto with_line_end = judge_base_string(
      text, oauth1::RsaSigner(private_key, SignatureMethod::rsa_sha1).sign(text + "\n").value(),
      SignatureMethod::rsa_sha1, key);
  ASSERT_TRUE(with_line_end.mistake);
  EXPECT_EQ(with_line_end.mistake->words,
            "the signature is right, but the client signed a line end behind it, as echo prints "
            "one");
  EXPECT_THAT(judge_base_string("other", signature, SignatureMethod::rsa_sha1, key).diagnosis,
              HasSubstr("over another text"));
  EXPECT_EQ(judge_base_string(text, signature, SignatureMethod::hmac_sha1, key).signature,
            Signature::unchecked);
}

// The third request of RFC 5849 section 1.2, as it is printed there. The page does not say that it
// goes without TLS; only its signature does.
constexpr std::string_view photos = R"(
     GET /photos?file=vacation.jpg&size=original HTTP/1.1
     Host: photos.example.net
     Authorization: OAuth realm="Photos",
        oauth_consumer_key="dpf43f3p2l4k3l03",
        oauth_token="nnch734d00sl2jdk",
        oauth_signature_method="HMAC-SHA1",
        oauth_timestamp="137131202",
        oauth_nonce="chapoH",
        oauth_signature="MdpQcU8iPSUjWoN%2FUDMsK2sui9I%3D"
)";

TEST_F(JudgeTest, TakesTheExampleOfTheStandard) {
  key = SharedSecrets{Secret("kd94hf93k423kf44"), Secret("pfkkdhi9sl3r4s00")};
  options.now = Timestamp(std::chrono::seconds(137131202));
  const auto by_http = captured_message(photos, {"http", std::nullopt}).value();
  EXPECT_TRUE(judged(by_http.request).valid());
  expect_mistake(captured_message(photos, {"https", std::nullopt})->request, {"scheme"},
                 "the signature is right for http://photos.example.net/photos: the client signed "
                 "the URL without TLS");
  key = SharedSecrets{Secret("kd94hf93k423kf44"), Secret("other")};
  EXPECT_EQ(judged(by_http.request).mistake, std::nullopt);
}

// The RSA-SHA1 example of the OAuth wiki.
TEST_F(JudgeTest, TakesTheExampleOfTheWiki) {
  auto vectors = test::read_vectors("vectors/oauth_wiki_rsa_sha1.vec");
  key = test::private_key_of(vectors["private_key"]).public_key();
  auto request =
      test::request("GET", "http://photos.example.net/photos?file=vacaction.jpg&size=original");
  request.headers.add(
      "Authorization",
      "OAuth oauth_consumer_key=\"dpf43f3p2l4k3l03\", oauth_signature_method=\"RSA-SHA1\", "
      "oauth_timestamp=\"1196666512\", oauth_nonce=\"13917289812797014437\", "
      "oauth_version=\"1.0\", oauth_signature=\"" +
          oauth1::percent_encode(vectors["signature"]) + "\"");
  EXPECT_TRUE(judged(request).valid());
  EXPECT_EQ(judged(request).base_string, vectors["signature_base_string"]);
  EXPECT_THAT(judged(request).of_atlassian, ElementsAre(Field(&Finding::name, "token")));
}

}  // namespace
}  // namespace applink::calls

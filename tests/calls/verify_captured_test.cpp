#include "applink/calls/verify_captured.h"

#include <gmock/gmock.h>

#include "applink/calls/captured_message.h"
#include "applink/oauth1/percent_encoding.h"
#include "applink/oauth1/signature_base_string.h"
#include "calls/judge_fixture.h"

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

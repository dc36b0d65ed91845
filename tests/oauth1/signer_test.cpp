#include "applink/oauth1/signer.h"

#include <cstddef>
#include <cstdlib>
#include <memory>

#include <gtest/gtest.h>
#include <oauth.h>

#include "applink/base/encoding.h"
#include "oauth1/requests.h"

namespace applink::oauth1 {
namespace {

using OwnedText = std::unique_ptr<char, decltype(&std::free)>;

std::string text_of(const OwnedText& text) {
  return text ? text.get() : "liboauth gave nothing";
}

// A second implementation of RSA-SHA1, over NSS instead of OpenSSL. It reads PKCS#8 alone, and its
// first use must not be concurrent: no other test here uses it.
std::string signed_by_nss(const std::string& base_string, const std::string& pkcs8_pem) {
  return text_of(
      OwnedText(::oauth_sign_rsa_sha1(base_string.c_str(), pkcs8_pem.c_str()), &std::free));
}

crypto::RsaPrivateKey test_key() {
  return test::key_file("pkcs8.pem");
}

const std::string base_strings[] = {"GET&http%3A%2F%2Fh%2F&a%3Db", "x", std::string(10'000, 'y')};

TEST(RsaSigner, AgreesWithTheOauthWiki) {
  const auto wiki = test::read_vectors("vectors/oauth_wiki_rsa_sha1.vec");
  const auto key = test::private_key_of(wiki.at("private_key"));
  const auto public_key = key.public_key();
  const std::string& base_string = wiki.at("signature_base_string");
  EXPECT_EQ(RsaSigner(key, SignatureMethod::rsa_sha1).sign(base_string), wiki.at("signature"));
  EXPECT_TRUE(
      RsaVerifier(public_key, SignatureMethod::rsa_sha1).verify(base_string, wiki.at("signature")));
}

TEST(RsaSigner, AgreesWithLiboauthOverNss) {
  const std::string pem = test::read_tests_file("data/keys/pkcs8.pem");
  const auto key = test::private_key_of(pem);
  for (const std::string& base_string : base_strings) {
    EXPECT_EQ(RsaSigner(key, SignatureMethod::rsa_sha1).sign(base_string),
              signed_by_nss(base_string, pem));
  }
}

TEST(RsaSigner, AgreesWithTheOpensslCommandInAllItsMethods) {
  const auto openssl = test::read_vectors("vectors/openssl_rsa_signatures.vec");
  const auto key = test_key();
  const auto public_key = key.public_key();
  const std::pair<SignatureMethod, std::string_view> rows[] = {
      {SignatureMethod::rsa_sha1, "sha1"},
      {SignatureMethod::rsa_sha256, "sha256"},
      {SignatureMethod::rsa_sha512, "sha512"}};
  for (const auto& row : rows) {
    const std::string& expected = openssl.at(std::string(row.second));
    EXPECT_EQ(RsaSigner(key, row.first).sign(openssl.at("message")), expected) << row.second;
    for (const auto& other : rows) {
      EXPECT_EQ(RsaVerifier(public_key, other.first).verify(openssl.at("message"), expected),
                other.first == row.first)
          << row.second << " as " << other.second;
    }
  }
}

TEST(RsaVerifier, RefusesEveryOtherSignature) {
  const auto key = test_key();
  const auto public_key = key.public_key();
  const RsaVerifier verifier(public_key, SignatureMethod::rsa_sha1);
  const std::string good = RsaSigner(key, SignatureMethod::rsa_sha1).sign("base string").value();
  EXPECT_TRUE(verifier.verify("base string", good));
  EXPECT_FALSE(verifier.verify("base strin", good));
  EXPECT_FALSE(verifier.verify("", good));
  std::string changed = good;
  changed[10] = changed[10] == 'A' ? 'B' : 'A';
  for (const std::string& bad :
       {std::string(), std::string("=="), std::string("not base64!"), good + "\n", " " + good,
        good.substr(4), good + good, changed, std::string("(null)")}) {
    EXPECT_FALSE(verifier.verify("base string", bad)) << bad;
  }
}

TEST(RsaVerifier, RefusesTheSignatureOfAnotherKey) {
  const auto other = test::key_file("rsa1024.pem");
  const auto public_key = test_key().public_key();
  const std::string signature = RsaSigner(other, SignatureMethod::rsa_sha256).sign("b").value();
  EXPECT_FALSE(RsaVerifier(public_key, SignatureMethod::rsa_sha256).verify("b", signature));
}

// Hostile secrets: every byte that must be encoded, and the two that separate.
const std::pair<std::string, std::string> secret_pairs[] = {
    {"cs", "ts"},
    {"", ""},
    {"only", ""},
    {"", "only"},
    {"a&b", "c%d"},
    {"erks823*43=asd&123ls%23", "dis9$#$Js009%=="},
    {"\xC3\xA4\xF0\x9F\x98\x80 ~-._", "\x01\x7F+/?"}};

//= rfc5849#3.4.2
//# An "&" character (ASCII code 38), which MUST be included even when either secret is empty.
TEST(HmacSigner, AgreesWithLiboauth) {
  for (const auto& secrets : secret_pairs) {
    const OwnedText key(::oauth_catenc(2, secrets.first.c_str(), secrets.second.c_str()),
                        &std::free);
    const HmacSigner signer(SignatureMethod::hmac_sha1, Secret(secrets.first),
                            Secret(secrets.second));
    for (const std::string& base_string : base_strings) {
      const OwnedText expected(::oauth_sign_hmac_sha1(base_string.c_str(), key.get()), &std::free);
      EXPECT_EQ(signer.sign(base_string), text_of(expected)) << key.get();
    }
  }
}

//= rfc5849#3.4.4
//# An "&" character (ASCII code 38), which MUST be included even when either secret is empty.
TEST(PlaintextSigner, SendsTheEncodedSecrets) {
  EXPECT_EQ(PlaintextSigner(Secret("a&b c"), Secret("\xC3\xA4%")).sign("anything"),
            "a%26b%20c&%C3%A4%25");
  EXPECT_EQ(PlaintextSigner(Secret(), Secret()).sign(""), "&");
  EXPECT_EQ(PlaintextSigner(Secret("x"), Secret()).sign(""), "x&");
  EXPECT_EQ(PlaintextSigner(Secret(), Secret("y")).sign(""), "&y");
}

TEST(PlaintextSigner, AgreesWithLiboauth) {
  for (const auto& secrets : secret_pairs) {
    const OwnedText key(::oauth_catenc(2, secrets.first.c_str(), secrets.second.c_str()),
                        &std::free);
    EXPECT_EQ(PlaintextSigner(Secret(secrets.first), Secret(secrets.second)).sign("base"),
              text_of(key));
  }
}

constexpr SignatureMethod hmac_methods[] = {
    SignatureMethod::hmac_sha1, SignatureMethod::hmac_sha256, SignatureMethod::hmac_sha512};

TEST(HmacVerifier, AcceptsTheSignatureOfItsOwnMethodAndSecretsAlone) {
  for (const SignatureMethod method : hmac_methods) {
    const std::string good = HmacSigner(method, Secret("cs"), Secret("ts")).sign("base").value();
    const HmacVerifier verifier(method, Secret("cs"), Secret("ts"));
    EXPECT_TRUE(verifier.verify("base", good));
    EXPECT_FALSE(verifier.verify("bas", good));
    EXPECT_FALSE(HmacVerifier(method, Secret("cx"), Secret("ts")).verify("base", good));
    EXPECT_FALSE(HmacVerifier(method, Secret("cs"), Secret("tx")).verify("base", good));
    EXPECT_FALSE(HmacVerifier(method, Secret("cs"), Secret()).verify("base", good));
    std::string changed = good;
    changed[3] = changed[3] == 'A' ? 'B' : 'A';
    for (const std::string& bad : {std::string(), std::string("cs&ts"), good + "=", good + "\n",
                                   good.substr(0, good.size() - 1), changed}) {
      EXPECT_FALSE(verifier.verify("base", bad)) << bad;
    }
    for (const SignatureMethod other : hmac_methods) {
      EXPECT_EQ(HmacVerifier(other, Secret("cs"), Secret("ts")).verify("base", good),
                other == method);
    }
  }
}

TEST(PlaintextVerifier, AcceptsTheSecretsAlone) {
  const PlaintextVerifier verifier(Secret("c&s"), Secret("ts"));
  EXPECT_TRUE(verifier.verify("anything", "c%26s&ts"));
  for (const std::string_view bad :
       {"", "&", "c&s&ts", "c%26s", "c%26s&", "c%26s&tS", "c%26s&ts ", "c%26s%26ts"}) {
    EXPECT_FALSE(verifier.verify("anything", bad)) << bad;
  }
}

TEST(Signers, SayTheirMethod) {
  const auto key = test_key();
  const auto public_key = key.public_key();
  for (const SignatureMethod method : signature_methods) {
    if (is_rsa(method)) {
      EXPECT_EQ(RsaSigner(key, method).method(), method);
      EXPECT_EQ(RsaVerifier(public_key, method).method(), method);
    } else if (method != SignatureMethod::plaintext) {
      EXPECT_EQ(HmacSigner(method, Secret(), Secret()).method(), method);
      EXPECT_EQ(HmacVerifier(method, Secret(), Secret()).method(), method);
    }
  }
  EXPECT_EQ(PlaintextSigner(Secret(), Secret()).method(), SignatureMethod::plaintext);
  EXPECT_EQ(PlaintextVerifier(Secret(), Secret()).method(), SignatureMethod::plaintext);
}

}  // namespace
}  // namespace applink::oauth1

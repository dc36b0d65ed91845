#include "applink/oauth1/signer.h"

#include <cstddef>
#include <cstdlib>
#include <memory>

#include <gtest/gtest.h>
#include <oauth.h>

#include "oauth1/requests.h"

namespace applink::oauth1 {
namespace {

// A second implementation of RSA-SHA1, over NSS instead of OpenSSL. It reads PKCS#8 alone, and its
// first use must not be concurrent: no other test here uses it.
std::string signed_by_nss(const std::string& base_string, const std::string& pkcs8_pem) {
  const std::unique_ptr<char, decltype(&std::free)> signature(
      ::oauth_sign_rsa_sha1(base_string.c_str(), pkcs8_pem.c_str()), &std::free);
  return signature ? signature.get() : "liboauth cannot read the key";
}

TEST(RsaSha1, AgreesWithTheOauthWiki) {
  const auto wiki = test::read_vectors("vectors/oauth_wiki_rsa_sha1.vec");
  const auto key = test::load_key(wiki.at("private_key"));
  EXPECT_EQ(RsaSha1Signer(key).sign(wiki.at("signature_base_string")), wiki.at("signature"));
  const auto public_key = key.public_key();
  EXPECT_TRUE(
      RsaSha1Verifier(public_key).verify(wiki.at("signature_base_string"), wiki.at("signature")));
}

TEST(RsaSha1, AgreesWithLiboauthOverNss) {
  const std::string pem = test::read_tests_file("data/keys/pkcs8.pem");
  const auto key = test::load_key(pem);
  for (const std::string& base_string :
       {std::string("GET&http%3A%2F%2Fh%2F&a%3Db"), std::string("x"), std::string(10'000, 'y')}) {
    EXPECT_EQ(RsaSha1Signer(key).sign(base_string), signed_by_nss(base_string, pem));
  }
}

TEST(RsaSha1, SaysItsName) {
  const auto key = test::load_key(test::read_tests_file("data/keys/pkcs8.pem"));
  const auto public_key = key.public_key();
  EXPECT_EQ(RsaSha1Signer(key).method(), "RSA-SHA1");
  EXPECT_EQ(RsaSha1Verifier(public_key).method(), "RSA-SHA1");
}

TEST(RsaSha1, RefusesEveryOtherSignature) {
  const auto key = test::load_key(test::read_tests_file("data/keys/pkcs8.pem"));
  const auto public_key = key.public_key();
  const RsaSha1Verifier verifier(public_key);
  const std::string good = RsaSha1Signer(key).sign("base string").value();
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

TEST(RsaSha1, RefusesTheSignatureOfAnotherKey) {
  const auto key = test::load_key(test::read_tests_file("data/keys/pkcs8.pem"));
  const auto other = test::load_key(test::read_tests_file("data/keys/rsa1024.pem"));
  const auto public_key = key.public_key();
  EXPECT_FALSE(RsaSha1Verifier(public_key).verify("b", RsaSha1Signer(other).sign("b").value()));
}

}  // namespace
}  // namespace applink::oauth1

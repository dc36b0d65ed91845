#include "applink/crypto/signature_content.h"

#include <gtest/gtest.h>

#include "applink/base/encoding.h"
#include "support/keys.h"

namespace applink::crypto {
namespace {

struct SignatureContentTest : testing::Test {
  RsaPrivateKey key = test::key_file("pkcs8.pem");
  RsaPublicKey public_key = key.public_key();
};

TEST_F(SignatureContentTest, IsTheHashThatWasSigned) {
  for (const auto& [kind, name] : {std::pair{Digest::sha1, "SHA-1"},
                                   {Digest::sha256, "SHA-256"},
                                   {Digest::sha512, "SHA-512"}}) {
    const auto content = signature_content(public_key, key.sign(kind, "text").value());
    ASSERT_TRUE(content) << name;
    EXPECT_EQ(content->digest, kind);
    EXPECT_EQ(content->algorithm, name);
    EXPECT_EQ(content->bytes, digest(kind, "text"));
  }
}

TEST_F(SignatureContentTest, IsNothingUnderAnotherKey) {
  const std::string signature = key.sign(Digest::sha1, "text").value();
  EXPECT_FALSE(signature_content(test::key_file("rsa3072.pem").public_key(), signature));
  EXPECT_FALSE(signature_content(public_key, ""));
  EXPECT_FALSE(signature_content(public_key, signature.substr(1)));
  EXPECT_FALSE(signature_content(public_key, std::string(256, '\0')));
}

// openssl 3.0.17: printf text | openssl dgst -md5 -sign tests/data/keys/pkcs8.pem | base64 -w0, and
// printf text | openssl pkeyutl -sign -inkey tests/data/keys/pkcs8.pem | base64 -w0, which marks
// nothing.
TEST_F(SignatureContentTest, NamesWhatNoMethodOfOAuthHas) {
  const auto md5 = signature_content(
      public_key,
      base64_decode(
          "DobtJzqsq253gMZLd9CXzbt+5HtrCN50xUMrh2JqK59kMIIfdIN174TQk/ZfXEtREkaGTcMPy3owD90OQJ+I"
          "A/hmczIOzdWk8Qf54u7s+QHLLRs/r0HsA2eC2hkUlRumQu37JPBAWAn9IaaVeEPo0+lp8Op+wOLlOqCosc0J"
          "J0n1J5H3XlD77mlsAJ2vO9EPsaxL5INYkUCEyMEH8GzMICFS0kBJYGgvAX52s/O6qOJOP8/F2LoKoxNOVPny"
          "fEcuwEnthOh5V5/9Bbd4zW3rgdKgoBN9dfM1fkKn1L6X7RjO1R39uVBoRqGAxcGiNj5rxAAdCthdqKQeuPsj"
          "J6TmJw==")
          .value());
  ASSERT_TRUE(md5);
  EXPECT_EQ(md5->digest, std::nullopt);
  EXPECT_EQ(md5->algorithm, "MD5");
  EXPECT_EQ(hex_encode(md5->bytes), "1cb251ec0d568de6a929b520c4aed8d1");
  const auto unmarked = signature_content(
      public_key,
      base64_decode(
          "JMJCxRa6dRU+M6rDE63KVfePAAq88t0pulqART1LHIPqkLzbsuDCALFV9v9ldlzYIufeTIQ6dC/4pk2uwqEb"
          "RMxxUvGsfSLlHLZjdmJ+Q3gd7+RwBl0eyxpR2+A8sPNbGPxRlHSBtVV16m+I2wbZdA2iOj5JawnPPxdKWI+F"
          "iofU1t2kdddNgDu2s4JRBra+Ds2EpboO8xuogKOfp97XsBx57yTvpeH8HWg3MdT2FH/5RrNtr9Bwjwv8NA/x"
          "UkwHHB1NQ93039RD6OxDeJxGuRBTZQPoURyZpyIlpks4COpNBYrvKl/SVG0EggzCjVLcXT03OabR2k51GFxj"
          "/jM/2w==")
          .value());
  ASSERT_TRUE(unmarked);
  EXPECT_EQ(unmarked->algorithm, "");
  EXPECT_EQ(unmarked->bytes, "text");
}

}  // namespace
}  // namespace applink::crypto

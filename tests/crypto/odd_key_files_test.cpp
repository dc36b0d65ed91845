// The files of tests/data/keys/odd/, as people really have them: each with its expected words.
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "applink/crypto/key_inspection.h"
#include "crypto/key_files.h"

namespace applink::crypto {
namespace {

using test::in_2026;
using test::key_bytes;
using test::test_public_key;
using ::testing::ElementsAreArray;
using ::testing::HasSubstr;

std::string odd(std::string_view name) {
  return key_bytes("odd/" + std::string(name));
}

AskPassphrase test_passphrase() {
  return []() -> Result<Secret> { return Secret("test"); };
}

KeyFileReport inspected(std::string_view name, const AskPassphrase& ask) {
  return inspect_key_file(odd(name), in_2026, ask);
}

struct Repaired {
  std::string name;
  std::string form;                  ///< as inspection names it
  std::vector<std::string> repairs;  ///< all of them
};

class OddPrivateKey : public ::testing::TestWithParam<Repaired> {};

TEST_P(OddPrivateKey, IsReadAndSaysWhatWasRepaired) {
  const auto file = read_private_key(Secret(odd(GetParam().name)), test_passphrase());
  ASSERT_TRUE(file) << file.error().message;
  EXPECT_TRUE(is_pair(file->key, test_public_key()));
  EXPECT_THAT(file->repairs, ElementsAreArray(GetParam().repairs));
  const auto report = inspected(GetParam().name, test_passphrase());
  EXPECT_EQ(report.kind, KeyFileKind::private_key);
  EXPECT_EQ(report.description, "an RSA private key of 2048 bits (" + GetParam().form + ")");
  EXPECT_THAT(report.repairs, ElementsAreArray(GetParam().repairs));
  EXPECT_FALSE(report.admin_form.takes);
  EXPECT_THAT(report.admin_form.why_not, HasSubstr("private key where a public one belongs"));
}

std::string name_of(std::string name) {
  for (char& letter : name) {
    if (letter == '.') letter = '_';
  }
  return name;
}
template <class T>
std::string test_name(const ::testing::TestParamInfo<T>& tested) {
  return name_of(tested.param.name);
}

const std::string no_lines = "the BEGIN and END lines were missing";
const std::string around = "text that is no part of the key stood around it";
const std::string escaped = "the two characters \\n stood in place of line ends";
const std::string utf16 = "the text was in UTF-16, as Windows writes it";
const std::string crlf = "the lines ended as on Windows (CRLF)";
const std::string one_line = "line breaks were missing";

INSTANTIATE_TEST_SUITE_P(
    Files, OddPrivateKey,
    ::testing::Values(
        Repaired{"pkcs8_labelled_pkcs1.pem",
                 "PKCS#8 PEM",
                 {"the BEGIN line said RSA PRIVATE KEY, but what follows is in the form PKCS#8"}},
        Repaired{"pkcs1_labelled_pkcs8.pem",
                 "PKCS#1 PEM",
                 {"the BEGIN line said PRIVATE KEY, but what follows is in the form PKCS#1"}},
        Repaired{"encrypted_labelled_plain.pem",
                 "encrypted PKCS#8 PEM",
                 {"the BEGIN line said PRIVATE KEY, but what follows is in the form encrypted "
                  "PKCS#8"}},
        Repaired{
            "two_labels.pem", "PKCS#8 PEM", {"the BEGIN and the END line named different things"}},
        Repaired{"literal_line_ends.txt", "PKCS#8 PEM", {escaped}},
        Repaired{"service_account.json", "PKCS#8 PEM", {escaped, around}},
        Repaired{"slashes_escaped.json",
                 "PKCS#8 PEM",
                 {escaped, "characters were escaped with a backslash, as JSON does", around}},
        Repaired{"windows.pem", "PKCS#8 PEM", {crlf}},
        Repaired{"one_line.pem", "PKCS#8 PEM", {one_line}},
        Repaired{"blanks_for_line_ends.txt", "PKCS#1 PEM", {one_line}},
        Repaired{"bare_pkcs8.txt", "PKCS#8 base64", {no_lines}},
        Repaired{"bare_pkcs1_lines.txt", "PKCS#1 base64", {no_lines}},
        Repaired{"bare_quoted.txt", "PKCS#8 base64", {"quotes stood around the key", no_lines}},
        Repaired{"base64url.txt",
                 "PKCS#8 base64",
                 {"the base64 was in the alphabet for URLs",
                  "the padding of the base64 (=) was missing", no_lines}},
        Repaired{
            "base64_of_pem.txt", "PKCS#8 PEM", {"the whole file was wrapped in base64 once more"}},
        Repaired{"without_begin.pem",
                 "PKCS#8 base64",
                 {"its BEGIN or its END line was missing or damaged"}},
        Repaired{"without_end.pem", "PKCS#8 PEM", {"the END line was missing"}},
        Repaired{"four_dashes.pem",
                 "PKCS#8 base64",
                 {"its BEGIN or its END line was missing or damaged"}},
        Repaired{"mail.txt", "PKCS#8 PEM", {around}},
        Repaired{"byte_order_mark.pem", "PKCS#8 PEM", {"a byte order mark stood before the text"}},
        Repaired{"utf16.pem", "PKCS#8 PEM", {utf16, crlf}},
        Repaired{"utf16_big_endian.pem", "PKCS#8 PEM", {utf16}},
        Repaired{"utf16_without_mark.pem", "PKCS#8 PEM", {utf16}},
        Repaired{"variable.env", "PKCS#8 PEM", {around, "quotes stood around the key"}},
        Repaired{"indented.yaml", "PKCS#8 PEM", {around, "the lines were indented"}},
        Repaired{"der_and_line_end.der",
                 "PKCS#8 DER",
                 {"line ends stood behind the last byte of the key"}},
        Repaired{"key_and_certificate.pem", "PKCS#8 PEM", {}},
        Repaired{"key.p12", "PKCS#12 DER", {}},
        Repaired{"key_without_passphrase.p12", "PKCS#12 DER", {}},
        Repaired{"key_without_encryption.p12", "PKCS#12 DER", {}},
        Repaired{"key_without_mac.p12", "PKCS#12 DER", {}},
        Repaired{"key_rc2.p12", "PKCS#12 DER", {}}, Repaired{"all_rc2.p12", "PKCS#12 DER", {}},
        Repaired{"private_set.jwk", "JWK", {}}, Repaired{"public_and_private_set.jwk", "JWK", {}},
        Repaired{"private_without_primes.jwk",
                 "JWK",
                 {"the JWK held no primes: they were computed from its other numbers"}},
        Repaired{"padded_base64.jwk",
                 "JWK",
                 {"the numbers of the JWK were in base64, not in base64url without padding"}},
        Repaired{"zero_in_front.jwk", "JWK", {"numbers of the JWK had zero bytes in front"}}),
    test_name<Repaired>);

TEST(OddPrivateKey, ComesWithTheCertificateOfItsFile) {
  for (const char* name :
       {"key_and_certificate.pem", "key.p12", "key_without_passphrase.p12",
        "key_without_encryption.p12", "key_without_mac.p12", "key_rc2.p12", "all_rc2.p12"}) {
    const auto file = read_private_key(Secret(odd(name)), test_passphrase());
    ASSERT_TRUE(file);
    EXPECT_EQ(file->certificate_pem, key_bytes("certificate.pem")) << name;
    const auto report = inspected(name, test_passphrase());
    ASSERT_TRUE(report.certificate);
    EXPECT_EQ(report.certificate->subject, "CN=test");
  }
}

struct RepairedPublic {
  std::string name;
  std::string description;
  std::vector<std::string> repairs;
  std::string form_says;  ///< empty where Jira's form takes it as it is
  std::string rest_says;
};

class OddPublicKey : public ::testing::TestWithParam<RepairedPublic> {};

TEST_P(OddPublicKey, IsReadAndShownTheRightDoor) {
  const auto file = read_public_key(odd(GetParam().name));
  ASSERT_TRUE(file) << file.error().message;
  EXPECT_EQ(file->key.spki_fingerprint(), test_public_key().spki_fingerprint());
  EXPECT_THAT(file->repairs, ElementsAreArray(GetParam().repairs));
  const auto report = inspected(GetParam().name, {});
  EXPECT_EQ(report.description, GetParam().description);
  EXPECT_EQ(report.admin_form.takes, GetParam().form_says.empty());
  EXPECT_THAT(report.admin_form.why_not, HasSubstr(GetParam().form_says));
  EXPECT_EQ(report.rest.takes, GetParam().rest_says.empty());
  EXPECT_THAT(report.rest.why_not, HasSubstr(GetParam().rest_says));
}

INSTANTIATE_TEST_SUITE_P(
    Files, OddPublicKey,
    ::testing::Values(
        RepairedPublic{
            "spki_bare.txt", "an RSA public key of 2048 bits (SPKI base64)", {no_lines}, "", ""},
        RepairedPublic{"ssh_rsa.pub",
                       "an RSA public key of 2048 bits (OpenSSH)",
                       {},
                       "OpenSSH's form",
                       "OpenSSH's form"},
        RepairedPublic{"ssh2.pub",
                       "an RSA public key of 2048 bits (OpenSSH)",
                       {},
                       "OpenSSH's form",
                       "OpenSSH's form"},
        RepairedPublic{
            "public.jwk", "an RSA public key of 2048 bits (JWK)", {}, "is a JWK", "is a JWK"},
        RepairedPublic{"certificate_after_blank_line.cer",
                       "a certificate of an RSA key of 2048 bits (X.509 PEM)",
                       {},
                       "something stands before them",
                       "something stands before them"},
        RepairedPublic{"certificate_with_text.cer",
                       "a certificate of an RSA key of 2048 bits (X.509 PEM)",
                       {around},
                       "something stands before them",
                       "something stands before them"},
        RepairedPublic{"certificate.der",
                       "a certificate of an RSA key of 2048 bits (X.509 DER)",
                       {},
                       "a certificate as PEM alone",
                       "a certificate as PEM alone"},
        RepairedPublic{"expired.cer",
                       "a certificate of an RSA key of 2048 bits (X.509 PEM)",
                       {},
                       "",
                       "takes no certificate"}),
    test_name<RepairedPublic>);

struct Refused {
  std::string name;
  KeyFileKind kind;
  std::string description;  ///< a part of it
  std::string message;      ///< a part of what read_private_key() says
  std::string hint;
};

class OddFile : public ::testing::TestWithParam<Refused> {};

TEST_P(OddFile, IsNamedAndRefused) {
  const auto file = read_private_key(Secret(odd(GetParam().name)), test_passphrase());
  ASSERT_FALSE(file);
  EXPECT_THAT(file.error().message, HasSubstr(GetParam().message));
  EXPECT_THAT(file.error().hint, HasSubstr(GetParam().hint));
  EXPECT_FALSE(file.error().hint.empty());
  const auto report = inspected(GetParam().name, test_passphrase());
  EXPECT_EQ(report.kind, GetParam().kind) << to_string(report.kind);
  EXPECT_THAT(report.description, HasSubstr(GetParam().description));
  EXPECT_FALSE(report.admin_form.takes);
  EXPECT_FALSE(report.rest.takes);
  EXPECT_FALSE(report.admin_form.why_not.empty());
}

constexpr const char* copy = "copy the file again";
constexpr const char* right_file = "give the file that begins with";
constexpr const char* create = "applink key create";

INSTANTIATE_TEST_SUITE_P(
    Files, OddFile,
    ::testing::Values(
        Refused{"truncated.pem", KeyFileKind::broken, "cut off", "cut off: its line -----END",
                copy},
        Refused{"truncated.der", KeyFileKind::broken, "cut off", "the key is cut off", copy},
        Refused{"two_keys.pem", KeyFileKind::private_key, "the file holds 2 private keys",
                "the file holds 2 private keys", "into a file of its own"},
        Refused{"two_private_set.jwk", KeyFileKind::private_key, "2 private keys",
                "the file holds 2 private keys", "into a file of its own"},
        Refused{"private_with_one_prime.jwk", KeyFileKind::broken, "lacks a prime",
                "lacks a prime of its key: p or q", "export it again"},
        Refused{"two_members_of_one_name.jwk", KeyFileKind::broken, "two members of one name",
                "two members of one name", "export it again"},
        Refused{"private_exponent_too_large.jwk", KeyFileKind::broken, "do not belong together",
                "numbers do not belong together", copy},
        Refused{"public_exponent_too_large.jwk", KeyFileKind::broken, "such a modulus and exponent",
                "no RSA key has such a modulus and exponent", copy},
        Refused{"damaged.jwk", KeyFileKind::broken, "numbers do not belong together",
                "numbers do not belong together", copy},
        Refused{"ec.jwk", KeyFileKind::public_key, "an EC public key (JWK)", "elliptic-curve",
                create},
        Refused{"secret.jwk", KeyFileKind::private_key, "an oct private key (JWK)",
                "a shared secret", create},
        Refused{"openssh_encrypted.pem", KeyFileKind::encrypted_private_key,
                "an encrypted private key (OpenSSH PEM)", "encrypted in OpenSSH's own way",
                "ssh-keygen -p -m PEM"},
        Refused{"openssh_ed25519.pem", KeyFileKind::private_key,
                "an Ed25519 private key (OpenSSH PEM)", "Ed25519", create},
        Refused{"ssh_ed25519.pub", KeyFileKind::public_key, "an Ed25519 public key (OpenSSH)",
                "public key, not a private", right_file},
        Refused{"too_many_rounds.pem", KeyFileKind::encrypted_private_key, "more work",
                "more work to decrypt it than is reasonable", "decrypt it where it was made"},
        Refused{"too_many_rounds_pbes1.pem", KeyFileKind::encrypted_private_key, "more work",
                "more work to decrypt it than is reasonable", "decrypt it where it was made"},
        Refused{"too_many_rounds.p12", KeyFileKind::pkcs12, "more work",
                "more work to decrypt it than is reasonable", "decrypt it where it was made"},
        Refused{"secret_key.p12", KeyFileKind::pkcs12, "a PKCS#12 file: the passphrase is wrong",
                "the passphrase is wrong", "type it again"},
        Refused{"certificate_only.p12", KeyFileKind::pkcs12, "holds no private key",
                "holds no private key", "export it again"},
        Refused{"certificates.p7b", KeyFileKind::unknown, "certificates alone",
                "certificates alone (PKCS#7)", "PKCS#12"},
        Refused{"keystore.jks", KeyFileKind::java_keystore, "a Java keystore", "a Java keystore",
                "keytool -importkeystore"},
        Refused{"keystore.jceks", KeyFileKind::java_keystore, "a Java keystore", "a Java keystore",
                "keytool -importkeystore"},
        Refused{"known_hosts", KeyFileKind::known_hosts, "known_hosts", "known_hosts", right_file},
        Refused{"page.html", KeyFileKind::web_page, "HTML", "HTML", "fetch the file itself"},
        Refused{"settings.json", KeyFileKind::json, "JSON without a JWK", "JSON without a JWK",
                right_file},
        Refused{"empty.pem", KeyFileKind::empty, "an empty file", "this is an empty file",
                right_file},
        Refused{"picture.png", KeyFileKind::unknown, "binary file of another kind",
                "binary file of another kind", right_file},
        Refused{"pgp.asc", KeyFileKind::unknown, "this is a \"PGP ", "this is a \"PGP ", create}),
    test_name<Refused>);

}  // namespace
}  // namespace applink::crypto

#include "applink/keyring/key_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include "applink/base/files.h"
#include "support/temp_dir.h"
#include "support/vectors.h"

namespace applink::keyring {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

std::string key_text(std::string_view name) {
  return test::read_tests_file("data/keys/" + std::string(name));
}

TEST(LoadPrivateKeyFile, LoadsAFileOfItsOwnersAlone) {
  const test::TempDir dir;
  ASSERT_TRUE(write_new_file(dir / "key.pem", key_text("pkcs1.pem"), FileMode::private_file));
  const auto key = load_private_key_file(dir / "key.pem");
  ASSERT_TRUE(key) << key.error().message;
  EXPECT_EQ(key->bits(), 2048);
}

TEST(LoadPrivateKeyFile, RefusesAFileThatOthersMayRead) {
  const test::TempDir dir;
  const auto path = dir / "key.pem";
  ASSERT_TRUE(write_new_file(path, key_text("pkcs1.pem"), FileMode::private_file));
  for (const mode_t mode : {0640U, 0604U, 0644U, 0660U}) {
    ASSERT_EQ(::chmod(path.c_str(), mode), 0);
    const auto key = load_private_key_file(path);
    ASSERT_FALSE(key) << mode;
    EXPECT_THAT(key.error().message, AllOf(HasSubstr("key.pem"), HasSubstr("others may read")));
    EXPECT_THAT(key.error().hint, HasSubstr("chmod 600 " + path.string()));
  }
  ASSERT_EQ(::chmod(path.c_str(), 0400), 0);
  EXPECT_TRUE(load_private_key_file(path));
}

TEST(LoadPrivateKeyFile, ChecksTheKeyDownToItsPrimes) {
  const test::TempDir dir;
  const auto path = dir / "key.pem";
  ASSERT_TRUE(write_new_file(path, key_text("composite_prime.pem"), FileMode::private_file));
  const auto key = load_private_key_file(path);
  ASSERT_FALSE(key);
  EXPECT_THAT(key.error().message, HasSubstr("key.pem: "));
}

TEST(LoadPrivateKeyFile, AsksForThePassphraseOfAnEncryptedFile) {
  const test::TempDir dir;
  const auto path = dir / "key.pem";
  ASSERT_TRUE(write_new_file(path, key_text("encrypted_pkcs8.pem"), FileMode::private_file));
  const auto closed = load_private_key_file(path);
  ASSERT_FALSE(closed);
  EXPECT_EQ(closed.error().code, ErrorCode::locked);
  EXPECT_THAT(closed.error().message, StartsWith(path.string() + ": the private key is encrypted"));
  const auto refused = load_private_key_file(path, []() -> Result<Secret> {
    return fail(ErrorCode::interrupted, "nobody answered", "x");
  });
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::interrupted);
}

// The first bytes of a Java keystore: what it is, and the command that helps, name the file.
constexpr std::string_view java_keystore("\xfe\xed\xfe\xed\0\0\0\2", 8);

TEST(LoadPrivateKeyFile, NamesTheFileInMessageAndHint) {
  const test::TempDir dir;
  const auto path = dir / "key.jks";
  ASSERT_TRUE(write_new_file(path, java_keystore, FileMode::private_file));
  const auto key = load_private_key_file(path);
  ASSERT_FALSE(key);
  EXPECT_THAT(key.error().message, StartsWith(path.string() + ": "));
  EXPECT_THAT(key.error().hint, HasSubstr("-srckeystore " + path.string() + " -dest"));
}

TEST(LoadPrivateKeyFile, PutsNoPathIntoAHintThatAShellWouldTakeApart) {
  const test::TempDir dir;
  const auto path = dir / "my key;ls.jks";
  ASSERT_TRUE(write_new_file(path, java_keystore, FileMode::private_file));
  const auto key = load_private_key_file(path);
  ASSERT_FALSE(key);
  EXPECT_THAT(key.error().hint,
              AllOf(HasSubstr("-srckeystore FILE -dest"), Not(HasSubstr("ls.jks"))));
}

TEST(LoadPrivateKeyFile, MakesAHostilePathHarmless) {
  const auto key = load_private_key_file("/nowhere/\x1b[31m");
  ASSERT_FALSE(key);
  EXPECT_EQ(key.error().message.find('\x1b'), std::string::npos);
}

TEST(LoadPrivateKeyFile, RefusesWhatIsMissingOrNoFile) {
  const test::TempDir dir;
  EXPECT_THAT(load_private_key_file(dir / "absent").error().message, HasSubstr("absent"));
  for (const mode_t mode : {0700U, 0755U}) {
    ASSERT_EQ(::chmod(dir.path().c_str(), mode), 0);
    EXPECT_THAT(load_private_key_file(dir.path()).error().message, HasSubstr("not a file"));
  }
}

}  // namespace
}  // namespace applink::keyring

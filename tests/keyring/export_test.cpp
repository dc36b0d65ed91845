#include "applink/keyring/export.h"

#include <algorithm>
#include <csignal>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include "applink/base/files.h"
#include "applink/keyring/import.h"
#include "keyring/test_pair.h"
#include "support/fixed_clock.h"
#include "support/temp_dir.h"
#include "support/vectors.h"

namespace applink::keyring {
namespace {

using test::test_pair;
namespace fs = std::filesystem;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::StartsWith;

mode_t mode_of(const fs::path& path) {
  struct stat status {};
  EXPECT_EQ(::stat(path.c_str(), &status), 0) << path;
  return status.st_mode & 07777;
}

std::string content(const fs::path& path) {
  const auto read = read_file(path, 100'000);
  EXPECT_TRUE(read) << path;
  return read.value_or("");
}

std::vector<std::string> names_in(const fs::path& directory) {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(directory)) {
    names.push_back(entry.path().filename().string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

std::vector<fs::path> paths_of(const std::vector<WrittenFile>& files) {
  std::vector<fs::path> paths;
  for (const auto& file : files) paths.push_back(file.path);
  return paths;
}

TEST(ExportKeyFiles, WritesTheFourCustomaryFiles) {
  const test::TempDir dir;
  const auto pair = test_pair();
  const auto paths = export_key_files(pair, dir / "keys/hub");
  ASSERT_TRUE(paths);
  EXPECT_THAT(paths_of(*paths),
              ElementsAre(dir / "keys/hub/private_key.pem", dir / "keys/hub/private_key.pkcs8",
                          dir / "keys/hub/public_key.pem", dir / "keys/hub/public_key.cer"));
  EXPECT_EQ(content(dir / "keys/hub/private_key.pem"),
            test::read_tests_file("data/keys/pkcs1.pem"));
  EXPECT_EQ(content(dir / "keys/hub/private_key.pkcs8"),
            test::read_tests_file("data/keys/pkcs8.pem"));
  EXPECT_EQ(content(dir / "keys/hub/public_key.pem"),
            test::read_tests_file("data/keys/public.pem"));
  EXPECT_EQ(content(dir / "keys/hub/public_key.cer"), pair.certificate_pem);
  EXPECT_THAT(pair.certificate_pem, StartsWith("-----BEGIN CERTIFICATE-----"));
}

TEST(ExportKeyFiles, KeepsThePrivateOnesToTheirOwner) {
  const test::TempDir dir;
  const mode_t before = ::umask(0);
  ASSERT_TRUE(export_key_files(test_pair(), dir / "hub"));
  ::umask(before);
  EXPECT_EQ(mode_of(dir / "hub"), 0700U);
  EXPECT_EQ(mode_of(dir / "hub/private_key.pem"), 0600U);
  EXPECT_EQ(mode_of(dir / "hub/private_key.pkcs8"), 0600U);
  EXPECT_EQ(mode_of(dir / "hub/public_key.pem"), 0644U);
  EXPECT_EQ(mode_of(dir / "hub/public_key.cer"), 0644U);
}

TEST(ExportKeyFiles, LeavesNothingBehindWhereOneNameIsTaken) {
  for (const KeyForm form : customary_forms) {
    const test::TempDir dir;
    const std::string taken{customary_file_name(form)};
    ASSERT_TRUE(write_new_file(dir / taken, "mine", FileMode::public_file));
    const auto paths = export_key_files(test_pair(), dir.path());
    ASSERT_FALSE(paths) << taken;
    EXPECT_EQ(paths.error().code, ErrorCode::conflict);
    EXPECT_THAT(paths.error().message, HasSubstr(taken));
    EXPECT_THAT(names_in(dir.path()), ElementsAre(taken));
    EXPECT_EQ(content(dir / taken), "mine");
  }
}

TEST(ExportKeyFiles, LeavesWhatIsThereAlreadyAndAddsTheRest) {
  const test::TempDir dir;
  const auto pair = test_pair();
  ASSERT_TRUE(export_key_file(pair, KeyForm::pkcs8_pem, dir / "private_key.pkcs8"));
  ASSERT_TRUE(export_key_file(pair, KeyForm::spki_pem, dir / "public_key.pem"));
  const auto first = export_key_files(pair, dir.path());
  ASSERT_TRUE(first) << first.error().message;
  EXPECT_EQ(first->size(), 4U);
  const auto second = export_key_files(pair, dir.path());
  ASSERT_TRUE(second) << second.error().message;
  EXPECT_EQ(*second, *first);
  EXPECT_EQ(names_in(dir.path()).size(), 4U);
}

TEST(ExportKeyFiles, TakesNoPrivateFileThatOthersMayReadForItsOwn) {
  for (const KeyForm form : {KeyForm::pkcs1_pem, KeyForm::pkcs8_pem}) {
    const test::TempDir dir;
    const fs::path file = dir / customary_file_name(form);
    ASSERT_TRUE(export_key_file(test_pair(), form, file));
    ASSERT_EQ(::chmod(file.c_str(), 0640), 0);
    EXPECT_EQ(export_key_files(test_pair(), dir.path()).error().code, ErrorCode::conflict);
    EXPECT_EQ(names_in(dir.path()).size(), 1U);
  }
}

TEST(ExportKeyFiles, TakesNoOtherKeysFileAndNoLinkForItsOwn) {
  const test::TempDir dir;
  const auto pair = test_pair();
  ASSERT_TRUE(export_key_file(pair, KeyForm::spki_pem, dir / "elsewhere.pem"));
  fs::create_symlink(dir / "elsewhere.pem", dir / "public_key.pem");
  EXPECT_EQ(export_key_files(pair, dir.path()).error().code, ErrorCode::conflict);
  fs::remove(dir / "public_key.pem");
  ASSERT_TRUE(write_new_file(dir / "public_key.pem", content(dir / "elsewhere.pem") + "\n",
                             FileMode::public_file));
  EXPECT_EQ(export_key_files(pair, dir.path()).error().code, ErrorCode::conflict);
  EXPECT_THAT(names_in(dir.path()), ElementsAre("elsewhere.pem", "public_key.pem"));
}

// The limit on a file's size stands in for a full disk: the certificate, the last and longest of
// the public files, no longer fits.
TEST(ExportKeyFiles, LeavesNothingBehindWhereAWriteFails) {
  const test::TempDir dir;
  auto pair = test_pair();
  pair.certificate_pem.append(100'000, '\n');
  std::signal(SIGXFSZ, SIG_IGN);
  rlimit before{};
  ::getrlimit(RLIMIT_FSIZE, &before);
  const rlimit limit{50'000, before.rlim_max};
  ::setrlimit(RLIMIT_FSIZE, &limit);
  const auto into_new = export_key_files(pair, dir / "new");
  const auto into_old = export_key_files(pair, dir.path());
  ::setrlimit(RLIMIT_FSIZE, &before);
  EXPECT_FALSE(into_new);
  EXPECT_FALSE(into_old);
  EXPECT_THAT(names_in(dir.path()), ElementsAre());
}

TEST(ExportKeyFiles, RefusesADirectoryThatIsAFile) {
  const test::TempDir dir;
  ASSERT_TRUE(write_new_file(dir / "hub", "mine", FileMode::public_file));
  EXPECT_FALSE(export_key_files(test_pair(), dir / "hub"));
  EXPECT_FALSE(export_key_files(test_pair(), dir / "hub/keys"));
  EXPECT_EQ(content(dir / "hub"), "mine");
}

TEST(ExportKeyFile, WritesOneFormUnderAnyName) {
  const test::TempDir dir;
  ASSERT_TRUE(export_key_file(test_pair(), KeyForm::pkcs8_pem, dir / "java.key"));
  EXPECT_EQ(content(dir / "java.key"), test::read_tests_file("data/keys/pkcs8.pem"));
  EXPECT_EQ(mode_of(dir / "java.key"), 0600U);
  const auto again = export_key_file(test_pair(), KeyForm::spki_pem, dir / "java.key");
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().code, ErrorCode::conflict);
}

TEST(ExportKeyFile, KeepsWhatItReplaces) {
  const test::TempDir dir;
  ASSERT_TRUE(write_new_file(dir / "java.key", "mine", FileMode::public_file));
  const auto written = export_key_file(test_pair(), KeyForm::pkcs8_pem, dir / "java.key", {},
                                       Existing::kept_as_backup);
  ASSERT_TRUE(written) << written.error().message;
  EXPECT_EQ(written->backup, dir / "java.key.~1~");
  EXPECT_EQ(content(dir / "java.key.~1~"), "mine");
  EXPECT_EQ(content(dir / "java.key"), test::read_tests_file("data/keys/pkcs8.pem"));
  EXPECT_EQ(mode_of(dir / "java.key"), 0600U);
}

TEST(ExportKeyFiles, KeepsWhatItReplacesAndTouchesNothingElse) {
  const test::TempDir dir;
  const auto pair = test_pair();
  ASSERT_TRUE(export_key_file(pair, KeyForm::pkcs1_pem, dir / "private_key.pem"));
  ASSERT_TRUE(write_new_file(dir / "public_key.cer", "mine", FileMode::public_file));
  const auto files = export_key_files(pair, dir.path(), Existing::kept_as_backup);
  ASSERT_TRUE(files) << files.error().message;
  EXPECT_EQ(files->front().backup, std::nullopt) << "it was what would be written";
  EXPECT_EQ(files->back().backup, dir / "public_key.cer.~1~");
  EXPECT_EQ(names_in(dir.path()).size(), 5U);
}

TEST(ExportKeyFiles, PutsBackWhatItReplacedWhereAWriteFails) {
  const test::TempDir dir;
  ASSERT_TRUE(write_new_file(dir / "private_key.pem", "mine", FileMode::public_file));
  fs::create_directory(dir / "public_key.cer");
  EXPECT_FALSE(export_key_files(test_pair(), dir.path(), Existing::kept_as_backup));
  EXPECT_THAT(names_in(dir.path()), ElementsAre("private_key.pem", "public_key.cer"));
  EXPECT_EQ(content(dir / "private_key.pem"), "mine");
}

TEST(CheckNothingExported, FindsEachOfTheFourNames) {
  for (const KeyForm form : customary_forms) {
    const test::TempDir dir;
    EXPECT_TRUE(check_nothing_exported(dir.path()));
    EXPECT_TRUE(check_nothing_exported(dir / "absent"));
    fs::create_symlink("nowhere", dir / customary_file_name(form));
    const auto checked = check_nothing_exported(dir.path());
    ASSERT_FALSE(checked);
    EXPECT_EQ(checked.error().code, ErrorCode::conflict);
    EXPECT_THAT(checked.error().message, HasSubstr(customary_file_name(form)));
  }
}

}  // namespace
}  // namespace applink::keyring

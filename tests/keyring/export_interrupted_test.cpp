// An export and Ctrl-C, which comes whenever something is synced to the disk.
#include <csignal>
#include <filesystem>
#include <string>

#include <gtest/gtest.h>

#include "applink/keyring/export.h"
#include "applink/keyring/import.h"
#include "support/fixed_clock.h"
#include "support/temp_dir.h"
#include "support/vectors.h"

namespace {

volatile std::sig_atomic_t files_seen = -1;
std::string watched;  // set before any signal, read in the handler

extern "C" void count_files(int) {
  int count = 0;
  for ([[maybe_unused]] const auto& entry : std::filesystem::directory_iterator(watched)) ++count;
  files_seen = count;
}

}  // namespace

extern "C" int fsync(int) {
  return ::raise(SIGINT);
}

namespace applink::keyring {
namespace {

TEST(ExportKeyFiles, LetsNoInterruptComeBetweenItsFiles) {
  const test::TempDir dir;
  watched = dir.path().string();
  const Secret pem = Secret::take(test::read_tests_file("data/keys/pkcs1.pem"));
  const auto pair = import_key_pair("hub", pem, CertificateDetails{}, test::FixedClock());
  ASSERT_TRUE(pair);
  auto* const before = std::signal(SIGINT, count_files);
  ASSERT_TRUE(export_key_files(*pair, dir.path()));
  EXPECT_EQ(files_seen, 4) << "it came when all were written";
  std::signal(SIGINT, before);
}

}  // namespace
}  // namespace applink::keyring

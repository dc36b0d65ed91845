// An export and what may come whenever something is synced to the disk: Ctrl-C, or the end.
#include <csignal>
#include <filesystem>
#include <string>

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include "applink/base/files.h"
#include "applink/keyring/export.h"
#include "applink/keyring/import.h"
#include "keyring/test_pair.h"
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

// What the fsync() below does: raises `signal` when it is called for the `nth` time; 0 is each
// time.
struct {
  int signal = 0;
  int nth = 0;
  int calls = 0;
} at_sync;

}  // namespace

extern "C" int fsync(int) {
  ++at_sync.calls;
  const bool now = at_sync.nth == 0 || at_sync.calls == at_sync.nth;
  return now && at_sync.signal != 0 ? ::raise(at_sync.signal) : 0;
}

namespace applink::keyring {
namespace {

using test::test_pair;

TEST(ExportKeyFiles, LetsNoInterruptComeBetweenItsFiles) {
  const test::TempDir dir;
  watched = dir.path().string();
  const auto pair = test_pair();
  auto* const before = std::signal(SIGINT, count_files);
  at_sync = {SIGINT, 0, 0};
  ASSERT_TRUE(export_key_files(pair, dir.path()));
  at_sync = {};
  EXPECT_EQ(files_seen, 4) << "it came when all were written";
  std::signal(SIGINT, before);
}

/// An export in a process that is killed at its `nth` fsync(); false where it ended before that.
bool killed_at(int nth, const store::KeyPair& pair, const std::filesystem::path& directory) {
  const pid_t child = ::fork();
  if (child == 0) {
    at_sync = {SIGKILL, nth, 0};
    ::_exit(export_key_files(pair, directory) ? 0 : 1);
  }
  int status = 0;
  EXPECT_EQ(::waitpid(child, &status, 0), child);
  return WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL;
}

TEST(ExportKeyFiles, CompletesWhatAKilledExportLeft) {
  const auto pair = test_pair();
  bool left_some = false;
  int nth = 1;
  for (;; ++nth) {
    const test::TempDir dir;
    if (!killed_at(nth, pair, dir.path())) break;
    left_some = left_some || std::filesystem::exists(dir / "private_key.pem");
    const auto again = export_key_files(pair, dir.path());
    ASSERT_TRUE(again) << nth << ": " << again.error().message;
    EXPECT_EQ(again->size(), 4U);
    for (const KeyForm form : customary_forms) {
      const auto mode = is_private(form) ? FileMode::private_file : FileMode::public_file;
      EXPECT_TRUE(is_written_already(dir / customary_file_name(form),
                                     key_content(pair, form)->reveal(), mode));
    }
  }
  EXPECT_TRUE(left_some);
  EXPECT_GT(nth, 8) << "each of the four files and its name is synced";
}

}  // namespace
}  // namespace applink::keyring

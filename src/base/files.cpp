// Reading files; every failure names the path and the system's reason. files_write.cpp writes.
#include "applink/base/files.h"

#include <algorithm>
#include <cerrno>
#include <string>
#include <utility>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/descriptor.h"
#include "base/system_failure.h"

namespace applink {
namespace {

namespace fs = std::filesystem;

/// For what the file holds now, and a byte more to see its end. Megabytes that are never filled
/// would cost a short process a tenth of its time.
std::size_t room_at_first(int descriptor, std::size_t limit) {
  constexpr std::size_t page = 4096;
  struct stat status {};
  if (::fstat(descriptor, &status) != 0) status.st_size = 0;  // as that of a pipe is
  return std::min(limit, std::max(page, static_cast<std::size_t>(status.st_size))) + 1;
}

/// A string that grows by itself would leave a copy of a secret behind.
void enlarge(std::string& content, std::size_t size) {
  std::string larger(size, '\0');
  std::copy(content.begin(), content.end(), larger.begin());
  wipe(content);
  content = std::move(larger);
}

Result<std::string> read_descriptor(int descriptor, const fs::path& path, std::size_t limit) {
  std::string content(room_at_first(descriptor, limit), '\0');
  std::size_t size = 0;
  while (size <= limit) {
    if (size == content.size()) enlarge(content, std::min(limit + 1, 2 * size));
    const ssize_t count = ::read(descriptor, content.data() + size, content.size() - size);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) {
      wipe(content);
      return system_failure("cannot read", path);
    }
    if (count == 0) break;
    size += static_cast<std::size_t>(count);
  }
  if (size > limit) {
    wipe(content);
    return fail(ErrorCode::failed, fmt::format("{} is larger than {} bytes", shown(path), limit),
                "check that this is the file you mean");
  }
  content.resize(size);
  return content;
}

Result<mode_t> mode_of(const Descriptor& file, const fs::path& path) {
  struct stat status {};
  if (::fstat(file.get(), &status) != 0) return system_failure("cannot open", path);
  if (S_ISREG(status.st_mode) || S_ISFIFO(status.st_mode)) return status.st_mode;
  return fail(ErrorCode::failed, fmt::format("{} is not a file", shown(path)),
              "name a file, or a pipe");
}

bool needs_no_quotes(char letter) {
  const bool alphanumeric = (letter >= '0' && letter <= '9') || (letter >= 'A' && letter <= 'Z') ||
                            (letter >= 'a' && letter <= 'z');
  return alphanumeric || std::string_view("_@%+=:,./-").find(letter) != std::string_view::npos;
}

}  // namespace

Result<std::string> read_file(const fs::path& path, std::size_t limit) {
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY));
  if (!file.is_open()) return system_failure("cannot open", path);
  TRY(mode_of(file, path));
  return read_descriptor(file.get(), path, limit);
}

Result<Secret> read_secret_file(const fs::path& path, std::size_t limit) {
  TRY_ASSIGN(auto content, read_file(path, limit));
  return Secret::take(std::move(content));
}

Result<Secret> read_private_file(const fs::path& path, std::size_t limit) {
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY));
  if (!file.is_open()) return system_failure("cannot open", path);
  TRY_ASSIGN(const mode_t mode, mode_of(file, path));
  if ((mode & (S_IRGRP | S_IROTH)) != 0) {
    return fail(ErrorCode::failed,
                fmt::format("{} is a private file that others may read", shown(path)),
                fmt::format("let nobody else read it: chmod 600 {}", in_command(path)));
  }
  TRY_ASSIGN(auto content, read_descriptor(file.get(), path, limit));
  return Secret::take(std::move(content));
}

bool is_written_already(const fs::path& path, std::string_view content, FileMode mode) {
  const Descriptor file(
      ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NOFOLLOW | O_NONBLOCK));
  struct stat status {};
  if (!file.is_open() || ::fstat(file.get(), &status) != 0 || !S_ISREG(status.st_mode))
    return false;
  const bool is_ours = status.st_uid == ::geteuid() &&
                       (status.st_mode & 07777U) == static_cast<mode_t>(FileMode::private_file);
  if (mode == FileMode::private_file && !is_ours) return false;
  auto found = read_descriptor(file.get(), path, content.size());
  return found && Secret::take(*std::move(found)).reveal() == content;
}

std::string in_command(const fs::path& path) {
  const std::string text = path.string();
  const bool plain = !text.empty() && text.front() != '-' &&
                     std::all_of(text.begin(), text.end(), needs_no_quotes);
  return plain ? text : "FILE";
}

}  // namespace applink

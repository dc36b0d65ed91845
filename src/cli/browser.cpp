// Starts the command of BROWSER, or xdg-open, and does not wait for it.
#include "cli/browser.h"

#include <csignal>
#include <optional>
#include <string_view>
#include <vector>

#include <fcntl.h>
#include <spawn.h>
#include <unistd.h>

#include "cli/child_environment.h"

namespace applink::cli {
namespace {

/// A command of BROWSER as words: "%s" among them stands for the URL, which is else the last one.
std::vector<std::string> browser_command(std::string_view command, const std::string& url) {
  std::vector<std::string> words;
  bool placed = false;
  while (!command.empty()) {
    const auto space = command.find(' ');
    std::string word(command.substr(0, space));
    command = space == std::string_view::npos ? std::string_view{} : command.substr(space + 1);
    if (word.empty()) continue;
    if (const auto place = word.find("%s"); place != std::string::npos) {
      word.replace(place, 2, url);
      placed = true;
    }
    words.push_back(std::move(word));
  }
  if (!placed) words.push_back(url);
  return words;
}

std::optional<std::vector<std::string>> command_for(const Environment& environment,
                                                    const std::string& url) {
  const std::string_view first =
      std::string_view(environment.browser).substr(0, environment.browser.find(':'));
  if (!first.empty()) return browser_command(first, url);
  if (environment.has_x11 || environment.has_wayland)
    return std::vector<std::string>{"xdg-open", url};
  return std::nullopt;
}

/// The settings of the child: a session of its own, so that Ctrl-C here does not reach it, nothing
/// to read, nowhere to write, no descriptor that was open here, and signals as they are by default.
class Settings {
 public:
  Settings() {
    ::posix_spawn_file_actions_init(&files_);
    ::posix_spawn_file_actions_addopen(&files_, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    ::posix_spawn_file_actions_addopen(&files_, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    ::posix_spawn_file_actions_addopen(&files_, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    ::posix_spawn_file_actions_addclosefrom_np(&files_, STDERR_FILENO + 1);
    ::posix_spawnattr_init(&attributes_);
    sigset_t signals;
    ::sigemptyset(&signals);
    ::posix_spawnattr_setsigmask(&attributes_, &signals);
    for (const int ignored_here : {SIGPIPE, SIGXFSZ}) ::sigaddset(&signals, ignored_here);
    ::posix_spawnattr_setsigdefault(&attributes_, &signals);
    ::posix_spawnattr_setflags(&attributes_,
                               POSIX_SPAWN_SETSID | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
  }
  ~Settings() {
    ::posix_spawn_file_actions_destroy(&files_);
    ::posix_spawnattr_destroy(&attributes_);
  }
  Settings(const Settings&) = delete;
  Settings& operator=(const Settings&) = delete;

  [[nodiscard]] const posix_spawn_file_actions_t* files() const { return &files_; }
  [[nodiscard]] const posix_spawnattr_t* attributes() const { return &attributes_; }

 private:
  posix_spawn_file_actions_t files_{};
  posix_spawnattr_t attributes_{};
};

}  // namespace

BrowserStart open_in_browser(const Environment& environment, const std::string& url) {
  auto command = command_for(environment, url);
  if (!command) return BrowserStart::none;
  std::vector<char*> words;
  for (std::string& word : *command) words.push_back(word.data());
  words.push_back(nullptr);
  const Settings settings;
  pid_t child = 0;
  const int error = ::posix_spawnp(&child, words.front(), settings.files(), settings.attributes(),
                                   words.data(), environment_for_others().data());
  return error == 0 ? BrowserStart::started : BrowserStart::none;
}

}  // namespace applink::cli

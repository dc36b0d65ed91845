// Files of the working directory, standard input, and where curl has its own config.
#include "cli/curl_files.h"

#include <array>
#include <cstdlib>
#include <utility>

#include <unistd.h>

#include "cli/client.h"
#include "cli/input.h"

namespace applink::cli {

Result<std::string> CurlFilesHere::read(const std::string& path) {
  if (const auto known = read_.find(path); known != read_.end()) return known->second;
  if (path == "-") {
    auto readers = stdin_readers_;
    readers.emplace_back("curl's line");
    TRY(check_readers_of_stdin(readers));
  }
  TRY_ASSIGN(auto content, read_input(path, largest_body));
  return read_.emplace(path, std::move(content)).first->second;
}

// "The default config file is checked for in the following places", says curl(1).
std::optional<std::string> CurlFilesHere::default_config() {
  constexpr std::array<std::pair<const char*, const char*>, 4> places{
      {{"CURL_HOME", "/.curlrc"},
       {"XDG_CONFIG_HOME", "/curlrc"},
       {"HOME", "/.curlrc"},
       {"HOME", "/.config/curlrc"}}};
  for (const auto& [variable, file] : places) {
    const char* const directory = std::getenv(variable);
    if (directory == nullptr || *directory == '\0') continue;
    auto path = std::string(directory) + file;
    if (::access(path.c_str(), R_OK) == 0) return path;
  }
  return std::nullopt;
}

}  // namespace applink::cli

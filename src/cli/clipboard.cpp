// Hands the text to a program, on its standard input.
#include "cli/clipboard.h"

#include <chrono>
#include <string>
#include <vector>

#include "cli/secret_command.h"

namespace applink::cli {
namespace {

constexpr std::chrono::seconds clipboard_patience{5};

using Words = std::vector<std::string>;

std::vector<Words> programs(const Environment& environment) {
  std::vector<Words> all;
  if (environment.has_wayland) all.push_back({"wl-copy"});
  if (environment.has_x11) {
    all.push_back({"xclip", "-selection", "clipboard"});
    all.push_back({"xsel", "--clipboard", "--input"});
  }
  all.push_back({"clip.exe"});
  return all;
}

}  // namespace

Result<void> copy_to_clipboard(const Environment& environment, std::string_view text) {
  for (const Words& program : programs(environment)) {
    if (output_of(program, 0, clipboard_patience, text)) return {};
  }
  return fail(ErrorCode::failed, "there is no clipboard here that a program could reach",
              "install wl-clipboard or xclip on a desktop; elsewhere leave out --copy: every value "
              "is printed to be copied");
}

}  // namespace applink::cli

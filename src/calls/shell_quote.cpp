// Words for sh and fish, and whole commands for every shell.
#include "applink/calls/shell_quote.h"

#include <algorithm>

#include <fmt/format.h>

#include "calls/odd_characters.h"
#include "calls/windows_quoting.h"
#include "jira/words.h"

namespace applink::calls {
namespace {

constexpr jira::Words<Shell, 4> shell_names{{{Shell::sh, "sh"},
                                             {Shell::fish, "fish"},
                                             {Shell::powershell, "powershell"},
                                             {Shell::cmd, "cmd"}}};

constexpr std::string_view in_a_file =
    "give a long body in a file: -d @FILE, or --data-binary @FILE";

// Linux takes so much in one argument; Windows in one command line, and its cmd.exe in one line.
constexpr std::size_t longest_argument = 131'071;
constexpr std::size_t longest_windows_command = 32'766;
constexpr std::size_t longest_cmd_line = 8'191;

bool is_plain(std::string_view word, std::string_view more) {
  return !word.empty() && std::all_of(word.begin(), word.end(), [more](char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
           more.find(c) != std::string_view::npos;
  });
}

/// Between single quotes nothing has a meaning to sh, nor "!" to the history of bash and zsh. But
/// bash takes a line that begins with "^" for a correction of the last one, wherever it stands.
std::string sh_quoted(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const auto quote = std::min(text.find('\''), text.size());
    const auto caret = std::min(text.find("\n^"), text.size() - 1) + 1;
    const auto end = std::min(quote, caret);
    if (end > 0) out += fmt::format("'{}'", text.substr(0, end));
    if (end < text.size()) out += {'\\', text[end]};
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return out;
}

/// POSIX has no other way to write a control character that is not pasted as one.
std::string sh_escaped(std::string_view bytes) {
  std::string out = "\"$(printf '";
  for (const char c : bytes) out += fmt::format("\\{:03o}", static_cast<unsigned char>(c));
  return out + "')\"";
}

std::string fish_quoted(std::string_view text) {
  std::string out = "'";
  for (const char c : text) {
    if (c == '\'' || c == '\\') out += '\\';
    out += c;
  }
  return out + "'";
}

std::string fish_escaped(std::string_view bytes) {
  std::string out;
  for (const char c : bytes) out += fmt::format("\\X{:02x}", static_cast<unsigned char>(c));
  return out;
}

std::string in_runs(std::string_view word, std::string (*quoted)(std::string_view),
                    std::string (*escaped)(std::string_view)) {
  if (is_plain(word, "/._-:@+,")) return std::string(word);
  if (word.empty()) return "''";
  std::string out;
  while (const auto run = first_run(word)) {
    out += run->odd ? escaped(run->bytes) : quoted(run->bytes);
    word.remove_prefix(run->bytes.size());
  }
  return out;
}

/// A dot or a colon would end a word that begins with a dash, and 0x10 or 1kb would be a number.
bool is_bare_to_powershell(std::string_view word) {
  const bool number = !word.empty() && word.front() >= '0' && word.front() <= '9';
  return is_plain(word, "-/") && word != "--" && !number;
}

Result<std::string> quoted(Shell shell, std::string_view word) {
  if (word.find('\0') != std::string_view::npos) {
    return fail(ErrorCode::usage, "a NUL byte cannot stand in a command line",
                "give the bytes in a file: --data-binary @FILE");
  }
  switch (shell) {
    case Shell::sh:
      return in_runs(word, sh_quoted, sh_escaped);
    case Shell::fish:
      return in_runs(word, fish_quoted, fish_escaped);
    case Shell::powershell:
      if (is_bare_to_powershell(word)) return std::string(word);
      return powershell_word(word);
    case Shell::cmd:
      return is_plain(word, "-/._:@+") ? std::string(word) : cmd_word(word);
  }
  return fail(ErrorCode::bug, "a shell without quotes");
}

Result<void> check_length(Shell shell, std::string_view word) {
  if (shell == Shell::powershell || shell == Shell::cmd || word.size() <= longest_argument) {
    return {};
  }
  return fail(ErrorCode::usage,
              fmt::format("an argument of {} bytes is more than a system takes", word.size()),
              std::string(in_a_file));
}

Result<std::string> checked_line(Shell shell, std::string line) {
  const bool to_cmd = shell == Shell::cmd;
  const auto limit = to_cmd ? longest_cmd_line : longest_windows_command;
  const bool limited = to_cmd || shell == Shell::powershell;
  if (!limited || line.size() <= limit) return line;
  return fail(ErrorCode::usage,
              fmt::format("the command has {} characters, and {} takes {}", line.size(),
                          to_cmd ? "cmd" : "Windows", limit),
              std::string(in_a_file));
}

/// "curl" is another name for Invoke-WebRequest in Windows PowerShell, so the program is asked for.
Result<std::string> powershell_program(std::string_view program) {
  TRY_ASSIGN(const auto name, quoted(Shell::powershell, program));
  return fmt::format("& (Get-Command {} -CommandType Application -TotalCount 1)", name);
}

}  // namespace

Result<Shell> shell_named(std::string_view word) {
  return jira::value_named(shell_names, "a shell", word);
}

Result<std::string> shell_command(Shell shell, std::string_view program,
                                  std::span<const std::string> arguments) {
  TRY_ASSIGN(auto line,
             shell == Shell::powershell ? powershell_program(program) : quoted(shell, program));
  for (const auto& argument : arguments) {
    TRY(check_length(shell, argument));
    TRY_ASSIGN(const auto word, quoted(shell, argument));
    line += ' ';
    line += word;
  }
  if (shell == Shell::powershell) {
    line = fmt::format("& {{ $PSNativeCommandArgumentPassing = 'Legacy'; {} }}", line);
  }
  return checked_line(shell, std::move(line));
}

}  // namespace applink::calls

// Help pages, made from the table of commands and from what each declares.
#include "cli/help.h"

#include <vector>

#include <fmt/format.h>

#include "cli/commands.h"
#include "cli/layout.h"

namespace applink::cli {
namespace {

/// "-l, --link NAME"; a flag without a short form stands where the long ones begin.
std::string typed_as(const Arguments::Option& option) {
  std::string text = option.flags;
  if (const auto comma = text.find(','); comma != std::string::npos) text.insert(comma + 1, " ");
  if (text.starts_with("--")) text.insert(0, 4, ' ');
  return option.value_name.empty() ? text : fmt::format("{} {}", text, option.value_name);
}

std::string usage_line(const Command& command, const Arguments& arguments) {
  using Need = Arguments::Positional::Need;
  std::string line = fmt::format("Usage: applink {}", command.words);
  std::string behind;
  for (const auto& positional : arguments.positionals()) {
    if (positional.need == Need::rest) behind = fmt::format(" -- {}", positional.name);
    if (positional.need == Need::required) line += fmt::format(" {}", positional.name);
    if (positional.need == Need::optional) line += fmt::format(" [{}]", positional.name);
  }
  return line + " [OPTIONS]" + behind + "\n";
}

bool is_of_family(const Command& command, std::string_view word) {
  return command.words.starts_with(word) && command.words.size() > word.size() &&
         command.words[word.size()] == ' ';
}

}  // namespace

std::string overview() {
  std::string text =
      "applink: keys, tokens and signed calls for Jira application links (OAuth 1.0a)\n"
      "\n"
      "  applink onboard prod https://jira.example.com/jira\n"
      "  applink request GET https://jira.example.com/jira/rest/api/2/myself\n"
      "  applink curl -- -sS https://jira.example.com/jira/rest/api/2/myself\n"
      "\n"
      "Commands:\n";
  std::vector<Meaning> meanings;
  for (const Command& command : commands()) {
    meanings.push_back({std::string(command.words), std::string(command.summary)});
  }
  return text + explained(meanings) + "\nWhat a command takes: applink COMMAND --help\n";
}

std::string family_help(std::string_view word) {
  std::vector<Meaning> meanings;
  for (const Command& command : commands()) {
    if (is_of_family(command, word)) {
      meanings.push_back({fmt::format("applink {}", command.words), std::string(command.summary)});
    }
  }
  return explained(meanings) +
         fmt::format("\nWhat one of them takes: applink {} COMMAND --help\n", word);
}

std::string command_help(const Command& command, const Arguments& arguments) {
  std::string text = fmt::format("applink {}: {}\n\n{}", command.words, command.summary,
                                 usage_line(command, arguments));
  if (!arguments.positionals().empty()) {
    std::vector<Meaning> meanings;
    for (const auto& positional : arguments.positionals()) {
      meanings.push_back({positional.name, positional.help});
    }
    text += "\n" + explained(meanings);
  }
  std::vector<Meaning> meanings;
  for (const auto& option : arguments.options()) {
    meanings.push_back({typed_as(option), option.help});
  }
  text += "\nOptions:\n" + explained(meanings);
  return text + fmt::format("\nExample:\n  {}\n", command.example);
}

std::string version_line() {
  return fmt::format("applink {}\n", APPLINK_VERSION);
}

}  // namespace applink::cli

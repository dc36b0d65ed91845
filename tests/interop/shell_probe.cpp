// What shell_command() makes of words: a shell and its words come in as a line of JSON, in base64,
// and the command or an error goes out.
#include <iostream>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "applink/base/encoding.h"
#include "applink/calls/shell_quote.h"

namespace {

using nlohmann::json;

std::string decoded(const json& text) {
  return applink::base64_decode(text.get<std::string>()).value_or("");
}

json answer(const json& asked) {
  std::vector<std::string> words;
  for (const auto& word : asked.at("words")) words.push_back(decoded(word));
  const auto shell = applink::calls::shell_named(asked.at("shell").get<std::string>());
  if (!shell) return {{"error", shell.error().message}};
  const auto command =
      applink::calls::shell_command(*shell, asked.at("program").get<std::string>(), words);
  if (!command) return {{"error", command.error().message}, {"hint", command.error().hint}};
  return {{"command", applink::base64_encode(*command)}};
}

}  // namespace

int main() {
  std::string line;
  while (std::getline(std::cin, line)) std::cout << answer(json::parse(line)).dump() << std::endl;
}

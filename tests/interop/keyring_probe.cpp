// The keyring of the desktop, asked by the library alone, line by line, for keyring_test.py.
//   keyring_probe [LIBRARY]     keep IDENTIFIER SECRET | find IDENTIFIER | forget IDENTIFIER
// Each line is answered by one: done, none, secret SECRET, or the error and its hint.
#include <iostream>
#include <sstream>
#include <string>

#include "applink/store/secret_service.h"

namespace {

using namespace applink;
using namespace applink::store;

std::string in_words(const Error& error) {
  const char* const kind = error.code == ErrorCode::locked ? "locked: " : "error: ";
  return kind + error.message + "; hint: " + error.hint;
}

std::string in_words(const Result<void>& result) {
  return result ? "done" : in_words(result.error());
}

std::string answer(KeyringService& keyring, const std::string& line) {
  std::istringstream words(line);
  std::string verb;
  std::string identifier;
  std::string secret;
  words >> verb >> identifier >> secret;
  if (verb == "keep") return in_words(keyring.keep(identifier, "a label", Secret(secret)));
  if (verb == "forget") return in_words(keyring.forget(identifier));
  const auto found = keyring.find(identifier);
  if (!found) return in_words(found.error());
  return *found ? "secret " + std::string((**found).reveal()) : "none";
}

}  // namespace

int main(int argc, char** argv) {
  auto keyring = argc > 1 ? SecretServiceKeyring(argv[1]) : SecretServiceKeyring();
  for (std::string line; std::getline(std::cin, line);) {
    std::cout << answer(keyring, line) << std::endl;
  }
}

// A flag comes before a variable, and both before a question.
#include "cli/store_passphrase.h"

#include <utility>

#include "cli/input.h"

namespace applink::cli {
namespace {

constexpr std::size_t longest_passphrase = 4096;

Result<std::optional<Secret>> given_by(std::string_view variable, Result<Secret> line) {
  if (line) return std::move(*line);
  return tl::unexpected(in_context(variable, std::move(line).error()));
}

}  // namespace

Result<std::optional<Secret>> passphrase_of_variables(const Environment& environment) {
  const std::string& file = environment.passphrase_file;
  const std::string& command = environment.passphrase_command;
  if (!file.empty() && !command.empty()) {
    return fail(ErrorCode::usage, "the passphrase comes from one place",
                "set one of APPLINK_PASSPHRASE_FILE and APPLINK_PASSPHRASE_COMMAND");
  }
  if (!file.empty()) {
    return given_by("APPLINK_PASSPHRASE_FILE", read_secret_line(file, longest_passphrase));
  }
  if (command.empty()) return std::nullopt;
  auto printed = secret_of_command(command);
  return given_by("APPLINK_PASSPHRASE_COMMAND", printed ? one_line(*printed) : std::move(printed));
}

void StorePassphrase::declare(Arguments& arguments) {
  if (arguments.declares("--passphrase-file")) {
    source_.declare(arguments, "store-passphrase", "the passphrase of the store");
  } else {
    source_.declare(arguments, "passphrase", "the passphrase of the store", "store-passphrase");
  }
}

bool StorePassphrase::is_given(const Environment& environment) const {
  return source_.is_given() || !environment.passphrase_file.empty() ||
         !environment.passphrase_command.empty();
}

Result<Secret> StorePassphrase::read(const Environment& environment,
                                     const Terminal& terminal) const {
  constexpr const char* question = "Passphrase of the store:";
  if (source_.is_given()) return source_.read(terminal, question);
  TRY_ASSIGN(auto passphrase, passphrase_of_variables(environment));
  if (passphrase) return std::move(*passphrase);
  auto answer = source_.read(terminal, question);
  if (answer) return answer;
  Error error = in_context("the store is locked", std::move(answer).error());
  error.code = ErrorCode::locked;
  return tl::unexpected(std::move(error));
}

}  // namespace applink::cli

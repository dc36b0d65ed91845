// applink: harden the process, find the command, run it, map its error to an exit status.
#include <cstddef>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "cli/command_line.h"
#include "cli/context.h"
#include "cli/exit_status.h"
#include "cli/process.h"

namespace applink::cli {
namespace {

Result<void> run(Context& context) {
  const auto words = context.command_line().subspan(context.command_line().empty() ? 0 : 1);
  TRY_ASSIGN(const CommandLine line,
             read_command_line(std::vector<std::string>(words.begin(), words.end())));
  context.apply(line.manners);
  return line.action(context);
}

int status_of(Console& console, const Result<void>& result) {
  if (result) return exit_done;
  // Whoever pressed Ctrl-C knows.
  if (result.error().code != ErrorCode::interrupted) console.complain(result.error());
  return exit_status(result.error().code);
}

int run_process(std::span<char*> command_line) {
  Console early(Color::automatic);
  auto inherited = harden_process();
  if (!inherited) return status_of(early, tl::unexpected(std::move(inherited).error()));
  end_on_interrupt();
  auto environment = read_environment();
  if (!environment) return status_of(early, tl::unexpected(std::move(environment).error()));
  Context context(std::move(*environment), command_line, *std::move(inherited));
  return status_of(context.console(), run(context));
}

}  // namespace
}  // namespace applink::cli

int main(int argc, char** argv) {
  try {
    return applink::cli::run_process({argv, static_cast<std::size_t>(argc)});
  } catch (...) {
    applink::cli::Console(applink::cli::Color::automatic)
        .complain({applink::ErrorCode::bug, "internal error", "this is a bug: please report it"});
    return applink::cli::exit_bug;
  }
}

// The commands that speak HTTP, as the executable without libcurl has them: it gives way to the one
// beside it that has all commands. docs/architecture.md says why.
#include <cerrno>
#include <cstring>
#include <filesystem>

#include <fmt/format.h>
#include <unistd.h>

#include "cli/arguments.h"
#include "cli/commands/all.h"
#include "cli/context.h"
#include "cli/remote_removal.h"

namespace applink::cli {
namespace {

namespace fs = std::filesystem;

constexpr const char* successor_name = "applink-http";

/// Where it is installed (APPLINK_LIBEXEC leads there from this executable's directory), or in the
/// build tree.
Result<fs::path> successor() {
  std::error_code unknown;
  const fs::path here = fs::read_symlink("/proc/self/exe", unknown).parent_path();
  const fs::path installed = (here / APPLINK_LIBEXEC).lexically_normal();
  for (const fs::path& path : {installed / successor_name, here / successor_name}) {
    if (::access(path.c_str(), X_OK) == 0) return path;
  }
  return fail(ErrorCode::failed,
              fmt::format("the part of applink that speaks HTTP is missing: {}", successor_name),
              fmt::format("install applink again: it belongs into {}", installed.string()));
}

/// Returns where there is no successor.
Result<void> hand_over(Context& context) {
  TRY_ASSIGN(const fs::path path, successor());
  ::execv(path.c_str(), context.command_line().data());
  return fail(ErrorCode::failed,
              fmt::format("could not start {}: {}", path.string(), std::strerror(errno)),
              "install applink again");
}

Action handed_over(Arguments& arguments) {
  arguments.leave_unread();
  return hand_over;
}

}  // namespace

Result<void> remove_on_the_other_side(const std::string& /*link_name*/, const AdminFlags& /*admin*/,
                                      const Confirmation& /*confirmation*/, Context& context) {
  return hand_over(context);
}

Action login(Arguments& arguments) {
  return handed_over(arguments);
}
Action onboard(Arguments& arguments) {
  return handed_over(arguments);
}
Action request(Arguments& arguments) {
  return handed_over(arguments);
}
Action sandbox(Arguments& arguments) {
  return handed_over(arguments);
}
Action token_renew(Arguments& arguments) {
  return handed_over(arguments);
}

}  // namespace applink::cli

// A command: its words, what it says of itself, and how it reads its arguments.
#pragma once

#include <functional>
#include <string_view>

#include "applink/base/result.h"

namespace applink::cli {

class Arguments;
class Context;

/// What is left to do once the arguments are read: calls one feature and prints.
using Action = std::function<Result<void>(Context&)>;

/// Plain data; the table of them is commands.cpp.
struct Command {
  std::string_view words;    ///< "key create"
  std::string_view summary;  ///< a line of the list of commands
  std::string_view example;  ///< a whole command line that works as it stands
  /// Declares the arguments, which fill an input that the action owns.
  Action (*declare)(Arguments& arguments);
  enum class Store { may_be_opened, is_never_opened } store = Store::may_be_opened;
};

}  // namespace applink::cli

// "Are you sure?", and the flag that answers it beforehand.
#pragma once

#include <string>
#include <string_view>

#include "cli/arguments.h"
#include "cli/terminal.h"

namespace applink::cli {

class Confirmation {
 public:
  void declare(Arguments& arguments, std::string help = "do not ask") {
    arguments.flag("-y,--yes", given_, std::move(help));
  }

  /// Fails where the answer is no, or nobody can be asked.
  [[nodiscard]] Result<void> ask(const Terminal& terminal, std::string_view question) const {
    if (given_) return {};
    return terminal.confirm(question, "--yes");
  }

 private:
  bool given_ = false;
};

}  // namespace applink::cli

// The passphrase of the store: from a flag, a variable, or the person at the terminal.
#pragma once

#include <optional>
#include <string>

#include "applink/base/result.h"
#include "applink/base/secret.h"
#include "cli/arguments.h"
#include "cli/environment.h"
#include "cli/secret_source.h"
#include "cli/terminal.h"

namespace applink::cli {

/// What APPLINK_PASSPHRASE_FILE or APPLINK_PASSPHRASE_COMMAND gives; absent where neither is set.
Result<std::optional<Secret>> passphrase_of_variables(const Environment& environment);

class StorePassphrase {
 public:
  /// "--store-passphrase-file FILE", "-fd N" and "-command COMMAND"; and "--passphrase-file" and so
  /// on, where the command has no passphrase of its own by that name.
  void declare(Arguments& arguments);

  /// Whether a flag or a variable says where it comes from.
  [[nodiscard]] bool is_given(const Environment& environment) const;
  /// Whether it is standard input, which then serves for nothing else.
  [[nodiscard]] bool reads_stdin() const { return source_.reads_stdin(); }
  [[nodiscard]] std::string given_flag() const { return source_.given_flag(); }

  /// ErrorCode::locked where nobody can be asked, or nobody answers.
  [[nodiscard]] Result<Secret> read(const Environment& environment, const Terminal& terminal) const;

 private:
  SecretSource source_;
};

}  // namespace applink::cli

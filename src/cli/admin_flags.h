// What an administrator shows who has the other side set by program.
#pragma once

#include <optional>
#include <string>

#include "applink/base/result.h"
#include "applink/jira/admin_rest.h"
#include "applink/jira/application_link.h"
#include "cli/arguments.h"
#include "cli/secret_source.h"
#include "cli/terminal.h"

namespace applink::cli {

class AdminFlags {
 public:
  /// --admin-user with --admin-password-file, -fd or -command, or --admin-token-file, -fd or
  /// -command.
  void declare(Arguments& arguments);

  /// Whether an administrator is named at all.
  [[nodiscard]] bool are_given() const { return user_ || token_.is_given(); }
  /// That there is one of them, shown in one way.
  [[nodiscard]] Result<void> check() const;
  /// "admin", or "the owner of the token".
  [[nodiscard]] std::string who() const;
  /// A password that no flag brings is asked for. ErrorCode::usage where it would go over plain
  /// http to another machine.
  [[nodiscard]] Result<jira::AdminCredentials> credentials(const jira::ApplicationLink& link,
                                                           const Terminal& terminal) const;

 private:
  std::optional<std::string> user_;
  SecretSource password_;
  SecretSource token_;
};

}  // namespace applink::cli

// What a failure is: what failed, what to type next, and what a caller may do about it.
#pragma once

#include <string>
#include <string_view>

namespace applink {

/// A code exists only where a caller acts on it: `cli` turns each into an exit status, and
/// `conflict` makes a writer read again.
enum class ErrorCode {
  failed,       ///< nothing more particular; exit status 1
  usage,        ///< the command line or an argument is wrong; 2
  refused,      ///< the provider answered and said no; 3
  locked,       ///< the store does not open: locked, wrong passphrase, key file missing; 4
  unreachable,  ///< no answer: DNS, TCP, TLS, time limit; 5
  denied,       ///< the user pressed Deny, or did not answer in time; 6
  conflict,     ///< the record changed since it was read, or the name is taken; 1
  bug,          ///< a promise of this program does not hold; 70
  interrupted,  ///< SIGINT or SIGTERM; 130
};

/// `message` says what failed, in lower case and without a full stop; `hint` says what to type or
/// look at next and may be empty. Neither ever holds a secret.
struct Error {
  ErrorCode code = ErrorCode::failed;
  std::string message;
  std::string hint;
};

/// The same error, one storey further up: "CONTEXT: MESSAGE".
Error in_context(std::string_view context, Error error);

}  // namespace applink

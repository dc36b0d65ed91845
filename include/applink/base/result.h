// Result<T>: a value or an Error. Expected failures are values; exceptions do not cross a module.
#pragma once

#include <string>
#include <utility>

#include <tl/expected.hpp>

#include "applink/base/error.h"

namespace applink {

template <class T>
using Result = tl::expected<T, Error>;

/// `return fail(ErrorCode::usage, "…", "…");` in a function that returns a Result.
inline tl::unexpected<Error> fail(ErrorCode code, std::string message, std::string hint = {}) {
  return tl::unexpected(Error{code, std::move(message), std::move(hint)});
}

}  // namespace applink

#define APPLINK_JOIN_(a, b) a##b
#define APPLINK_JOIN(a, b) APPLINK_JOIN_(a, b)

/// Returns the error of `expression`, a Result, to the caller; goes on where there is none.
#define TRY(expression)                                                                \
  if (auto APPLINK_JOIN(try_, __LINE__) = (expression); !APPLINK_JOIN(try_, __LINE__)) \
  return tl::unexpected(std::move(APPLINK_JOIN(try_, __LINE__)).error())

/// `TRY_ASSIGN(const auto key, load_key(path));` – the value, or an early return with the error.
#define TRY_ASSIGN(declaration, expression)                                 \
  auto APPLINK_JOIN(try_, __LINE__) = (expression);                         \
  if (!APPLINK_JOIN(try_, __LINE__))                                        \
    return tl::unexpected(std::move(APPLINK_JOIN(try_, __LINE__)).error()); \
  declaration = std::move(*APPLINK_JOIN(try_, __LINE__))  // NOLINT(bugprone-macro-parentheses)

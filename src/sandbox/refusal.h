// Why a request is refused, before it is decided in what form the client is told.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include <tl/expected.hpp>

#include "applink/oauth1/parameters.h"

namespace applink::sandbox {

/// oauth_problem and what goes with it, in the order in which Jira writes them: that of a Java
/// HashMap.
struct Problem {
  oauth1::Parameters parameters;

  [[nodiscard]] std::string_view name() const;
  /// 400 or 401, as the library behind Jira has it.
  [[nodiscard]] int status() const;
};

/// The product threw where a number was no number.
struct Crash {};

/// The user, or the kind of request, has no right to log in: a 401 that names no problem.
struct LoginRefused {};

using Refusal = std::variant<Problem, Crash, LoginRefused>;

template <class T>
using Checked = tl::expected<T, Refusal>;

/// A problem that says nothing but its name.
tl::unexpected<Refusal> refuse(std::string_view problem);
tl::unexpected<Refusal> refuse(oauth1::Parameters problem_parameters);
tl::unexpected<Refusal> crash();

/// Refuses with parameter_absent and the names that `parameters` lacks.
Checked<void> require(const oauth1::Parameters& parameters,
                      std::initializer_list<std::string_view> names);

/// Names and values, percent-encoded, joined by '=' and '&': net.oauth's form, where a space is
/// %20.
std::string oauth_form(const oauth1::Parameters& parameters);

}  // namespace applink::sandbox

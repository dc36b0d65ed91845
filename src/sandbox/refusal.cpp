// The problems of the OAuth problem reporting extension, as net.oauth makes them.
#include "sandbox/refusal.h"

#include <array>
#include <utility>

#include "applink/oauth1/percent_encoding.h"

namespace applink::sandbox {

std::string_view Problem::name() const {
  return oauth1::find(parameters, "oauth_problem").value_or("");
}

int Problem::status() const {
  constexpr std::array<std::string_view, 5> bad_requests{"parameter_absent", "parameter_rejected",
                                                         "signature_method_rejected",
                                                         "timestamp_refused", "version_rejected"};
  for (const std::string_view bad_request : bad_requests) {
    if (name() == bad_request) return 400;
  }
  return 401;
}

tl::unexpected<Refusal> refuse(oauth1::Parameters problem_parameters) {
  return tl::unexpected<Refusal>(Problem{std::move(problem_parameters)});
}

tl::unexpected<Refusal> refuse(std::string_view problem) {
  return refuse(oauth1::Parameters{{"oauth_problem", std::string(problem)}});
}

tl::unexpected<Refusal> crash() {
  return tl::unexpected<Refusal>(Crash{});
}

Checked<void> require(const oauth1::Parameters& parameters,
                      std::initializer_list<std::string_view> names) {
  std::string absent;
  for (const std::string_view name : names) {
    if (oauth1::find(parameters, name)) continue;
    if (!absent.empty()) absent += '&';
    absent += oauth1::percent_encode(name);
  }
  if (absent.empty()) return {};
  return refuse(
      {{"oauth_parameters_absent", std::move(absent)}, {"oauth_problem", "parameter_absent"}});
}

std::string oauth_form(const oauth1::Parameters& parameters) {
  std::string out;
  for (const oauth1::Parameter& parameter : parameters) {
    if (!out.empty()) out += '&';
    out += oauth1::percent_encode(parameter.name) + '=' + oauth1::percent_encode(parameter.value);
  }
  return out;
}

}  // namespace applink::sandbox

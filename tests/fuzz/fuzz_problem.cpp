// The problem of any response: there is one only where the status says so, and it has a name.
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "applink/oauth1/problem.h"
#include "fuzz/response_of.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const applink::http::Response response = applink::fuzz::response_of(data, size);
  const auto problem = applink::oauth1::problem_of(response);
  if (problem && (problem->name.empty() || response.status < 400)) std::abort();
  if (problem && problem->find("oauth_problem")) std::abort();
  return 0;
}

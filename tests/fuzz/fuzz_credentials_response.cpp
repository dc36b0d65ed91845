// Both kinds of credentials read from any response; what is taken has what the RFC demands.
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "applink/oauth1/credentials_response.h"
#include "fuzz/response_of.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace applink;
  const http::Response response = fuzz::response_of(data, size);
  const auto temporary = oauth1::parse_temporary_credentials(response);
  const auto token = oauth1::parse_token_credentials(response);
  if (temporary && temporary->token.empty()) std::abort();
  if (token && (token->credentials.token.empty() || response.status != 200)) std::abort();
  return 0;
}

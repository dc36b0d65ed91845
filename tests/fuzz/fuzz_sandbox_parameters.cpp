// The sandbox's lenient readers on any bytes, up to the first line feed a header, then a form: what
// they give is UTF-8, has no realm, and is read again when it is written as it should be.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "applink/oauth1/percent_encoding.h"
#include "sandbox/authorization_parameters.h"
#include "sandbox/java_decoding.h"
#include "sandbox/refusal.h"

namespace {

using namespace applink;
using oauth1::Parameters;

http::Request post(std::string_view header, std::string_view body) {
  return {"POST",
          *http::Url::parse("http://127.0.0.1/"),
          {{"Authorization", std::string(header)},
           {"Content-Type", "application/x-www-form-urlencoded"}},
          std::string(body)};
}

std::string strict_header(const Parameters& parameters) {
  std::string out = "OAuth ";
  for (const auto& one : parameters) {
    out += oauth1::percent_encode(one.name) + "=\"" + oauth1::percent_encode(one.value) + "\",";
  }
  return out;
}

void demand(bool condition) {
  if (!condition) std::abort();
}

void demand_utf8(const Parameters& parameters) {
  for (const auto& one : parameters) {
    demand(sandbox::valid_utf8(one.name) == one.name);
    demand(sandbox::valid_utf8(one.value) == one.value);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const std::size_t end = std::min(text.find('\n'), text.size());
  const http::Request request =
      post(text.substr(0, end), text.substr(std::min(end + 1, text.size())));

  if (const auto in_header = sandbox::header_parameters(request.headers)) {
    demand_utf8(*in_header);
    demand(!oauth1::find(*in_header, "realm"));
    const auto again = sandbox::header_parameters(post(strict_header(*in_header), "").headers);
    demand(again == in_header);
  }
  const Parameters in_form = sandbox::form_parameters(request);
  demand_utf8(in_form);
  demand(sandbox::form_parameters(post("", sandbox::oauth_form(in_form))) == in_form);
  sandbox::lenient_base64(text);
  return 0;
}

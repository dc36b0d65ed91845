// The Authorization header (RFC 5849 section 3.5.1): written, and read from foreign hands.
#include "applink/oauth1/authorization_header.h"

#include <cassert>
#include <utility>

#include <fmt/format.h>

#include "applink/base/text.h"
#include "applink/http/message.h"
#include "applink/oauth1/percent_encoding.h"
#include "oauth1/auth_parameters.h"

namespace applink::oauth1 {
namespace {

bool is_realm_name(std::string_view name) {
  return to_lower_ascii(name) == "realm";
}

Result<std::string> quoted_realm(std::string_view realm) {
  std::string quoted = "\"";
  for (const char c : realm) {
    if (c < ' ' || c > '~') {
      return fail(ErrorCode::usage, "the realm has a character that is not printable ASCII");
    }
    if (c == '"' || c == '\\') quoted += '\\';
    quoted += c;
  }
  return quoted + '"';
}

tl::unexpected<Error> malformed(std::string what) {
  return fail(ErrorCode::failed, "the Authorization header is malformed: " + std::move(what),
              "OAuth name=\"value\", name=\"value\" … with each percent-encoded (RFC 5849, 3.5.1)");
}

Result<Parameter> decode(const RawAuthParameter& raw) {
  // A server that decodes in the manner of forms reads a raw "+" as a space: no guessing here.
  auto name = percent_decode(raw.name);
  if (!name) return malformed(fmt::format("name {}: {}", raw.name, name.error().message));
  auto value = percent_decode(raw.value);
  if (!value) return malformed(fmt::format("{}: {}", raw.name, value.error().message));
  return Parameter{std::move(*name), std::move(*value)};
}

Result<void> take_parameter(AuthorizationHeader& header, const RawAuthParameter& raw) {
  if (raw.quoting != Quoting::quoted) {
    return malformed(fmt::format("the value of {} is not in double quotes", raw.name));
  }
  if (is_realm_name(raw.name)) {
    if (header.realm) return malformed("realm is there twice");
    header.realm = unquote(raw.value);
    return {};
  }
  if (header.parameters.size() == most_auth_parameters) {
    return malformed(fmt::format("more than {} parameters", most_auth_parameters));
  }
  TRY_ASSIGN(Parameter parameter, decode(raw));
  header.parameters.push_back(std::move(parameter));
  return {};
}

}  // namespace

//= rfc5849#3.5.1
//# Protocol parameters SHALL be included in the "Authorization" header field as follows
Result<std::string> authorization_header(const Parameters& protocol_parameters,
                                         std::optional<std::string_view> realm) {
  assert(!protocol_parameters.empty());
  std::string header = "OAuth ";
  if (realm) {
    TRY_ASSIGN(const std::string quoted, quoted_realm(*realm));
    header += fmt::format("realm={}, ", quoted);
  }
  //= rfc5849#3.5.1
  //# Parameter names and values are encoded per Parameter Encoding (Section 3.6).
  //= rfc5849#3.5.1
  //# Each parameter's name is immediately followed by an "=" character (ASCII code 61), a """
  //# character (ASCII code 34), the parameter value (MAY be empty), and another """ character
  //# (ASCII code 34).
  std::string_view separator;
  for (const Parameter& parameter : protocol_parameters) {
    header.append(separator).append(percent_encode(parameter.name)).append("=\"");
    header.append(percent_encode(parameter.value)).append("\"");
    separator = ", ";
  }
  return header;
}

//= rfc5849#3.5.1
//# the auth-scheme name set to "OAuth" (case insensitive).
bool is_oauth_authorization(std::string_view header_value) {
  return after_oauth_scheme(header_value).has_value();
}

Result<AuthorizationHeader> parse_authorization_header(std::string_view header_value) {
  if (header_value.size() > longest_auth_header) return malformed("it is longer than 16 KiB");
  const auto items = after_oauth_scheme(header_value);
  if (!items) return malformed("its scheme is not OAuth");
  if (!http::is_field_value(*items)) return malformed("it has a control character");

  AuthorizationHeader header;
  AuthParameterScanner scanner(*items);
  while (const auto raw = scanner.next()) TRY(take_parameter(header, *raw));
  if (scanner.failed()) {
    return malformed(fmt::format("no name=\"value\" where one belongs, at position {} after OAuth",
                                 scanner.position()));
  }
  if (header.parameters.empty()) return malformed("it has no parameters");
  return header;
}

}  // namespace applink::oauth1

// Reads what the flag names, and sets the Content-Type that goes with it.
#include "cli/request_body.h"

#include <fmt/format.h>

#include "applink/base/text.h"
#include "applink/http/form.h"
#include "cli/input.h"

namespace applink::cli {
namespace {

/// "@FILE" stands for what is in the file, as with curl.
Result<std::string> typed_or_file(const std::string& text) {
  return text.starts_with('@') ? read_input(text.substr(1), largest_body) : text;
}

Result<std::string> encoded_form(const std::vector<std::string>& fields) {
  std::vector<http::FormPair> pairs;
  for (const std::string& field : fields) {
    const auto sign = field.find('=');
    if (sign == std::string::npos || sign == 0) {
      return fail(ErrorCode::usage, fmt::format("not NAME=VALUE: {}", terminal_safe(field)),
                  "--form-urlencoded summary='a & b'");
    }
    pairs.push_back({field.substr(0, sign), field.substr(sign + 1)});
  }
  return http::encode_form(pairs);
}

}  // namespace

Result<Body> body_of(const BodyFlags& flags) {
  const int given = (flags.data ? 1 : 0) + (flags.data_file ? 1 : 0) + (flags.json ? 1 : 0) +
                    (flags.form.empty() ? 0 : 1);
  if (given > 1) {
    return fail(ErrorCode::usage, "a call has one body",
                "one of --data, --data-file, --json and --form-urlencoded");
  }
  Body body;
  if (flags.data) {
    TRY_ASSIGN(body.bytes, typed_or_file(*flags.data));
  }
  if (flags.data_file) {
    TRY_ASSIGN(body.bytes, read_input(*flags.data_file, largest_body));
  }
  if (flags.json) {
    TRY_ASSIGN(body.bytes, typed_or_file(*flags.json));
    body.content_type = "application/json";
  }
  if (!flags.form.empty()) {
    TRY_ASSIGN(body.bytes, encoded_form(flags.form));
    body.content_type = "application/x-www-form-urlencoded";
  }
  return body;
}

}  // namespace applink::cli

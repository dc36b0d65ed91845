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

Result<std::string> encoded_form(const BodyFlags& flags) {
  std::vector<http::FormPair> pairs;
  for (const std::string& field : flags.form) {
    const auto sign = field.find('=');
    if (sign == std::string::npos || sign == 0) {
      return fail(ErrorCode::usage, fmt::format("not NAME=VALUE: {}", terminal_safe(field)),
                  fmt::format("{} summary='a & b'", flags.form_flag));
    }
    pairs.push_back({field.substr(0, sign), field.substr(sign + 1)});
  }
  return http::encode_form(pairs);
}

Result<void> check_one_given(const BodyFlags& flags) {
  std::vector<std::string_view> given;
  if (flags.data) given.emplace_back("--data");
  if (flags.data_file) given.emplace_back("--data-file");
  if (flags.json) given.emplace_back("--json");
  if (!flags.form.empty()) given.push_back(flags.form_flag);
  if (given.size() < 2) return {};
  return fail(ErrorCode::usage, "a call has one body",
              fmt::format("keep one of {}", fmt::join(given, ", ")));
}

}  // namespace

bool reads_stdin(const BodyFlags& flags) {
  return flags.data == "@-" || flags.data_file == "-" || flags.json == "@-";
}

Result<Body> body_of(const BodyFlags& flags) {
  TRY(check_one_given(flags));
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
    TRY_ASSIGN(body.bytes, encoded_form(flags));
    body.content_type = "application/x-www-form-urlencoded";
  }
  return body;
}

}  // namespace applink::cli

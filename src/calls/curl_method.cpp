// The method of a transfer: -X, or what -I, -d, -F and -T bring with them.
#include "calls/curl_method.h"

#include <algorithm>

#include <fmt/format.h>

#include "applink/http/message.h"

namespace applink::calls {
namespace {

std::string_view in_words(CurlSends sends) {
  switch (sends) {
    case CurlSends::get:
      return "a GET (-G)";
    case CurlSends::head:
      return "a HEAD (-I)";
    case CurlSends::multipart:
      return "a multipart body (-F)";
    case CurlSends::data:
      return "data (-d)";
    case CurlSends::upload:
      return "an upload (-T)";
    case CurlSends::unsaid:
      break;
  }
  return "a GET";
}

class MethodReader {
 public:
  Result<void> read(const CurlWord& word) {
    switch (word.option->effect) {
      case CurlEffect::head:
        no_body_ = word.on();
        return choose(no_body_ ? CurlSends::head : CurlSends::get);
      case CurlEffect::get:
        get_ = word.on();
        return {};
      case CurlEffect::form:
        return choose(CurlSends::multipart);
      case CurlEffect::upload:
        uploads_ = uploads_ || !word.value.empty();
        return {};
      case CurlEffect::request:
        return custom(word);
      default:
        has_data_ = has_data_ || is_curl_data(word);
        return {};
    }
  }

  Result<CurlMethod> finish() {
    method_.data_in_query = has_data_ && get_;
    if (method_.data_in_query) TRY(choose(no_body_ ? CurlSends::head : CurlSends::get));
    if (has_data_ && !get_) TRY(choose(CurlSends::data));
    if (uploads_) TRY(choose(CurlSends::upload));
    return std::move(method_);
  }

 private:
  Result<void> choose(CurlSends sends) {
    if (method_.sends != CurlSends::unsaid && method_.sends != sends) {
      return fail(ErrorCode::usage,
                  fmt::format("curl does not send {} and {} at once", in_words(method_.sends),
                              in_words(sends)),
                  "keep one of them, and begin another transfer with --next");
    }
    method_.sends = sends;
    return {};
  }

  Result<void> custom(const CurlWord& word) {
    if (!http::is_token(word.value)) {
      return fail(ErrorCode::usage, fmt::format("{} names no method", name_of(word)),
                  "write it as -X PUT");
    }
    method_.custom = word.value;
    return {};
  }

  CurlMethod method_;
  bool get_ = false;
  bool no_body_ = false;
  bool has_data_ = false;
  bool uploads_ = false;
};

}  // namespace

bool is_curl_data(const CurlWord& word) {
  switch (word.option->effect) {
    case CurlEffect::data:
    case CurlEffect::data_binary:
    case CurlEffect::data_raw:
    case CurlEffect::data_urlencode:
    case CurlEffect::json:
      return true;
    default:
      return false;
  }
}

Result<CurlMethod> curl_method(std::span<const CurlWord> words) {
  MethodReader reader;
  for (const auto& word : words) TRY(reader.read(word));
  return reader.finish();
}

std::string method_name(const CurlMethod& method, CurlSends sends) {
  if (method.custom) return *method.custom;
  switch (sends) {
    case CurlSends::head:
      return "HEAD";
    case CurlSends::multipart:
    case CurlSends::data:
      return "POST";
    case CurlSends::upload:
      return "PUT";
    case CurlSends::unsaid:
    case CurlSends::get:
      break;
  }
  return "GET";
}

}  // namespace applink::calls

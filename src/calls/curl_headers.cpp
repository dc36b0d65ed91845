// -H 'Name: value', 'Name;' for an empty value, 'Name:' to remove a field, @FILE with one a line.
#include "calls/curl_headers.h"

#include <algorithm>

#include <fmt/format.h>

#include "applink/base/text.h"
#include "applink/http/message.h"

namespace applink::calls {
namespace {

struct HeaderField {
  std::string_view name;
  std::string_view value;
  bool sent = true;  ///< else it is only removed
};

bool is_blank(std::string_view text) {
  return text.find_first_not_of(" \t") == std::string_view::npos;
}

bool has_control_character(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == '\x7f';
  });
}

/// None where curl sends nothing for the text.
std::optional<HeaderField> field_of(std::string_view text) {
  if (const auto colon = text.find(':'); colon != std::string_view::npos) {
    const auto value = trim_ascii(text.substr(colon + 1));
    return HeaderField{text.substr(0, colon), value, !value.empty()};
  }
  const auto semicolon = text.find(';');
  if (semicolon == std::string_view::npos || !is_blank(text.substr(semicolon + 1))) {
    return std::nullopt;
  }
  return HeaderField{text.substr(0, semicolon), {}, true};
}

class HeaderReader {
 public:
  explicit HeaderReader(CurlPurpose purpose) : purpose_(purpose) {}

  Result<void> read(const CurlWord& word, std::string_view text) {
    if (has_control_character(text)) {
      return fail(ErrorCode::usage,
                  fmt::format("a header of {} holds a control character", name_of(word)),
                  "write one header field, on one line");
    }
    const auto field = field_of(text);
    if (!field) return {};
    if (!http::is_token(field->name)) {
      return fail(ErrorCode::usage,
                  fmt::format("{} names no header field: \"{}\"", name_of(word),
                              terminal_safe(field->name)),
                  "write it as 'Name: value'");
    }
    return take(word, *field);
  }

  CurlHeaders finish() { return std::move(headers_); }

 private:
  Result<void> take(const CurlWord& word, const HeaderField& field) {
    const auto name = to_lower_ascii(field.name);
    if (name == "authorization") return authorization(word, field);
    TRY(check_framing(name, field));
    if (word.option->name == "proxy-header") {
      if (name != "content-type") return {};
      return fail(ErrorCode::usage,
                  "--proxy-header sets Content-Type, which a plain proxy passes on",
                  "give it with -H");
    }
    if (name == "accept") headers_.settles_accept = true;
    if (name != "content-type") return {};
    if (field.sent && headers_.content_type) {
      return fail(ErrorCode::usage, "two header fields give a Content-Type",
                  "leave one of them out");
    }
    headers_.settles_content_type = true;
    if (field.sent) headers_.content_type = std::string(field.value);
    return {};
  }

  Result<void> authorization(const CurlWord& word, const HeaderField& field) {
    if (purpose_ != CurlPurpose::inspection) {
      return fail(ErrorCode::usage,
                  fmt::format("{} sets Authorization, where the signature goes", name_of(word)),
                  "leave that header out");
    }
    if (headers_.authorization && field.sent) {
      return fail(ErrorCode::usage, "two header fields give an Authorization",
                  "leave one of them out");
    }
    if (field.sent) headers_.authorization = std::string(field.value);
    return {};
  }

  /// What says where a message ends and whom it is for.
  static Result<void> check_framing(std::string_view name, const HeaderField& field) {
    if (name == "host") {
      return fail(ErrorCode::usage,
                  "a Host header names another host than the URL, and the "
                  "signature covers the host",
                  "write the host into the URL; --resolve and --connect-to lead elsewhere");
    }
    if (name == "content-length") {
      return fail(ErrorCode::usage, "a Content-Length header may cut the body off",
                  "leave it out: curl counts for itself");
    }
    if (name == "transfer-encoding" && field.sent && to_lower_ascii(field.value) != "chunked") {
      return fail(ErrorCode::usage, "a Transfer-Encoding header promises what curl does not do",
                  "leave it out, or write chunked");
    }
    return {};
  }

  CurlPurpose purpose_;
  CurlHeaders headers_;
};

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const auto end = std::min(text.find_first_of("\r\n"), text.size());
    if (end > 0) lines.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

}  // namespace

Result<CurlHeaders> read_curl_headers(std::span<const CurlWord> words, CurlFiles& files,
                                      CurlPurpose purpose) {
  HeaderReader reader(purpose);
  for (const auto& word : words) {
    if (!word.is(CurlEffect::header)) continue;
    if (!word.value.starts_with('@')) {
      TRY(reader.read(word, word.value));
      continue;
    }
    TRY_ASSIGN(const auto text, files.read(word.value.substr(1)));
    for (const auto line : lines_of(text)) TRY(reader.read(word, line));
  }
  return reader.finish();
}

Result<std::vector<CurlWord>> with_headers_written_out(std::vector<CurlWord> words,
                                                       CurlFiles& files) {
  std::vector<CurlWord> all;
  for (auto& word : words) {
    if (!word.is(CurlEffect::header) || !reads_once(word)) {
      all.push_back(std::move(word));
      continue;
    }
    TRY_ASSIGN(const auto text, files.read(word.value.substr(1)));
    for (const auto line : lines_of(text)) {
      if (line.starts_with('@') || line.find('\0') != std::string_view::npos) {
        return fail(
            ErrorCode::usage,
            fmt::format("the file of {} holds a line that is no header field", name_of(word)),
            "write one 'Name: value' a line");
      }
      all.push_back({word.option, std::string(line)});
    }
  }
  return all;
}

}  // namespace applink::calls

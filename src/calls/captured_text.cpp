// Lines out of messages, indented or folded ones, and of `curl -v`.
#include "calls/captured_text.h"

#include <algorithm>

#include "applink/base/text.h"

namespace applink::calls {
namespace {

constexpr std::string_view blanks = " \t";

/// Takes the next line off `rest`, without its CRLF or LF.
std::string_view take_line(std::string_view& rest) {
  const auto end = std::min(rest.find('\n'), rest.size());
  auto line = rest.substr(0, end);
  rest.remove_prefix(std::min(end + 1, rest.size()));
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

std::string_view without_blank_lines(std::string_view text) {
  while (!text.empty()) {
    std::string_view rest = text;
    if (!trim_ascii(take_line(rest)).empty()) break;
    text = rest;
  }
  return text;
}

/// As printed in a document: every line begins with the blanks of the first one.
std::string without_indentation(std::string_view text) {
  const auto indent = std::min(text.find_first_not_of(blanks), text.size());
  if (indent == 0) return std::string(text);
  std::string plain;
  while (!text.empty()) {
    const auto end = std::min(text.find('\n'), text.size() - 1) + 1;
    const auto line = text.substr(0, end);
    plain += line.substr(std::min({indent, line.find_first_not_of(blanks), line.size()}));
    text.remove_prefix(end);
  }
  return plain;
}

bool is_of_curl(std::string_view text) {
  return text.starts_with("* ") || text.starts_with("> ") || text.starts_with("Note: ");
}

/// The lines that curl sent, and what it says of the connection before them.
struct Sent {
  std::string message;
  std::optional<std::string> scheme;
};

Sent sent_by_curl(std::string_view text) {
  Sent sent;
  while (!text.empty()) {
    const auto line = take_line(text);
    if (line.starts_with('>')) {
      sent.message += line.substr(line.starts_with("> ") ? 2 : 1);
      sent.message += '\n';
      if (trim_ascii(line.substr(1)).empty()) break;
    } else if (line.starts_with("* SSL connection using")) {
      sent.scheme = "https";
    } else if (line.starts_with("* Connected to") && !sent.scheme) {
      sent.scheme = "http";
    }
  }
  if (sent.message.empty()) sent.scheme.reset();
  return sent;
}

//= rfc9112#5.2
//# replace each received obs-fold with one or more SP octets prior to interpreting the field value
void add_field(std::vector<std::string>& fields, std::string_view line) {
  const bool is_folded = blanks.find(line.front()) != std::string_view::npos;
  if (!is_folded || fields.empty()) {
    fields.emplace_back(line);
    return;
  }
  fields.back() += ' ';
  fields.back() += trim_ascii(line);
}

}  // namespace

Result<CapturedText> captured_text(std::string_view text) {
  text = without_blank_lines(text);
  CapturedText captured;
  std::string message;
  if (is_of_curl(text)) {
    Sent sent = sent_by_curl(text);
    message = std::move(sent.message);
    captured.scheme = std::move(sent.scheme);
    captured.has_body_in_it = false;
  } else {
    message = without_indentation(text);
  }
  std::string_view rest = message;
  captured.request_line = take_line(rest);
  while (!rest.empty()) {
    const auto line = take_line(rest);
    if (trim_ascii(line).empty()) break;
    add_field(captured.fields, line);
  }
  captured.body = rest;
  if (!captured.request_line.empty()) return captured;
  return fail(ErrorCode::usage, "there is no request in it",
              "give a whole HTTP message, the output of curl -v, or a curl command");
}

}  // namespace applink::calls

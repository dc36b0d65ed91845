// Tells a curl command from an HTTP message by its first word.
#include "applink/calls/captured_request.h"

#include <algorithm>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "applink/base/text.h"
#include "applink/calls/shell_words.h"

namespace applink::calls {
namespace {

/// "curl", "/usr/bin/curl", "curl.exe".
bool names_curl(std::string_view word) {
  word.remove_prefix(std::min(word.find_last_of("/\\") + 1, word.size()));
  return word == "curl" || word == "curl.exe";
}

std::string_view without_prompt(std::string_view text) {
  text = trim_ascii(text);
  if (text.starts_with("$ ")) text.remove_prefix(2);
  return trim_ascii(text);
}

bool is_curl_command(std::string_view text) {
  const auto first = text.substr(0, text.find_first_of(" \t\r\n"));
  return names_curl(first);
}

void add_note_on_body(CapturedRequest& captured, CurlBody body) {
  if (body != CurlBody::multipart && body != CurlBody::upload) return;
  captured.notes.emplace_back(
      "the body is not looked at: no signature covers it, unless there is oauth_body_hash");
}

Result<CapturedRequest> of_command(std::string_view command, CurlFiles& files) {
  TRY_ASSIGN(const auto words, shell_words(command));
  TRY_ASSIGN(CurlCommand read,
             read_curl_arguments(std::span(words).subspan(1), files, CurlPurpose::inspection));
  if (read.transfers.size() != 1) {
    return fail(ErrorCode::usage,
                fmt::format("the command makes {} requests", read.transfers.size()),
                "give the command with one URL alone");
  }
  CurlTransfer& transfer = read.transfers.front();
  CapturedRequest captured{std::move(transfer.request), std::move(read.notes)};
  captured.notes.insert(captured.notes.end(), transfer.notes.begin(), transfer.notes.end());
  add_note_on_body(captured, transfer.body);
  return captured;
}

}  // namespace

Result<CapturedRequest> captured_request(std::string_view text, const CapturedOrigin& origin,
                                         CurlFiles& files) {
  const auto command = without_prompt(text);
  if (is_curl_command(command)) return of_command(command, files);
  return captured_message(text, origin);
}

}  // namespace applink::calls

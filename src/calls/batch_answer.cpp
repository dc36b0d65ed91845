// From the line to the request, from the request to its signature, from there to the answer.
#include "calls/batch_answer.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "applink/http/form.h"
#include "applink/http/message.h"
#include "applink/jira/request_url.h"
#include "applink/oauth1/sign.h"
#include "calls/batch_line.h"
#include "calls/body_type.h"

namespace applink::calls {
namespace {

using nlohmann::json;

std::string_view word_of(ErrorCode code) {
  switch (code) {
    case ErrorCode::failed:
      return "failed";
    case ErrorCode::usage:
      return "usage";
    case ErrorCode::refused:
      return "refused";
    case ErrorCode::locked:
      return "locked";
    case ErrorCode::unreachable:
      return "unreachable";
    case ErrorCode::denied:
      return "denied";
    case ErrorCode::conflict:
      return "conflict";
    case ErrorCode::bug:
      return "bug";
    case ErrorCode::interrupted:
      return "interrupted";
  }
  return {};
}

bool needs_the_library(char c) {
  return c < ' ' || c > '~' || c == '\\';
}

/// Signatures are printable ASCII, which is copied by the piece: the JSON library weighs every
/// byte. Bytes that are no UTF-8 become U+FFFD.
std::string json_string(std::string_view text) {
  if (std::count_if(text.begin(), text.end(), needs_the_library) > 0) {
    return json(text).dump(-1, ' ', false, json::error_handler_t::replace);
  }
  std::string quoted = "\"";
  quoted.reserve(text.size() + 32);
  for (auto quote = text.find('"'); quote != std::string_view::npos; quote = text.find('"')) {
    quoted.append(text.substr(0, quote)).append("\\\"");
    text.remove_prefix(quote + 1);
  }
  return quoted.append(text).append("\"");
}

class AnswerLine {
 public:
  explicit AnswerLine(std::string_view id) : text_(fmt::format(R"({{"id":{})", id)) {}

  AnswerLine& add(std::string_view name, std::string_view value) {
    text_ += fmt::format(R"(,"{}":{})", name, json_string(value));
    return *this;
  }
  AnswerLine& add(const Error& error) {
    text_ += fmt::format(R"(,"error":{{"code":{},"message":{},"hint":{}}})",
                         json_string(word_of(error.code)), json_string(error.message),
                         json_string(error.hint));
    return *this;
  }
  [[nodiscard]] std::string line() const { return text_ + "}\n"; }

 private:
  std::string text_;
};

/// Empty where there is no body. One without a type is a form, unless it looks like JSON: that
/// would be a wrong guess, and so a wrong signature.
Result<std::string> content_type_of(const BatchRequest& asked) {
  if (asked.form && (asked.body || asked.content_type)) {
    return fail(ErrorCode::usage, "form stands for both body and content_type",
                "leave out what is said twice");
  }
  if (asked.content_type && !http::is_field_value(*asked.content_type)) {
    return fail(ErrorCode::usage, "content_type has a character that no header may hold",
                R"(write it as "content_type": "application/json")");
  }
  if (asked.content_type) return *asked.content_type;
  const auto body = asked.body.value_or("");
  if (looks_like_json(body)) {
    return fail(
        ErrorCode::usage, "the body looks like JSON, and without content_type it counts as a form",
        fmt::format(R"("content_type": "application/json", or "{}")", http::form_media_type));
  }
  return std::string(asked.form || !body.empty() ? http::form_media_type : "");
}

Result<http::Request> request_of(const BatchRequest& asked, const jira::ApplicationLink& link) {
  TRY_ASSIGN(auto target, jira::request_url(link, asked.url));
  TRY_ASSIGN(auto content_type, content_type_of(asked));
  http::Request request{asked.method, std::move(target.url), {}, asked.body.value_or("")};
  if (asked.form) request.body = http::encode_form(*asked.form);
  if (!content_type.empty()) request.headers.add("Content-Type", std::move(content_type));
  return request;
}

/// A callback asks for temporary credentials, where there is no token yet.
signing::Credentials credentials_for(const BatchRequest& asked, const signing::Credentials& usual) {
  if (asked.callback) return {.callback = asked.callback};
  return {.token = usual.token,
          .token_secret = usual.token_secret.copy(),
          .callback = usual.callback,
          .verifier = asked.verifier ? asked.verifier : usual.verifier,
          .session_handle = usual.session_handle};
}

signing::SigningChoices choices_for(const BatchRequest& asked, signing::SigningChoices usual) {
  if (asked.nonce) usual.nonce = asked.nonce;
  if (asked.timestamp) usual.timestamp = asked.timestamp;
  if (asked.realm) usual.realm = asked.realm;
  return usual;
}

struct Answered {
  oauth1::Signature signature;
  http::Request request;  ///< as it is to be sent
};

Result<Answered> signed_request(const BatchRequest& asked, const BatchSigner& by) {
  TRY_ASSIGN(http::Request request, request_of(asked, by.signer.link()));
  const auto choices = choices_for(asked, by.options.choices);
  TRY_ASSIGN(auto signature,
             by.signer.signature(request, credentials_for(asked, by.credentials), choices));
  TRY_ASSIGN(request, by.signer.placed(std::move(request), signature, choices));
  return Answered{std::move(signature), std::move(request)};
}

BatchAnswer refusal(std::string_view id, Error error, const BatchSigner& by) {
  if (by.options.in_words) error = by.options.in_words(std::move(error));
  return {AnswerLine(id).add(error).line(), BatchAnswer::Outcome::failed};
}

Error too_long() {
  return {ErrorCode::usage, fmt::format("the line is longer than {} bytes", longest_batch_line),
          "sign it by itself: applink sign --data-file FILE"};
}

}  // namespace

BatchAnswer answer_to(const LineReader::Line& line, const BatchSigner& by) {
  if (line.too_long) return refusal("null", too_long(), by);
  const BatchLine asked = read_batch_line(line.text);
  if (!asked.request) return refusal(asked.id, asked.request.error(), by);
  const auto answered = signed_request(*asked.request, by);
  if (!answered) return refusal(asked.id, answered.error(), by);

  const auto& [signature, request] = *answered;
  AnswerLine answer(asked.id);
  if (const auto header = request.headers.find("Authorization")) {
    answer.add("authorization", *header);
  }
  answer.add("base_string", signature.base_string).add("signature", signature.value);
  if (request.url.text() != asked.request->url) answer.add("url", request.url.text());
  if (request.body != asked.request->body.value_or("")) answer.add("body", request.body);
  return {answer.line(), BatchAnswer::Outcome::done};
}

}  // namespace applink::calls

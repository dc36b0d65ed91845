// A judgement as rows and as JSON.
#include "cli/verification.h"

#include <fmt/format.h>

#include "applink/base/text.h"
#include "applink/oauth1/base_string_uri.h"
#include "cli/layout.h"

namespace applink::cli {
namespace {

using Meanings = std::vector<Meaning>;
using Signature = calls::Judgement::Signature;

std::string_view to_string(Signature signature) {
  switch (signature) {
    case Signature::right:
      return "right";
    case Signature::wrong:
      return "wrong";
    case Signature::unchecked:
      break;
  }
  return "unchecked";
}

std::string why(const calls::Judgement& judgement) {
  return judgement.mistake ? judgement.mistake->words : judgement.diagnosis;
}

std::optional<std::string> value_of(const Verification& verification, std::string_view name) {
  const auto value = oauth1::find(verification.judgement.protocol_parameters, name);
  if (!value) return std::nullopt;
  return std::string(*value);
}

/// The method, and the URL without its query, which may hold a token.
std::string asked(const http::Request& request) {
  return fmt::format("{} {}", request.method, oauth1::base_string_uri(request.url));
}

std::string words_on_token(const Verification& verification) {
  const auto token = value_of(verification, "oauth_token");
  if (!token) return "none was sent";
  return token->empty() ? "an empty one: the client speaks for itself" : "one was sent";
}

void add(Meanings& rows, std::string_view label, std::string_view text) {
  if (!text.empty()) rows.push_back({std::string(label), terminal_safe(text)});
}

void add_request(Meanings& rows, const Verification& verification) {
  if (!verification.request) return;
  add(rows, "request", asked(*verification.request));
  add(rows, "method", value_of(verification, "oauth_signature_method").value_or(""));
  add(rows, "consumer key", value_of(verification, "oauth_consumer_key").value_or(""));
  if (!verification.judgement.protocol_parameters.empty()) {
    add(rows, "token", words_on_token(verification));
  }
}

Json json_of(const std::vector<calls::Finding>& findings) {
  Json array = Json::array();
  for (const auto& [name, words] : findings) {
    Json finding;
    finding["name"] = name;
    finding["words"] = words;
    array.push_back(std::move(finding));
  }
  return array;
}

Json json_of(const std::optional<std::string>& text) {
  return text ? Json(*text) : Json(nullptr);
}

std::string_view remedy(std::string_view objection, const calls::Judgement& judgement) {
  if (judgement.protocol_parameters.empty()) {
    return "nothing of OAuth is in it: give the Authorization header too, -H 'Authorization: OAuth "
           "…'";
  }
  if (objection == "stale timestamp") return "to judge it as of another moment: --now TIME";
  if (objection == "unsupported signature method") {
    return "--public-key FILE checks RSA; --consumer-secret-file and --token-secret-file check "
           "HMAC "
           "and PLAINTEXT";
  }
  if (objection == "unknown client") return "name the link that signed: -l LINK";
  return "sign it anew without what is objected to";
}

}  // namespace

std::string as_text(const Verification& verification) {
  const auto& judgement = verification.judgement;
  Meanings rows{{"verdict", judgement.valid() ? "valid" : "not valid"},
                {"signature", std::string(to_string(judgement.signature))}};
  add(rows, "why", why(judgement));
  for (const auto& objection : judgement.objections) add(rows, "objection", objection.words);
  for (const auto& objection : judgement.of_atlassian) add(rows, "Jira", objection.words);
  add_request(rows, verification);
  add(rows, "checked with", verification.checked_with);
  for (const std::string& note : verification.notes) add(rows, "note", note);
  return explained(rows);
}

Json as_json(const Verification& verification) {
  const auto& judgement = verification.judgement;
  Json object;
  object["valid"] = judgement.valid();
  object["signature"] = to_string(judgement.signature);
  object["mistakes"] =
      Json::array(judgement.mistake ? judgement.mistake->names : std::vector<std::string>());
  object["why"] = json_or_null(why(judgement));
  object["objections"] = json_of(judgement.objections);
  object["atlassian"] = json_of(judgement.of_atlassian);
  const auto& request = verification.request;
  object["method"] = request ? Json(request->method) : Json(nullptr);
  object["url"] = request ? Json(oauth1::base_string_uri(request->url)) : Json(nullptr);
  object["signature_method"] = json_of(value_of(verification, "oauth_signature_method"));
  object["consumer_key"] = json_of(value_of(verification, "oauth_consumer_key"));
  object["checked_with"] = verification.checked_with;
  object["notes"] = Json::array(verification.notes);
  return object;
}

Error invalid(const Verification& verification) {
  const auto& judgement = verification.judgement;
  const bool is_wrong = judgement.signature == Signature::wrong;
  if (!is_wrong && !judgement.objections.empty()) {
    const auto& [name, words] = judgement.objections.front();
    return {ErrorCode::failed, fmt::format("the request is not valid: {}", terminal_safe(words)),
            std::string(remedy(name, judgement))};
  }
  return {ErrorCode::failed,
          fmt::format("the request is not valid: {}", terminal_safe(why(judgement))),
          "what is to be signed: --base-string; how a server's differs: --diff ANSWER"};
}

}  // namespace applink::cli

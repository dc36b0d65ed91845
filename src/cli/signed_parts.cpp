// One part of a signed request each, and all of them as JSON.
#include "cli/signed_parts.h"

#include <fmt/format.h>

#include "applink/calls/curl_command.h"
#include "applink/calls/shell_quote.h"
#include "applink/signing/computation.h"
#include "applink/signing/request_signer.h"
#include "cli/json_text.h"
#include "jira/words.h"

namespace applink::cli {
namespace {

constexpr jira::Words<SignedPart, 7> part_words{{{SignedPart::header, "header"},
                                                 {SignedPart::signature, "signature"},
                                                 {SignedPart::base_string, "base-string"},
                                                 {SignedPart::url, "url"},
                                                 {SignedPart::body, "body"},
                                                 {SignedPart::curl, "curl"},
                                                 {SignedPart::json, "json"}}};

std::string_view source_word(signing::ParameterSource source) {
  switch (source) {
    case signing::ParameterSource::query:
      return "query";
    case signing::ParameterSource::signature:
      return "signature";
    case signing::ParameterSource::form_body:
      return "body";
  }
  return {};
}

Json parameters_of(const signing::Computation& computation) {
  Json all = Json::array();
  for (const auto& parameter : computation.parameters) {
    Json one;
    one["name"] = parameter.name;
    one["value"] = parameter.value;
    one["from"] = source_word(parameter.source);
    all.push_back(std::move(one));
  }
  return all;
}

Result<std::string> as_json(const SignedRequest& made) {
  const auto rule = signing::form_body_rule(made.link.product);
  TRY_ASSIGN(const auto computation,
             signing::computation_of(made.unsigned_request, made.signature, rule));
  const auto authorization = made.request.headers.find("Authorization");
  const auto content_type = made.request.headers.find("Content-Type");
  Json json;
  json["method"] = made.request.method;
  json["url"] = made.request.url.text();
  json["authorization"] = authorization ? Json(*authorization) : Json();
  json["content_type"] = content_type ? Json(*content_type) : Json();
  json["body"] = json_or_null(made.request.body);
  json["signature_method"] = oauth1::to_string(made.link.signature_method);
  json["placement"] = oauth1::to_string(made.signature.placement);
  json["form_bodies_signed"] = rule == oauth1::FormBodyRule::post_only ? "of POST" : "of all";
  json["parameters"] = parameters_of(computation);
  json["base_string"] = made.signature.base_string;
  json["signature"] = made.signature.value;
  return json_text("signed_request", std::move(json));
}

Result<std::string> header_line(const SignedRequest& made) {
  if (made.signature.placement == oauth1::Placement::header) {
    return fmt::format("Authorization: {}\n",
                       made.request.headers.find("Authorization").value_or(""));
  }
  const auto place = oauth1::to_string(made.signature.placement);
  return fail(ErrorCode::usage,
              fmt::format("the signature goes into the {}, so there is no header", place),
              fmt::format("--print {}, or --placement header",
                          jira::word_of(part_words, usual_part(made.signature.placement))));
}

Result<std::string> curl_line(const SignedRequest& made) {
  TRY_ASSIGN(auto line, calls::shell_command(calls::Shell::sh, "curl",
                                             calls::curl_arguments_of(made.request)));
  return line + "\n";
}

}  // namespace

Result<SignedPart> signed_part_named(std::string_view word) {
  return jira::value_named(part_words, "a part of a signed request", word);
}

SignedPart usual_part(oauth1::Placement placement) {
  switch (placement) {
    case oauth1::Placement::query:
      return SignedPart::url;
    case oauth1::Placement::body:
      return SignedPart::body;
    case oauth1::Placement::header:
      break;
  }
  return SignedPart::header;
}

bool shows_signature(SignedPart part, oauth1::Placement placement) {
  if (part == SignedPart::signature || part == SignedPart::curl || part == SignedPart::json) {
    return true;
  }
  return part == usual_part(placement);
}

Result<std::string> printed(SignedPart part, const SignedRequest& made) {
  switch (part) {
    case SignedPart::header:
      return header_line(made);
    case SignedPart::signature:
      return made.signature.value + "\n";
    case SignedPart::base_string:
      return made.signature.base_string + "\n";
    case SignedPart::url:
      return made.request.url.text() + "\n";
    case SignedPart::body:
      return made.request.body;
    case SignedPart::curl:
      return curl_line(made);
    case SignedPart::json:
      return as_json(made);
  }
  return fail(ErrorCode::bug, "a part without a name");
}

}  // namespace applink::cli

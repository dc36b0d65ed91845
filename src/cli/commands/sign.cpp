// applink sign METHOD URL
#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "applink/base/text.h"
#include "applink/http/form.h"
#include "applink/jira/request_url.h"
#include "calls/body_type.h"
#include "cli/arguments.h"
#include "cli/client.h"
#include "cli/commands/all.h"
#include "cli/context.h"
#include "cli/input.h"
#include "cli/request_body.h"
#include "cli/sign_batch.h"
#include "cli/sign_explanation.h"
#include "cli/signed_parts.h"
#include "cli/signing_words.h"

namespace applink::cli {
namespace {

constexpr std::size_t longest_base_string = std::size_t{1} << 20;

struct Input {
  std::optional<std::string> method;
  std::optional<std::string> path_or_url;
  ClientFlags client;
  BodyFlags body{.form_flag = "--form"};
  std::optional<std::string> content_type;
  std::optional<SignedPart> part;
  std::optional<std::string> base_string_file;
  bool batch = false;
  std::optional<std::string> jobs;
  bool explain = false;
  bool reveal_secrets = false;
};

Result<void> check(const Input& input) {
  if (!input.method || !input.path_or_url) {
    return fail(ErrorCode::usage, input.method ? "URL is missing" : "METHOD and URL are missing",
                "applink sign GET https://jira.example.com/jira/rest/api/2/myself");
  }
  if (input.explain && input.part) {
    return fail(ErrorCode::usage, "--explain shows every part, and --print one",
                "say one of the two");
  }
  auto readers = input.client.readers_of_stdin();
  if (reads_stdin(input.body)) readers.emplace_back("the body");
  return check_readers_of_stdin(readers);
}

/// A guess that is wrong would give a signature that is wrong.
Result<std::string> content_type_of(const Input& input, const Body& body) {
  if (!body.content_type.empty() && input.content_type) {
    return fail(ErrorCode::usage, "--form says what the body is already",
                "leave --content-type out, or give the body with --data");
  }
  if (!body.content_type.empty()) return body.content_type;
  if (input.content_type) {
    if (http::is_field_value(*input.content_type)) return *input.content_type;
    return fail(ErrorCode::usage,
                fmt::format("\"{}\" is no content type", terminal_safe(*input.content_type)),
                "--content-type application/json");
  }
  if (body.bytes.empty()) return std::string();
  if (!calls::looks_like_json(body.bytes)) return std::string(http::form_media_type);
  return fail(ErrorCode::usage, "the body looks like JSON, and without a type it counts as a form",
              "--content-type application/json, or application/x-www-form-urlencoded");
}

Result<http::Request> request_of(const Input& input, const jira::ApplicationLink& link,
                                 Context& context) {
  TRY_ASSIGN(auto url, jira::request_url(link, *input.path_or_url));
  for (const auto& note : url.notes) context.console().narrate(note);
  warn_of_plain_http(context, url.url);
  TRY_ASSIGN(auto body, body_of(input.body));
  TRY_ASSIGN(auto content_type, content_type_of(input, body));
  http::Request request{*input.method, std::move(url.url), {}, std::move(body.bytes)};
  if (!content_type.empty()) request.headers.add("Content-Type", std::move(content_type));
  return request;
}

Result<void> check_revealing(const Input& input, oauth1::SignatureMethod method) {
  return check_revealing(method, input.reveal_secrets ? Revealing::wanted : Revealing::refused,
                         "applink request");
}

Result<void> answer(const SignedRequest& made, const Input& input, Context& context) {
  const auto placement = made.signature.placement;
  const auto part = input.part.value_or(usual_part(placement));
  if (input.explain || shows_signature(part, placement)) {
    TRY(check_revealing(input, made.link.signature_method));
  }
  const auto colored = context.console().answer_colored() ? Colored::yes : Colored::no;
  TRY_ASSIGN(const auto text,
             input.explain ? sign_explanation(made, colored) : printed(part, made));
  return context.console().answer(text);
}

Result<void> sign_request(const Input& input, Context& context) {
  TRY(check(input));
  TRY_ASSIGN(auto client, client_of(context, input.client, *input.path_or_url));
  TRY_ASSIGN(const auto request, request_of(input, client.link, context));
  const signing::RequestSigner signer(std::move(client.link), std::move(client.proof),
                                      context.clock(), context.nonces());
  TRY_ASSIGN(const auto signature, signer.signature(request, client.credentials, client.choices));
  TRY_ASSIGN(const auto placed, signer.placed(request, signature, client.choices));
  const SignedRequest made{signer.link(), request, signature, placed};
  tell_of_form(made.link, made.unsigned_request, context.console());
  tell_of_token(made.link, client.credentials, context.console());
  return answer(made, input, context);
}

/// An editor ends a file with a line end, which no base string has.
Result<std::string> base_string_in(const std::string& file) {
  TRY_ASSIGN(auto text, read_input(file, longest_base_string));
  if (text.ends_with('\n')) text.pop_back();
  if (text.ends_with('\r')) text.pop_back();
  if (!text.empty()) return text;
  return fail(ErrorCode::usage, "the base string is empty",
              "METHOD&URI&PARAMETERS, as sign --print base-string prints it");
}

bool is_base_string(const std::string& text) {
  const bool encoded = std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
           std::string_view("-._~%&").find(c) != std::string_view::npos;
  });
  return encoded && std::count(text.begin(), text.end(), '&') == 2;
}

Result<void> check_alone(const Input& input) {
  const bool other_part = input.part && input.part != SignedPart::signature;
  if (!input.method && !input.explain && !other_part && !input.content_type && !input.body.data &&
      !input.body.data_file && input.body.form.empty()) {
    auto readers = input.client.readers_of_stdin();
    if (input.base_string_file == "-") readers.emplace_back("--base-string-file");
    return check_readers_of_stdin(readers);
  }
  return fail(ErrorCode::usage, "--base-string-file takes the place of a request",
              "leave METHOD, URL, the body, --explain and --print out");
}

Result<void> sign_base_string(const Input& input, Context& context) {
  TRY(check_alone(input));
  TRY_ASSIGN(const auto signer, base_string_signer_of(context, input.client));
  if (signer.method == oauth1::SignatureMethod::plaintext) {
    return fail(ErrorCode::usage, "PLAINTEXT signs no base string",
                "choose a method that signs: --signature-method HMAC-SHA1");
  }
  TRY_ASSIGN(const auto base_string, base_string_in(*input.base_string_file));
  if (!is_base_string(base_string)) {
    context.console().warn(
        "this is no signature base string (METHOD&URI&PARAMETERS, each percent-encoded); it is "
        "signed as it is");
  }
  TRY_ASSIGN(const auto signature, signer.sign(base_string));
  return context.console().answer(signature + "\n");
}

/// What is said of one request is said in its line.
Result<void> check_batch(const Input& input) {
  const auto& client = input.client;
  const bool one_request = input.method || input.explain || input.part || input.content_type ||
                           input.base_string_file || input.body.data || input.body.data_file ||
                           !input.body.form.empty() || client.nonce || client.callback ||
                           client.verifier || client.session_handle;
  if (one_request) {
    return fail(
        ErrorCode::usage, "--batch reads its requests from standard input",
        "leave out what is of one request alone: METHOD, URL, its body, --nonce, --callback, "
        "--verifier, --session-handle, --print, --explain");
  }
  auto readers = client.readers_of_stdin();
  readers.emplace_back("--batch");
  return check_readers_of_stdin(readers);
}

Result<void> sign_lines(const Input& input, Context& context) {
  TRY(check_batch(input));
  TRY_ASSIGN(const unsigned jobs, batch_jobs(input.jobs));
  TRY_ASSIGN(auto client, client_of_batch(context, input.client));
  TRY(check_revealing(input, client.link.signature_method));
  tell_of_token(client.link, client.credentials, context.console());
  return sign_batch(context, std::move(client), jobs);
}

Result<void> run(const Input& input, Context& context) {
  if (input.batch) return sign_lines(input, context);
  if (input.jobs) {
    return fail(ErrorCode::usage, "--jobs is of --batch",
                "applink sign --batch --jobs 2 < requests.jsonl");
  }
  return input.base_string_file ? sign_base_string(input, context) : sign_request(input, context);
}

}  // namespace

Action sign(Arguments& arguments) {
  const auto input = std::make_shared<Input>();
  arguments.optional("METHOD", input->method, "GET, POST, PUT, DELETE …");
  arguments.optional("URL", input->path_or_url,
                     "a whole URL, which names its link, or /rest/… under a base URL");
  arguments.option("-d,--data", "DATA", input->body.data,
                   "the body, a form unless --content-type says otherwise; @FILE: what it holds");
  arguments.option("--data-file", "FILE", input->body.data_file,
                   "the body, from a file; - is standard input");
  arguments.repeatable("--form", "NAME=VALUE", input->body.form,
                       "one field of a form, encoded here");
  arguments.option("--content-type", "TYPE", input->content_type, "of the body");
  arguments.option(
      "--print", "PART",
      [input = input.get()](const std::string& word) -> Result<void> {
        TRY_ASSIGN(input->part, signed_part_named(word));
        return {};
      },
      "header (the usual), signature, base-string, url, body, curl or json");
  arguments.flag("--explain", input->explain, "show the whole computation");
  arguments.option("--base-string-file", "FILE", input->base_string_file,
                   "sign this base string in place of a request; - is standard input");
  arguments.flag("--batch", input->batch,
                 "sign a request in each line of standard input: JSON in, JSON out");
  arguments.option("--jobs", "N", input->jobs,
                   "with --batch, so many at the same time (one for each processor)");
  arguments.flag("--reveal-secrets", input->reveal_secrets,
                 "print a PLAINTEXT signature, which is the secrets");
  input->client.declare(arguments);
  input->client.declare_dance(arguments);
  return [input](Context& context) { return in_storeless_words(run(*input, context)); };
}

}  // namespace applink::cli

// applink request METHOD PATH-OR-URL
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "applink/base/output_file.h"
#include "applink/base/text.h"
#include "applink/calls/impersonation.h"
#include "applink/calls/retry.h"
#include "applink/calls/sender.h"
#include "applink/jira/request_url.h"
#include "cli/arguments.h"
#include "cli/client.h"
#include "cli/commands/all.h"
#include "cli/context.h"
#include "cli/header_flag.h"
#include "cli/request_body.h"
#include "cli/signing_parts.h"

namespace applink::cli {
namespace {

struct Input {
  std::string method;
  std::string path_or_url;
  ClientFlags client;
  std::vector<std::string> headers;
  BodyFlags body;
  int retries = 0;
  bool include = false;
  std::optional<std::string> output;
};

Result<calls::Call> call_of(const Input& input, const jira::ApplicationLink& link,
                            Console& console) {
  TRY_ASSIGN(const auto url, jira::request_url(link, input.path_or_url));
  for (const auto& note : url.notes) console.narrate(note);
  calls::Call call{input.method, url.url.text(), {}, {}, input.client.impersonated.value_or("")};
  TRY_ASSIGN(call.headers, headers_in(input.headers));
  TRY_ASSIGN(Body body, body_of(input.body));
  call.body = std::move(body.bytes);
  if (!body.content_type.empty() && !call.headers.find("Content-Type")) {
    call.headers.add("Content-Type", std::move(body.content_type));
  }
  return call;
}

std::string head_of(const http::Response& response) {
  std::string head =
      fmt::format("HTTP/1.1 {} {}\r\n", response.status, http::reason_phrase(response.status));
  for (const auto& [name, value] : response.headers) head += fmt::format("{}: {}\r\n", name, value);
  return head + "\r\n";
}

bool goes_to_file(const Input& input) {
  return input.output && *input.output != "-";
}

/// Bytes for a file or a program; harmless lines for a terminal.
Result<void> deliver(const http::Response& response, const Input& input, Context& context) {
  const std::string text = (input.include ? head_of(response) : "") + response.body;
  if (goes_to_file(input)) {
    return write_output(*input.output, text);
  }
  if (!Console::answers_to_terminal()) return context.console().answer(text);
  const std::string lines = terminal_safe_lines(text);
  return context.console().answer(lines.empty() || lines.ends_with('\n') ? lines : lines + "\n");
}

/// A page where data was asked for is a success to HTTP alone.
void warn_of_page(const calls::Call& call, const http::Response& response,
                  const jira::ApplicationLink& link, Console& console) {
  const bool asked_for_json = !call.headers.find("Accept");
  if (!asked_for_json || http::media_type(response.headers) != "text/html") return;
  console.warn(
      fmt::format("this is a page and not JSON: a login page or a proxy may stand there, or "
                  "the path is not one of the REST interface under {}",
                  link.base_url));
}

/// What was sent cannot be unsent: the user learns how it ended, even where the answer is lost.
Error lost(const http::Response& response, Error failure) {
  return in_context(fmt::format("the server answered {} {}, but the answer is lost",
                                response.status, http::reason_phrase(response.status)),
                    std::move(failure));
}

/// What can be refused before anything is sent.
Result<void> check(const Input& input) {
  if (input.retries < 0) {
    return fail(ErrorCode::usage, "--retry counts the attempts after the first", "--retry 3");
  }
  if (input.retries > 0 && input.client.nonce) {
    return fail(ErrorCode::usage, "--retry asks again, and a nonce is good for one request",
                "leave one of --retry and --nonce out");
  }
  if (input.retries > 0) {
    if (auto unsafe = calls::unsafe_to_repeat(input.method)) return tl::unexpected(*unsafe);
  }
  auto readers = input.client.readers_of_stdin();
  if (reads_stdin(input.body)) readers.emplace_back("the body");
  TRY(check_readers_of_stdin(readers));
  return goes_to_file(input) ? check_output(*input.output) : Result<void>();
}

Result<http::Response> exchange(const calls::Sender& sender, const calls::Call& call,
                                const Input& input, Context& context) {
  calls::RealPauses pauses;
  const calls::RetryPolicy policy{input.retries, sender.link().timeout};
  const calls::Send send = [&](const calls::Call& each) {
    return calls::send_with_retries(
        sender, each, policy, pauses,
        [&context](std::string_view line) { context.console().narrate(line); });
  };
  return call.impersonated.empty() ? send(call) : calls::send_impersonating(sender, call, send);
}

std::optional<oauth1::TokenCredentials> token_of(const signing::Credentials& credentials) {
  if (!credentials.token) return std::nullopt;
  return oauth1::TokenCredentials{*credentials.token, credentials.token_secret.copy()};
}

Result<void> run(const Input& input, Context& context) {
  TRY(check(input));
  TRY_ASSIGN(auto client, client_of(context, input.client, input.path_or_url));
  TRY_ASSIGN(const auto call, call_of(input, client.link, context.console()));
  TRY_ASSIGN(const auto transport, transport_of(context, client.link));
  auto token = token_of(client.credentials);
  const signing::RequestSigner signer(std::move(client.link), std::move(client.proof),
                                      context.clock(), context.nonces());
  const calls::Sender sender(*transport, signer, std::move(token), input.client.label(),
                             std::move(client.choices));
  TRY_ASSIGN(const auto response, exchange(sender, call, input, context));
  auto delivered = deliver(response, input, context);
  auto reason = sender.explain(call, response);
  if (!delivered) delivered = tl::unexpected(lost(response, std::move(delivered).error()));
  if (!reason) {
    warn_of_page(call, response, sender.link(), context.console());
    return delivered;
  }
  if (!delivered) context.console().warn(delivered.error().message);
  return tl::unexpected(*std::move(reason));
}

}  // namespace

Action request(Arguments& arguments) {
  const auto input = std::make_shared<Input>();
  arguments.required("METHOD", input->method, "GET, POST, PUT, DELETE …");
  arguments.required("PATH-OR-URL", input->path_or_url,
                     "/rest/… under the link's base URL, or a whole URL, which names its link");
  arguments.repeatable("-H,--header", "'NAME: VALUE'", input->headers, "one header more");
  arguments.option("-d,--data", "DATA", input->body.data,
                   "the body, application/json unless -H says otherwise; @FILE: what it holds");
  arguments.option("--data-file", "FILE", input->body.data_file,
                   "the body, from a file; - is standard input");
  arguments.option("--json", "BODY", input->body.json,
                   "the body, of type application/json; @FILE is what the file holds");
  arguments.repeatable("--form-urlencoded", "NAME=VALUE", input->body.form,
                       "one field of a form, encoded here");
  arguments.option("--retry", "N", input->retries,
                   "ask up to N times more where nobody answers, or 429, 502, 503, 504 does: GET, "
                   "HEAD and OPTIONS alone");
  arguments.flag("-i,--include", input->include, "print the status and the headers too");
  arguments.option("-o,--output", "FILE", input->output, "write the answer into a file");
  input->client.declare(arguments);
  input->client.declare_impersonation(arguments);
  return [input](Context& context) { return in_storeless_words(run(*input, context)); };
}

}  // namespace applink::cli

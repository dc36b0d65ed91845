// applink curl -- CURL-ARGS
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "applink/calls/curl_command.h"
#include "applink/calls/shell_quote.h"
#include "applink/jira/request_url.h"
#include "calls/named_user.h"
#include "cli/arguments.h"
#include "cli/client.h"
#include "cli/commands/all.h"
#include "cli/context.h"
#include "cli/curl_files.h"
#include "cli/curl_process.h"
#include "cli/signing_words.h"

namespace applink::cli {
namespace {

using calls::CurlBody;
using calls::CurlTransfer;

struct Input {
  ClientFlags client;
  std::vector<std::string> arguments;
  std::optional<calls::Shell> shell;
  bool exec = false;
  bool reveal_secrets = false;
};

Result<void> check(const Input& input) {
  if (input.arguments.empty()) {
    return fail(ErrorCode::usage, "CURL-ARGS are missing",
                "applink curl -- -sS https://jira.example.com/jira/rest/api/2/myself");
  }
  if (!input.exec || !input.shell) return {};
  return fail(ErrorCode::usage, "--exec needs no shell, and --shell names one",
              "say one of the two");
}

/// A line pasted whole begins with the name of the program.
std::span<const std::string> arguments_of(const Input& input) {
  const std::span<const std::string> all(input.arguments);
  return all.size() > 1 && all.front() == "curl" ? all.subspan(1) : all;
}

/// The line as it was read, and the client that signs it: the link of its first URL, unless one is
/// named.
struct SignedLine {
  calls::CurlCommand command;
  Client client;
};

Result<SignedLine> read_line(const Input& input, CurlFilesHere& files, Context& context) {
  const auto arguments = arguments_of(input);
  TRY_ASSIGN(auto command, calls::read_curl_arguments(arguments, files));
  TRY_ASSIGN(auto client,
             client_of(context, input.client, command.transfers.front().request.url.text()));
  if (client.link.body_hash == oauth1::BodyHash::sent) {
    TRY_ASSIGN(command,
               calls::read_curl_arguments(arguments, files, calls::CurlPurpose::signing_with_body));
  }
  return SignedLine{std::move(command), std::move(client)};
}

Result<void> check_nonce(const Input& input, const calls::CurlCommand& command) {
  if (!input.client.nonce || command.transfers.size() == 1) return {};
  return fail(ErrorCode::usage,
              fmt::format("the line makes {} transfers, and a nonce is good for one",
                          command.transfers.size()),
              "leave --nonce out");
}

/// Signs the transfers of a line one by one.
class Transfers {
 public:
  Transfers(Client client, CurlFilesHere& files, Context& context)
      : credentials_(std::move(client.credentials)),
        choices_(std::move(client.choices)),
        signer_(std::move(client.link), std::move(client.proof), context.clock(), context.nonces()),
        files_(files),
        console_(context.console()) {}

  Result<http::Request> sign(const CurlTransfer& transfer) const {
    TRY(check_body_hash(transfer));
    TRY_ASSIGN(auto url, jira::request_url(link(), transfer.request.url.text()));
    for (const auto& note : url.notes) console_.narrate(note);
    auto request = transfer.request;
    request.url = std::move(url.url);
    if (!is_for_a_user()) {
      TRY(calls::check_no_user_named(request, link(),
                                     "leave it out: applink request --impersonate USER proves "
                                     "that the call runs as that one"));
    }
    tell_of_form(link(), request, console_);
    TRY_ASSIGN(const auto choices, choices_for(transfer));
    return signer_.sign(std::move(request), credentials_, choices);
  }

  [[nodiscard]] const jira::ApplicationLink& link() const { return signer_.link(); }

 private:
  [[nodiscard]] bool is_for_a_user() const {
    return credentials_.token && !credentials_.token->empty();
  }

  [[nodiscard]] Result<void> check_body_hash(const CurlTransfer& transfer) const {
    if (link().body_hash != oauth1::BodyHash::sent) return {};
    const bool uploads = transfer.body == CurlBody::upload;
    TRY_ASSIGN(const bool reads_input,
               calls::curl_reads_standard_input(transfer.arguments, files_));
    if (transfer.body != CurlBody::multipart && !(uploads && reads_input)) return {};
    return fail(ErrorCode::usage,
                fmt::format("no hash of the body can be signed: {}",
                            uploads ? "curl reads it from standard input" : "curl composes it"),
                "give the body with --data-binary @FILE, or with -T FILE");
  }

  /// A body that is no form takes no signature, whatever the link says, and here it may not even be
  /// in the request.
  [[nodiscard]] Result<signing::SigningChoices> choices_for(const CurlTransfer& transfer) const {
    auto choices = choices_;
    if (transfer.body == CurlBody::none || transfer.body == CurlBody::form) return choices;
    if (choices.placement == oauth1::Placement::body) {
      return fail(ErrorCode::usage, "the body is no form, so the signature cannot be placed in it",
                  "place the signature in the header or in the query instead");
    }
    if (link().placement == oauth1::Placement::body) choices.placement = oauth1::Placement::header;
    return choices;
  }

  signing::Credentials credentials_;
  signing::SigningChoices choices_;
  signing::RequestSigner signer_;
  CurlFilesHere& files_;
  Console& console_;
};

/// curl connects by its own options, and not as the link says.
void tell_of_connection(const jira::ApplicationLink& link, Console& console) {
  std::vector<std::string_view> settings;
  if (!link.ca_file.empty()) settings.emplace_back("--ca-file (its --cacert)");
  if (!link.client_certificate.empty()) {
    settings.emplace_back("--client-certificate (its --cert and --key)");
  }
  if (!link.proxy.empty()) settings.emplace_back("--proxy (its -x)");
  if (settings.empty()) return;
  console.narrate(
      fmt::format("curl does not know what the link says: {}", fmt::join(settings, ", ")));
}

/// Jira takes a timestamp within this of its own clock.
constexpr std::chrono::minutes good_for{5};

std::string how_long(const jira::ApplicationLink& link, Timestamp signed_at) {
  if (link.product == jira::Product::generic) {
    return "good once, and as long as the provider takes its timestamp";
  }
  return fmt::format("good once, and until {}: {} takes a signature for 5 minutes, by its clock",
                     to_rfc3339(signed_at + good_for), jira::provider_word(link));
}

void tell(const SignedLine& line, Context& context) {
  auto& console = context.console();
  tell_of_token(line.client.link, line.client.credentials, console);
  tell_of_connection(line.client.link, console);
  warn_of_plain_http(context, line.command.transfers.front().request.url);
  for (const auto& note : calls::curl_notes(line.command)) console.narrate(note);
}

Result<void> print(const std::vector<std::string>& arguments, const Input& input,
                   std::string_view how_long_good, Context& context) {
  TRY_ASSIGN(const auto line,
             calls::shell_command(input.shell.value_or(calls::Shell::sh), "curl", arguments));
  context.console().narrate(how_long_good);
  return context.console().answer(line + "\n");
}

/// Returns where curl could not be started.
Result<void> execute(const std::vector<std::string>& arguments, const Input& input,
                     CurlFilesHere& files, Context& context) {
  TRY_ASSIGN(const bool reads_input, calls::curl_reads_standard_input(arguments, files));
  auto readers = input.client.readers_of_stdin();
  if (reads_input) readers.emplace_back("curl");
  TRY(check_readers_of_stdin(readers));
  CurlProcess curl;
  const auto hand_over = [&curl](std::string_view content) { return curl.hand_over(content); };
  TRY_ASSIGN(const auto hidden, calls::hidden_curl_arguments(arguments, files, hand_over));
  return curl.become(hidden, context.inherited());
}

Result<void> run(const Input& input, Context& context) {
  TRY(check(input));
  CurlFilesHere files(input.client.readers_of_stdin());
  TRY_ASSIGN(auto line, read_line(input, files, context));
  TRY(check_nonce(input, line.command));
  if (!input.exec) {
    TRY(check_revealing(line.client.link.signature_method,
                        input.reveal_secrets ? Revealing::wanted : Revealing::refused,
                        "applink curl --exec"));
  }
  tell(line, context);
  const auto signed_at = input.client.timestamp.value_or(context.clock().now());
  const Transfers transfers(std::move(line.client), files, context);
  const auto sign = [&](const CurlTransfer& transfer) { return transfers.sign(transfer); };
  TRY_ASSIGN(const auto arguments, calls::signed_curl_arguments(line.command, sign));
  if (input.exec) return execute(arguments, input, files, context);
  return print(arguments, input, how_long(transfers.link(), signed_at), context);
}

}  // namespace

Action curl(Arguments& arguments) {
  const auto input = std::make_shared<Input>();
  arguments.rest("CURL-ARGS", input->arguments, "what curl would be given, a whole URL in it");
  arguments.flag("--exec", input->exec,
                 "run curl, with nothing of the command to be seen in the list of processes");
  arguments.option(
      "--shell", "NAME",
      [input = input.get()](const std::string& word) -> Result<void> {
        TRY_ASSIGN(input->shell, calls::shell_named(word));
        return {};
      },
      "quote the command for sh (the usual: bash and zsh too), fish, powershell or cmd");
  arguments.flag("--reveal-secrets", input->reveal_secrets,
                 "print a PLAINTEXT signature, which is the secrets");
  input->client.declare(arguments);
  return [input](Context& context) { return in_storeless_words(run(*input, context)); };
}

}  // namespace applink::cli

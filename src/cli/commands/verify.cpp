// applink verify [METHOD URL | FILE]
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "applink/calls/server_base_string.h"
#include "applink/calls/signed_text.h"
#include "applink/calls/verify_captured.h"
#include "applink/oauth1/base_string_diff.h"
#include "applink/oauth1/signature_base_string.h"
#include "applink/signing/request_signer.h"
#include "cli/arguments.h"
#include "cli/captured_input.h"
#include "cli/client.h"
#include "cli/commands/all.h"
#include "cli/context.h"
#include "cli/input.h"
#include "cli/link_choice.h"
#include "cli/store_location.h"
#include "cli/values.h"
#include "cli/verification.h"
#include "cli/verification_key.h"

namespace applink::cli {
namespace {

struct Input {
  CapturedInput captured;
  VerificationKeyFlags key;
  std::optional<std::string> link;
  std::optional<Timestamp> now;
  bool base_string = false;
  std::optional<std::string> base_string_file;
  std::optional<std::string> signature;
  std::string signature_method = "RSA-SHA1";
  std::optional<std::string> diff;
  bool json = false;
};

constexpr std::size_t largest_answer = std::size_t{1} << 20;

using Link = std::optional<jira::ApplicationLink>;

const jira::ApplicationLink* pointer_to(const Link& link) {
  return link ? &*link : nullptr;
}

Result<void> check(const Input& input) {
  const int prints =
      (input.base_string ? 1 : 0) + (input.diff ? 1 : 0) + (input.base_string_file ? 1 : 0);
  if (prints > 1) {
    return fail(ErrorCode::usage, "one thing at a time",
                "one of --base-string, --base-string-file and --diff");
  }
  if (input.base_string_file.has_value() != input.signature.has_value()) {
    return fail(ErrorCode::usage, "a base string and its signature go together",
                "--base-string-file FILE --signature VALUE");
  }
  if (input.diff && input.key.is_given()) {
    return fail(ErrorCode::usage, "--diff compares texts, and needs no key",
                "leave out the key, or leave out --diff");
  }
  auto readers = input.key.readers_of_stdin();
  if (input.diff == "-") readers.emplace_back("--diff");
  if (input.base_string_file) {
    if (input.base_string_file == "-") readers.emplace_back("--base-string-file");
    return check_readers_of_stdin(readers);
  }
  const auto of_request = input.captured.readers_of_stdin();
  readers.insert(readers.end(), of_request.begin(), of_request.end());
  return check_readers_of_stdin(readers);
}

Result<Link> named_link(Context& context, const Input& input) {
  if (!input.link) return std::nullopt;
  TRY_ASSIGN(auto link, chosen_link(context, input.link));
  return link;
}

oauth1::FormBodyRule rule_of(const Link& link) {
  return link ? signing::form_body_rule(link->product) : oauth1::FormBodyRule::every_method;
}

Result<void> print_comparison(Context& context, const Input& input,
                              const calls::CapturedRequest& captured, const Link& link) {
  TRY_ASSIGN(const std::string kept, read_input(*input.diff, largest_answer));
  TRY_ASSIGN(const std::string theirs, calls::server_base_string(kept));
  TRY_ASSIGN(auto differences,
             oauth1::base_string_differences(captured.request, rule_of(link), theirs));
  const Comparison comparison{std::move(differences),
                              oauth1::is_signed(captured.request, rule_of(link)), captured.notes};
  TRY(context.console().answer(input.json ? json_text("comparison", as_json(comparison))
                                          : as_text(comparison)));
  if (comparison.differences.empty()) return {};
  return tl::unexpected(different(comparison));
}

Result<void> print_base_string(Context& context, const calls::CapturedRequest& captured,
                               const Link& link) {
  TRY_ASSIGN(const std::string text, oauth1::base_string_of(captured.request, rule_of(link)));
  for (const std::string& note : captured.notes) context.console().warn(note);
  return context.console().answer(text + "\n");
}

Result<void> print_verification(Context& context, const Input& input,
                                const Verification& verification) {
  TRY(context.console().answer(input.json ? json_text("verification", as_json(verification))
                                          : as_text(verification)));
  if (verification.judgement.valid()) return {};
  return tl::unexpected(invalid(verification));
}

/// One line, as editors and echo end it.
std::string without_line_end(std::string text) {
  while (text.ends_with('\n') || text.ends_with('\r')) text.pop_back();
  return text;
}

Result<void> verify_base_string(Context& context, const Input& input) {
  TRY_ASSIGN(const auto method, parse_signature_method(input.signature_method));
  if (method == oauth1::SignatureMethod::plaintext) {
    return fail(ErrorCode::usage, "PLAINTEXT signs no base string",
                "compare the secrets themselves, elsewhere than on a command line");
  }
  TRY_ASSIGN(std::string text, read_input(*input.base_string_file, largest_body));
  TRY_ASSIGN(const Link link, named_link(context, input));
  TRY_ASSIGN(auto key, input.key.read(context, pointer_to(link), ""));
  auto judgement = calls::judge_base_string(without_line_end(std::move(text)), *input.signature,
                                            method, key.key);
  return print_verification(context, input,
                            {std::move(judgement), std::move(key.description), {}, {}});
}

/// The one that the URL names; no store is made in order to look for it.
Result<jira::ApplicationLink> link_of_url(Context& context, const http::Url& url) {
  TRY_ASSIGN(const auto location, store_location(context.environment()));
  TRY(check_there_is_a_store(location));
  return link_for_call(context, std::nullopt, url.text(), "default");
}

/// Without a key on the command line it is that of a link, which the URL may name.
Result<Link> link_of_key(Context& context, const Input& input, Link named, const http::Url& url) {
  if (named || input.key.is_given()) return named;
  auto found = link_of_url(context, url);
  if (found) return *std::move(found);
  Error error = in_context("no key is given", std::move(found).error());
  error.hint = "--public-key FILE, -l LINK, or for HMAC --consumer-secret-file FILE";
  return tl::unexpected(std::move(error));
}

Result<calls::JudgeOptions> options_of(Context& context, const Input& input, const Link& link) {
  calls::JudgeOptions options{input.now.value_or(context.clock().now())};
  options.form_body = rule_of(link);
  TRY_ASSIGN(options.base_url, input.captured.base_url());
  if (!link) return options;
  options.client_identifier = link->consumer_key;
  if (!options.base_url) {
    TRY_ASSIGN(options.base_url, http::Url::parse(link->base_url));
  }
  if (link->product == jira::Product::generic) options.atlassian = calls::AtlassianRules::left_out;
  return options;
}

/// Empty where none was sent.
std::string token_of(const http::Request& request, const Link& link) {
  const auto text = calls::signed_text_of(request, rule_of(link));
  if (!text) return "";
  for (const auto* const source : {&text->protocol, &text->query, &text->form}) {
    if (const auto token = oauth1::find(*source, "oauth_token")) return std::string(*token);
  }
  return "";
}

Result<void> verify_captured(Context& context, const Input& input, calls::CapturedRequest captured,
                             Link named) {
  TRY_ASSIGN(const Link link, link_of_key(context, input, std::move(named), captured.request.url));
  TRY_ASSIGN(auto key, input.key.read(context, pointer_to(link), token_of(captured.request, link)));
  TRY_ASSIGN(const auto options, options_of(context, input, link));
  auto judgement = calls::judge(captured.request, key.key, options);
  return print_verification(context, input,
                            {std::move(judgement), std::move(key.description),
                             std::move(captured.request), std::move(captured.notes)});
}

Result<void> run(const Input& input, Context& context) {
  TRY(check(input));
  if (input.base_string_file) return verify_base_string(context, input);
  TRY_ASSIGN(Link named, named_link(context, input));
  TRY_ASSIGN(auto captured, input.captured.read(context, pointer_to(named)));
  if (input.diff) return print_comparison(context, input, captured, named);
  if (input.base_string) return print_base_string(context, captured, named);
  return verify_captured(context, input, std::move(captured), std::move(named));
}

}  // namespace

Action verify(Arguments& arguments) {
  const auto input = std::make_shared<Input>();
  input->captured.declare(arguments);
  arguments.option("-l,--link", "NAME", input->link,
                   "the link that signed: its key, its consumer key, its product");
  input->key.declare(arguments);
  arguments.option(
      "--now", "TIME",
      [into = &input->now](const std::string& text) -> Result<void> {
        TRY_ASSIGN(*into, parse_moment(text));
        return {};
      },
      "judge the timestamp as of this moment: seconds since 1970, or as in 2026-11-25T04:47:36Z");
  arguments.flag("--base-string", input->base_string,
                 "print what is to be signed, tokens included, and nothing else");
  arguments.option("--base-string-file", "FILE", input->base_string_file,
                   "in place of a request: what was signed");
  arguments.option("--signature", "VALUE", input->signature, "the signature of that, in base64");
  arguments.option("--signature-method", "NAME", input->signature_method,
                   "the method of that (RSA-SHA1)");
  arguments.option("--diff", "FILE", input->diff,
                   "say how what the server signed differs: its answer with "
                   "oauth_signature_base_string, or that alone");
  arguments.flag("--json", input->json, "for programs");
  return [input](Context& context) { return run(*input, context); };
}

}  // namespace applink::cli

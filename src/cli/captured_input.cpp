// METHOD URL, or one of the forms in which captured requests are kept.
#include "cli/captured_input.h"

#include <utility>

#include <unistd.h>

#include "applink/base/text.h"
#include "applink/calls/captured_request.h"
#include "applink/http/url.h"
#include "cli/header_flag.h"
#include "cli/input.h"

namespace applink::cli {
namespace {

/// Of the files that a curl command names: "-" is where the command itself came from.
class FilesOfCommand final : public calls::CurlFiles {
 public:
  Result<std::string> read(const std::string& path) override {
    if (path != "-") return read_input(path, largest_body);
    return fail(ErrorCode::usage, "the command reads standard input, whose content is not here",
                "give what it sent with -d, in place of @-");
  }
  /// Of whoever ran the command, not of whoever looks at it.
  std::optional<std::string> default_config() override { return std::nullopt; }
};

Result<void> check_scheme(const std::optional<std::string>& scheme) {
  if (!scheme || *scheme == "http" || *scheme == "https") return {};
  return fail(ErrorCode::usage, "the scheme is neither http nor https", "--scheme https");
}

/// As curl sends a body that nothing is said of.
void suppose_form(calls::CapturedRequest& captured) {
  if (captured.request.body.empty() || captured.request.headers.find("Content-Type")) return;
  captured.request.headers.add("Content-Type", "application/x-www-form-urlencoded");
  captured.notes.emplace_back(
      "no Content-Type was given: the body is taken for a form, as curl sends one (-H "
      "'Content-Type: application/json')");
}

}  // namespace

void CapturedInput::declare(Arguments& arguments) {
  arguments.optional("METHOD-OR-FILE", method_or_file_,
                     "a method before URL; alone a file with an HTTP message, the output of curl "
                     "-v, or a curl command; - or nothing: standard input");
  arguments.optional("URL", url_, "the whole URL that was asked");
  arguments.repeatable("-H,--header", "'NAME: VALUE'", headers_, "a header that was sent");
  arguments.option("-d,--data", "DATA", body_.data, "the body that was sent; @FILE: what it holds");
  arguments.option("--data-file", "FILE", body_.data_file, "the body, from a file");
  arguments.option("--scheme", "http|https", scheme_,
                   "how an HTTP message went, which does not say it");
  arguments.option("--base-url", "URL", base_url_,
                   "where the message went, in place of its Host: scheme, host and port");
}

std::vector<std::string> CapturedInput::readers_of_stdin() const {
  std::vector<std::string> readers;
  if (!url_ && method_or_file_.value_or("-") == "-") readers.emplace_back("the request");
  if (reads_stdin(body_)) readers.emplace_back("the body");
  return readers;
}

Result<std::optional<http::Url>> CapturedInput::base_url() const {
  if (!base_url_) return std::nullopt;
  TRY_ASSIGN(http::Url url, http::Url::parse(*base_url_));
  return url;
}

Result<calls::CapturedOrigin> CapturedInput::origin(const jira::ApplicationLink* link) const {
  TRY(check_scheme(scheme_));
  calls::CapturedOrigin origin{scheme_};
  TRY_ASSIGN(origin.base_url, base_url());
  if (link != nullptr) {
    TRY_ASSIGN(const http::Url url, http::Url::parse(link->base_url));
    origin.likely_scheme = std::string(url.scheme());
  }
  return origin;
}

Result<calls::CapturedRequest> CapturedInput::read_text(Context& context,
                                                        const calls::CapturedOrigin& origin) const {
  const std::string from = method_or_file_.value_or("-");
  if (from == "-" && ::isatty(STDIN_FILENO) == 1) {
    context.console().narrate("paste the request, and end it with Ctrl-D on a line of its own");
  }
  TRY_ASSIGN(const std::string text, read_input(from, largest_body));
  FilesOfCommand files;
  return calls::captured_request(text, origin, files);
}

Result<void> CapturedInput::complete(calls::CapturedRequest& captured) const {
  TRY_ASSIGN(const http::Headers headers, headers_in(headers_));
  for (const auto& [name, value] : headers) captured.request.headers.add(name, value);
  if (!body_.data && !body_.data_file) return {};
  TRY_ASSIGN(Body body, body_of(body_));
  captured.request.body = std::move(body.bytes);
  return {};
}

Result<calls::CapturedRequest> CapturedInput::read(Context& context,
                                                   const jira::ApplicationLink* link) const {
  TRY_ASSIGN(const auto where, origin(link));
  if (!url_) {
    TRY_ASSIGN(auto captured, read_text(context, where));
    TRY(complete(captured));
    return captured;
  }
  TRY_ASSIGN(http::Url url, http::Url::parse(*url_));
  if (!http::is_token(*method_or_file_)) {
    return fail(ErrorCode::usage, "the first word is no HTTP method",
                "applink verify GET https://jira.example.com/rest/… -H 'Authorization: OAuth …'");
  }
  calls::CapturedRequest captured{{*method_or_file_, std::move(url), {}, {}}, {}};
  TRY(complete(captured));
  suppose_form(captured);
  return captured;
}

}  // namespace applink::cli

// What a signature adds to the arguments of a transfer, and the transfers joined.
#include "applink/calls/curl_command.h"

#include <algorithm>
#include <iterator>

#include <fmt/format.h>

#include "calls/curl_notes.h"
#include "calls/curl_words.h"

namespace applink::calls {
namespace {

using Arguments = std::vector<std::string>;

/// What signing appended to a form, for a -d of its own, which curl joins with "&".
std::string_view appended_to_form(const http::Request& request, std::string_view before) {
  auto added = std::string_view(request.body).substr(before.size());
  if (!before.empty() && added.starts_with('&')) added.remove_prefix(1);
  return added;
}

std::string header_argument(std::string_view name, std::string_view value) {
  return value.empty() ? fmt::format("{};", name) : fmt::format("{}: {}", name, value);
}

void add_method(Arguments& arguments, const http::Request& request) {
  if (request.method == (request.body.empty() ? "GET" : "POST")) return;
  if (request.method == "HEAD" && request.body.empty()) {
    arguments.emplace_back("-I");
  } else {
    arguments.insert(arguments.end(), {"-X", request.method});
  }
}

}  // namespace

Result<Arguments> signed_curl_arguments(const CurlCommand& command, const SignTransfer& sign) {
  Arguments arguments = command.global_arguments;
  for (std::size_t i = 0; i < command.transfers.size(); ++i) {
    const auto& transfer = command.transfers[i];
    TRY_ASSIGN(const auto request, sign(transfer));
    if (i > 0) arguments.emplace_back("--next");
    std::copy(transfer.arguments.begin(), transfer.arguments.end(), std::back_inserter(arguments));
    if (const auto value = request.headers.find("Authorization")) {
      arguments.insert(arguments.end(), {"-H", header_argument("Authorization", *value)});
    }
    const auto added = appended_to_form(request, transfer.request.body);
    if (!added.empty()) arguments.insert(arguments.end(), {"-d", std::string(added)});
    arguments.push_back(request.url.text());
  }
  return arguments;
}

std::vector<std::string> curl_notes(const CurlCommand& command) {
  std::vector<std::string> notes;
  for (const auto& note : command.notes) add_once(notes, note);
  for (const auto& transfer : command.transfers) {
    for (const auto& note : transfer.notes) add_once(notes, note);
  }
  return notes;
}

Arguments curl_arguments_of(const http::Request& request) {
  Arguments arguments{"-q", "-g", "--path-as-is"};
  add_method(arguments, request);
  for (const auto& [name, value] : request.headers) {
    arguments.insert(arguments.end(), {"-H", header_argument(name, value)});
  }
  if (!request.body.empty()) {
    // What curl would say by itself is not in the request.
    if (!request.headers.find("Content-Type")) {
      arguments.insert(arguments.end(), {"-H", "Content-Type:"});
    }
    arguments.insert(arguments.end(), {"--data-raw", request.body});
  }
  arguments.push_back(request.url.text());
  return arguments;
}

Result<bool> curl_reads_standard_input(std::span<const std::string> arguments, CurlFiles& files) {
  TRY_ASSIGN(const auto read, curl_words(arguments, files));
  return std::any_of(read.words.begin(), read.words.end(), reads_standard_input);
}

}  // namespace applink::calls

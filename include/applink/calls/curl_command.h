// A curl command line that was read, with its signatures: to be shown, or for a curl whose
// arguments nobody may see.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "applink/base/result.h"
#include "applink/calls/curl_arguments.h"
#include "applink/http/message.h"

namespace applink::calls {

/// The request of a transfer with a signature of its own in the header, the query or the form.
using SignTransfer = std::function<Result<http::Request>(const CurlTransfer& transfer)>;

/// The arguments of one curl for all transfers, -q first and --next between them. A signature is
/// good once: so is what this returns.
Result<std::vector<std::string>> signed_curl_arguments(const CurlCommand& command,
                                                       const SignTransfer& sign);

/// The notes of the command and of its transfers, each once.
std::vector<std::string> curl_notes(const CurlCommand& command);

/// The arguments of a curl that sends `request`, whole and signed, as it is.
std::vector<std::string> curl_arguments_of(const http::Request& request);

/// Whether curl will read standard input.
Result<bool> curl_reads_standard_input(std::span<const std::string> arguments, CurlFiles& files);

/// Puts `content` where only curl reads it; the path that it has there.
using HandOver = std::function<Result<std::string>(std::string_view content)>;

/// The same command as `arguments`, which begin with -q, in config files that are handed over. What
/// is left to be seen is -q, -K, --next, and options whose value is empty: not every curl reads
/// those from a file.
Result<std::vector<std::string>> hidden_curl_arguments(std::span<const std::string> arguments,
                                                       CurlFiles& files, const HandOver& hand_over);

}  // namespace applink::calls

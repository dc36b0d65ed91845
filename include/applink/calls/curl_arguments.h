// A curl command line understood: which requests it makes, and the arguments that make them again.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "applink/base/result.h"
#include "applink/http/message.h"

namespace applink::calls {

/// What a command line is read for.
enum class CurlPurpose {
  /// To be signed: what would spoil a signature, or lead it elsewhere, is refused or taken out. Of
  /// bodies only forms are read, for nothing else is covered.
  signing,
  /// The same, with every body read that can be: oauth_body_hash covers all of it.
  signing_with_body,
  /// To be looked at, as it was sent: Authorization is kept, nothing is refused that a signature
  /// alone would mind, and every body is read that can be.
  inspection,
};

/// What a transfer sends beside its head.
enum class CurlBody {
  none,
  form,       ///< application/x-www-form-urlencoded, whole in the request
  data,       ///< of another type; in the request only where the purpose wants it
  multipart,  ///< of -F: curl composes it, with a boundary of its own
  upload,     ///< of -T: curl reads it
};

struct CurlTransfer {
  /// What curl will send, as far as a signature may cover it: the method, the URL with all of its
  /// query (what -G and --url-query put there is in it), Content-Type where there is one, a form.
  /// Inspected, Authorization too.
  http::Request request;
  CurlBody body = CurlBody::none;
  /// What curl shall get for this transfer, without the URL and without the signature, whole: it
  /// may follow --next. A `-d NAME=VALUE` after them joins the form that is there.
  std::vector<std::string> arguments;
  /// For people: "-L was taken out: …". No secrets, and harmless on a terminal.
  std::vector<std::string> notes;
};

struct CurlCommand {
  /// What counts for all transfers, to stand before the first; begins with -q.
  std::vector<std::string> global_arguments;
  std::vector<CurlTransfer> transfers;  ///< one or more
  std::vector<std::string> notes;
};

/// What a command line reads while it is understood.
class CurlFiles {
 public:
  virtual ~CurlFiles() = default;
  /// The whole file; "-" is standard input, asked for once at most.
  virtual Result<std::string> read(const std::string& path) = 0;
  /// The file that curl would take options from by itself, such as ~/.curlrc, where one is there.
  /// It is not read: -q switches it off, and a note says so.
  virtual std::optional<std::string> default_config() = 0;

 protected:
  CurlFiles() = default;
  CurlFiles(const CurlFiles&) = default;
  CurlFiles& operator=(const CurlFiles&) = default;
};

/// `arguments` as curl would get them, without its name. What curl could not read again stands in
/// them afterwards: standard input of a form or of several transfers, and the shell's <(…).
/// ErrorCode::usage where curl would not run the line or no signature could be good for it.
Result<CurlCommand> read_curl_arguments(std::span<const std::string> arguments, CurlFiles& files,
                                        CurlPurpose purpose = CurlPurpose::signing);

}  // namespace applink::calls

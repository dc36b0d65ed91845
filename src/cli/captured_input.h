// The captured request that verify is about: from its flags, from a file, or pasted.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "applink/base/result.h"
#include "applink/calls/captured_message.h"
#include "applink/jira/application_link.h"
#include "cli/arguments.h"
#include "cli/context.h"
#include "cli/request_body.h"

namespace applink::cli {

class CapturedInput {
 public:
  CapturedInput() = default;
  CapturedInput(const CapturedInput&) = delete;  // what it declares refers to it
  CapturedInput& operator=(const CapturedInput&) = delete;

  void declare(Arguments& arguments);

  /// What of it comes from standard input, in words.
  [[nodiscard]] std::vector<std::string> readers_of_stdin() const;
  /// --base-url, read.
  [[nodiscard]] Result<std::optional<http::Url>> base_url() const;

  /// A link that was named says what the request does not: whether it went by http or https.
  [[nodiscard]] Result<calls::CapturedRequest> read(Context& context,
                                                    const jira::ApplicationLink* link) const;

 private:
  [[nodiscard]] Result<calls::CapturedOrigin> origin(const jira::ApplicationLink* link) const;
  [[nodiscard]] Result<calls::CapturedRequest> read_text(Context& context,
                                                         const calls::CapturedOrigin& origin) const;
  [[nodiscard]] Result<void> complete(calls::CapturedRequest& captured) const;

  std::optional<std::string> method_or_file_;
  std::optional<std::string> url_;
  std::vector<std::string> headers_;
  BodyFlags body_;
  std::optional<std::string> scheme_;
  std::optional<std::string> base_url_;
};

}  // namespace applink::cli

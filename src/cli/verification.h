// What is said of a captured request, for people and for programs.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "applink/base/error.h"
#include "applink/calls/verify_captured.h"
#include "applink/http/message.h"
#include "applink/oauth1/base_string_diff.h"
#include "cli/json_text.h"

namespace applink::cli {

struct Verification {
  calls::Judgement judgement;
  std::string checked_with;
  std::optional<http::Request> request;  ///< absent for a bare base string
  std::vector<std::string> notes;        ///< on how the request was read
};

/// Rows of a label and a text, 80 columns wide. Neither tokens nor signatures are in them.
std::string as_text(const Verification& verification);
Json as_json(const Verification& verification);
/// Why the request is not valid.
Error invalid(const Verification& verification);

struct Comparison {
  std::vector<oauth1::BaseStringDifference> differences;
  bool request_is_signed = false;
  std::vector<std::string> notes;
};

std::string as_text(const Comparison& comparison);
Json as_json(const Comparison& comparison);
Error different(const Comparison& comparison);

}  // namespace applink::cli

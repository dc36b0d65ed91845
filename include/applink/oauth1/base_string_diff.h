// Where two signature base strings differ: the client's own, and what the server made of the
// request.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "applink/base/result.h"
#include "applink/http/message.h"
#include "applink/oauth1/request_parameters.h"

namespace applink::oauth1 {

struct BaseStringDifference {
  enum class Kind {
    unreadable,  ///< the server's is no signature base string
    method,
    scheme,
    host,
    port,
    path,               ///< something within it was rewritten
    context_path,       ///< one begins with segments that the other lacks
    parameter_missing,  ///< the server did not see it
    parameter_added,    ///< the server saw one that was never sent
    parameter_changed,
    double_encoded,  ///< the server encoded once more what was encoded already
    parameter_order,
  };

  Kind kind;
  std::string name{};    ///< of the parameter
  std::string ours{};    ///< decoded; empty where a parameter is secret
  std::string theirs{};  ///< the same; foreign text

  friend bool operator==(const BaseStringDifference&, const BaseStringDifference&) = default;
};

/// In the order of Kind; none where both are equal. The value of a parameter that begins with
/// "oauth_" is left out: what is returned may be shown, once it is safe for a terminal.
std::vector<BaseStringDifference> base_string_differences(std::string_view ours,
                                                          std::string_view theirs);

/// The same for a request, signed or not. Of one that is not, the protocol parameters are taken to
/// be those that the server saw. The values of a form are left out: a password may be among them.
Result<std::vector<BaseStringDifference>> base_string_differences(const http::Request& asked,
                                                                  FormBodyRule rule,
                                                                  std::string_view theirs);

/// Whether a request carries protocol parameters, in its headers, its query or its form.
bool is_signed(const http::Request& request, FormBodyRule rule);

/// A clause that says it: "it took the scheme for http instead of https". Foreign text in it.
std::string in_words(const BaseStringDifference& difference);

}  // namespace applink::oauth1

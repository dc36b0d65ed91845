// A signature taken apart again: each parameter with where it came from, and what was made of them.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "applink/base/result.h"
#include "applink/http/message.h"
#include "applink/oauth1/request_parameters.h"
#include "applink/oauth1/sign.h"

namespace applink::signing {

enum class ParameterSource { query, signature, form_body };

struct SourcedParameter {
  std::string name;
  std::string value;
  ParameterSource source = ParameterSource::query;

  friend bool operator==(const SourcedParameter&, const SourcedParameter&) = default;
};

struct Computation {
  std::vector<SourcedParameter> parameters;  ///< in the order of the request; oauth_signature not
  std::vector<std::string> sorted;   ///< NAME=VALUE, encoded: read in the base string itself
  std::array<std::string, 3> parts;  ///< of the base string, as they stand in it
};

/// Of the request before it was signed.
Result<Computation> computation_of(const http::Request& request, const oauth1::Signature& signature,
                                   oauth1::FormBodyRule rule);

}  // namespace applink::signing

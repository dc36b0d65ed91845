// What Atlassian's server would object to in a signed request that RFC 5849 has nothing against.
#pragma once

#include <string>
#include <vector>

#include "applink/http/message.h"
#include "applink/oauth1/parameters.h"

namespace applink::jira {

struct ProviderObjection {
  std::string name;   ///< "signature method": for programs
  std::string words;  ///< a sentence without a full stop. Foreign text in it
};

/// `protocol_parameters` are those that begin with oauth_, wherever they were sent.
std::vector<ProviderObjection> provider_objections(const http::Request& request,
                                                   const oauth1::Parameters& protocol_parameters);

}  // namespace applink::jira

// A request as the endpoints see it: its path within the context, its parameters decoded.
#pragma once

#include <string_view>

#include "applink/http/message.h"
#include "applink/oauth1/parameters.h"
#include "sandbox/mishaps.h"

namespace applink::sandbox {

struct Incoming {
  const http::Request& request;
  std::string_view path;          ///< after the context path: "/rest/api/2/myself"
  oauth1::Parameters parameters;  ///< of header, query and form, in that order
  oauth1::Parameters query;
  oauth1::Parameters form;
  const Struck& struck;  ///< what befalls it
};

}  // namespace applink::sandbox

// The control endpoint: what a test does to a sandbox while it runs, and asks of it.
#pragma once

#include <string_view>

#include "applink/http/message.h"
#include "sandbox/config.h"
#include "sandbox/site.h"

namespace applink::sandbox {

inline constexpr std::string_view control_path = "/sandbox-control";

/// Whether the request is for the control endpoint, which lies outside of the context path. Without
/// a control token there is none.
bool is_control(const Config& config, const http::Request& request);

/// JSON in, JSON out; 401 without the control token.
http::Response control(Site& site, const http::Request& request);

}  // namespace applink::sandbox

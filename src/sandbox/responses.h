// Responses that are no OAuth problem.
#pragma once

#include <string>
#include <string_view>

#include "applink/http/message.h"

namespace applink::sandbox {

http::Response empty_response(int status);
http::Response text_response(int status, std::string body);
http::Response json_response(int status, std::string body);
/// With the headers that keep the page out of foreign frames, and everything foreign out of it.
http::Response html_response(int status, std::string page);
/// 302.
http::Response redirect(std::string location);

/// Pages of the product around the endpoints.
http::Response dead_link();
/// `detail` is for those who build clients.
http::Response crash_page(std::string_view detail);
http::Response xsrf_failure();

}  // namespace applink::sandbox

// Requests and keys as tests write them.
#pragma once

#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

#include "applink/http/message.h"
#include "support/keys.h"
#include "support/url.h"

namespace applink::test {

inline http::Request request(std::string_view method, std::string_view address) {
  return {std::string(method), url(address), {}, {}};
}

inline http::Request form_request(std::string_view method, std::string_view address,
                                  std::string_view body,
                                  std::string_view type = "application/x-www-form-urlencoded") {
  return {
      std::string(method), url(address), {{"Content-Type", std::string(type)}}, std::string(body)};
}

}  // namespace applink::test

// Requests and keys as tests write them.
#pragma once

#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

#include "applink/crypto/key_formats.h"
#include "applink/http/message.h"
#include "support/vectors.h"

namespace applink::test {

inline http::Url url(std::string_view text) {
  auto parsed = http::Url::parse(text);
  if (!parsed) throw std::invalid_argument(parsed.error().message);
  return std::move(*parsed);
}

inline http::Request request(std::string_view method, std::string_view address) {
  return {std::string(method), url(address), {}, {}};
}

inline http::Request form_request(std::string_view method, std::string_view address,
                                  std::string_view body,
                                  std::string_view type = "application/x-www-form-urlencoded") {
  return {
      std::string(method), url(address), {{"Content-Type", std::string(type)}}, std::string(body)};
}

inline crypto::RsaPrivateKey load_key(std::string_view pem) {
  auto key = crypto::private_key_from_pem(Secret(pem));
  if (!key) throw std::invalid_argument(key.error().message);
  return std::move(*key);
}

}  // namespace applink::test

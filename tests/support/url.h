// URLs as tests write them.
#pragma once

#include <stdexcept>
#include <string_view>
#include <utility>

#include "applink/http/url.h"

namespace applink::test {

inline http::Url url(std::string_view text) {
  auto parsed = http::Url::parse(text);
  if (!parsed) throw std::invalid_argument(parsed.error().message);
  return std::move(*parsed);
}

}  // namespace applink::test

// liboauth, of which the text functions alone are used: it neither signs, parses nor sends for us.
#pragma once

#include <cstddef>  // oauth.h uses size_t and does not declare it
#include <cstdlib>
#include <memory>

#include <oauth.h>

namespace applink::oauth1 {

struct FreeText {
  void operator()(char* text) const noexcept { std::free(text); }
};

/// What liboauth returns is the caller's.
using LiboauthText = std::unique_ptr<char, FreeText>;

}  // namespace applink::oauth1

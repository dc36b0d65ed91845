// curl's URL globs, [1-3] and {a,b}: each makes one transfer of its own.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "applink/base/result.h"

namespace applink::calls {

/// Of one line.
inline constexpr std::size_t most_curl_transfers = 100;

/// The refusal of a line that makes more.
tl::unexpected<Error> too_many_curl_transfers();

struct GlobbedUrl {
  std::string url;
  std::vector<std::string> choices;  ///< what each glob was here: #1 of an -o, #2, …
};

/// In curl's order, the last glob first; a URL without globs is itself. Refuses more than `limit`.
Result<std::vector<GlobbedUrl>> expand_curl_globs(std::string_view url, std::size_t limit);

/// The file name of an -o with what its #1, #2 … stand for.
std::string with_curl_choices(std::string_view file, const std::vector<std::string>& choices);

}  // namespace applink::calls

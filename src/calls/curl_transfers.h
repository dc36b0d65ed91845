// One section of a curl command line, up to --next: its transfers.
#pragma once

#include <cstddef>
#include <vector>

#include "applink/base/result.h"
#include "applink/calls/curl_arguments.h"
#include "calls/curl_words.h"

namespace applink::calls {

/// `words` hold nothing global, and were checked one by one. Refuses more than `limit` transfers.
Result<std::vector<CurlTransfer>> curl_transfers(std::vector<CurlWord> words, CurlFiles& files,
                                                 CurlPurpose purpose, std::size_t limit);

}  // namespace applink::calls

// The arguments of one transfer, without what stands in its URL already.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "calls/curl_headers.h"
#include "calls/curl_method.h"
#include "calls/curl_words.h"

namespace applink::calls {

inline constexpr std::string_view curl_json_type = "application/json";

struct TransferOfSection {
  const std::vector<CurlWord>& words;  ///< of the whole section
  const CurlMethod& method;
  const CurlHeaders& headers;
  std::size_t number;                       ///< of its URL in the section
  const std::vector<std::string>& choices;  ///< of the globs in it
};

/// Whole: they may follow --next. The query is in the URL, so that no curl adds to it by itself.
std::vector<std::string> transfer_arguments(const TransferOfSection& transfer);

}  // namespace applink::calls

// What -d and its kin put into a body or a query, byte for byte as curl does.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "applink/base/result.h"
#include "calls/curl_words.h"

namespace applink::calls {

struct CurlData {
  std::string bytes;
  /// The same words, with what is read only once written out.
  std::vector<CurlWord> words;
};

/// What becomes of words whose file is read only once: see reads_once().
enum class ReadOnce { written_out, left };

/// -d and its kin, joined as curl joins them: with "&", but with nothing before what --json adds.
Result<CurlData> read_curl_data(std::span<const CurlWord> words, CurlFiles& files, ReadOnce once);

/// --url-query, joined with "&".
Result<std::string> read_curl_query(std::span<const CurlWord> words, CurlFiles& files);

}  // namespace applink::calls

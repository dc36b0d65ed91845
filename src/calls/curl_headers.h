// The header fields that a curl command line adds, replaces and removes.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "applink/base/result.h"
#include "calls/curl_words.h"

namespace applink::calls {

struct CurlHeaders {
  /// As it is sent; absent where none of the words gives one.
  std::optional<std::string> content_type;
  /// A word gives Content-Type or removes it: curl adds none of its own.
  bool settles_content_type = false;
  bool settles_accept = false;
  std::optional<std::string> authorization;  ///< of a line that is inspected alone
};

/// Refuses the fields that would make a signature wrong, and what is no field at all.
Result<CurlHeaders> read_curl_headers(std::span<const CurlWord> words, CurlFiles& files,
                                      CurlPurpose purpose);

/// The same words; of a file that is read only once each line is a word.
Result<std::vector<CurlWord>> with_headers_written_out(std::vector<CurlWord> words,
                                                       CurlFiles& files);

}  // namespace applink::calls

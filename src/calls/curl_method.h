// Which method a transfer of curl has, and what body.
#pragma once

#include <optional>
#include <span>
#include <string>

#include "applink/base/result.h"
#include "calls/curl_words.h"

namespace applink::calls {

/// What curl was asked to send; it takes one of them for a section of its line.
enum class CurlSends { unsaid, get, head, multipart, data, upload };

struct CurlMethod {
  CurlSends sends = CurlSends::unsaid;
  std::optional<std::string> custom;  ///< of -X
  bool data_in_query = false;         ///< -G, and data there is
};

/// Refuses two that exclude each other, as -I and -d, and a method that is none.
Result<CurlMethod> curl_method(std::span<const CurlWord> words);

/// The method as it is sent.
std::string method_name(const CurlMethod& method, CurlSends sends);

bool is_curl_data(const CurlWord& word);

}  // namespace applink::calls

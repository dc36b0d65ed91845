// The options of the curl program: what each is called, takes, and means to a signature.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "applink/base/result.h"

namespace applink::calls {

enum class CurlTakes {
  value,    ///< an argument
  toggle,   ///< none; --no-OPTION switches it off
  nothing,  ///< none, and there is no --no-OPTION
};

/// curl 7.88, of Debian 12, took any beginning of a name that meant one option alone.
enum class CurlAge { of_7_88, newer };

enum class CurlScope {
  transfer,  ///< counts up to --next
  global,    ///< counts for every transfer, wherever it stands
};

enum class CurlEffect {
  untouched,  ///< changes nothing that a signature covers
  url,
  url_query,
  request,
  header,
  head,
  get,
  data,
  data_binary,
  data_raw,
  data_urlencode,
  json,
  form,  ///< of multipart
  upload,
  output,
  next,
  config,
  glob_off,
  path_as_is,
  no_default_config,
  becomes_header,  ///< its value stands in the head of the request
  alters_body,     ///< on the way out: fatal to a signed form
  alters_scheme,   ///< of http: fatal to its signature
  shows,           ///< shows the head of the request, with the signature
  taken_out,       ///< with a note
  refused,         ///< no signature would be good, or safe
  unreadable,      ///< nobody can tell from it what will be sent
};

struct CurlOption {
  std::string_view name;  ///< without its dashes; that which --no-NAME switches off
  char letter = '\0';     ///< none: '\0'
  CurlTakes takes = CurlTakes::toggle;
  CurlAge age = CurlAge::of_7_88;
  CurlEffect effect = CurlEffect::untouched;
  CurlScope scope = CurlScope::transfer;
  /// Of what is taken out or refused: the sentence that the option begins.
  std::string_view reason = {};
  /// What to type instead; empty: to leave it out.
  std::string_view hint = {};
};

/// The whole table.
std::vector<const CurlOption*> curl_options();

/// The option that curl takes `name`, written without dashes, for: the name itself in any letter
/// case, or so much of its beginning as only one has. Refuses with the nearest one.
Result<const CurlOption*> curl_option_named(std::string_view name);
/// The option of exactly this name in any letter case: --no-NAME is never shortened.
const CurlOption* exact_curl_option(std::string_view name);
const CurlOption* curl_option_of_letter(char letter);

}  // namespace applink::calls

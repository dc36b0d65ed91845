// Text that may be no UTF-8 in HTML.
#include "sandbox/html.h"

#include "pages/escape.h"
#include "sandbox/java_decoding.h"

namespace applink::sandbox {

std::string escape_html(std::string_view text) {
  return pages::escape_html(valid_utf8(text));
}

}  // namespace applink::sandbox

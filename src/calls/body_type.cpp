// By its first letter: no form that anyone means begins with a bracket.
#include "calls/body_type.h"

#include "applink/base/text.h"

namespace applink::calls {

bool looks_like_json(std::string_view body) {
  const auto text = trim_ascii(body);
  return text.starts_with('{') || text.starts_with('[');
}

}  // namespace applink::calls

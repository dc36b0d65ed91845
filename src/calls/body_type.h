// What a body is that came without a content type.
#pragma once

#include <string_view>

namespace applink::calls {

/// It counts as a form then, but for this: a wrong guess would give a wrong signature.
bool looks_like_json(std::string_view body);

}  // namespace applink::calls

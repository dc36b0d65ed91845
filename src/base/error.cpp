// in_context: the same error, one storey further up.
#include "applink/base/error.h"

#include <utility>

namespace applink {

Error in_context(std::string_view context, Error error) {
  error.message = std::string(context) + ": " + std::move(error.message);
  return error;
}

}  // namespace applink

// Versions that are read, and what is said of those that are not.
#include "store/decoding.h"

namespace applink::store {

tl::unexpected<Error> unreadable_fields() {
  return fail(ErrorCode::failed, "its fields cannot be read", "restore the store from a backup");
}

Result<void> check(const FieldReader& fields, std::uint8_t newest) {
  if (fields.version() > newest) {
    return fail(ErrorCode::failed, "it was written by a newer applink",
                "use that applink, or install it here");
  }
  if (fields.version() >= 1 && fields.complete()) return {};
  return unreadable_fields();
}

}  // namespace applink::store

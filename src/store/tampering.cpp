// Naming what is wrong with a store.
#include "store/tampering.h"

#include <fmt/format.h>

#include "applink/base/text.h"

namespace applink::store {

std::string described(const RecordId& id) {
  return fmt::format("the {} \"{}\"", terminal_safe(id.kind), terminal_safe(id.name));
}

tl::unexpected<Error> tampering(std::string_view what) {
  return fail(ErrorCode::failed, std::string(what),
              "the store was changed by something else than applink, or its disk fails; nothing "
              "wrong was used: to see all that is wrong, run: applink store check");
}

tl::unexpected<Error> tampering(const RecordId& id, std::string_view what) {
  return tampering(fmt::format("{} {}", described(id), what));
}

}  // namespace applink::store

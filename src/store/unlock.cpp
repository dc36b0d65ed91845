// Wrapping and unwrapping the data key: docs/formats.md section 4.
#include "store/unlock.h"

#include <string>
#include <utility>

#include <fmt/format.h>

#include "applink/base/text.h"
#include "store/bytes.h"
#include "store/sealer.h"

namespace applink::store {
namespace {

std::string place_of(std::string_view method, std::string_view parameters) {
  ByteWriter bytes;
  bytes.block(method).block(parameters);
  return std::string(bytes.view());
}

}  // namespace

WrappedKey wrap(const crypto::SealingKey& data_key, const crypto::SealingKey& unlock_key,
                std::string_view method, std::string_view parameters) {
  return {std::string(method), std::string(parameters),
          seal_in_place(unlock_key, data_key.bytes(), "unlock", place_of(method, parameters))};
}

Result<crypto::SealingKey> unwrap(const WrappedKey& wrapped, const crypto::SealingKey& unlock_key) {
  auto opened = open_in_place(unlock_key, wrapped.wrapped, "unlock",
                              place_of(wrapped.method, wrapped.parameters));
  if (!opened) return fail(ErrorCode::locked, "the data key does not open", opened.error().hint);
  return crypto::SealingKey::from_bytes(std::move(*opened));
}

Result<WrappedKey> wrapped_by(std::span<const WrappedKey> keys, std::string_view method) {
  std::string others;
  for (const WrappedKey& key : keys) {
    if (key.method == method) return key;
    others += (others.empty() ? "" : ", ") + terminal_safe(key.method);
  }
  return fail(ErrorCode::locked,
              others.empty() ? "the store has nothing that unlocks it"
                             : fmt::format("the store is unlocked by {}", others),
              others.empty() ? "restore it from a backup"
                             : "this applink knows the key file alone: use a newer applink");
}

}  // namespace applink::store

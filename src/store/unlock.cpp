// Wrapping and unwrapping the data key.
#include "store/unlock.h"

#include <algorithm>
#include <utility>

#include "applink/crypto/digest.h"
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

std::string_view to_string(UnlockMethod method) {
  switch (method) {
    case UnlockMethod::key_file:
      return key_file_method;
    case UnlockMethod::passphrase:
      return passphrase_method;
    case UnlockMethod::keyring:
      return keyring_method;
  }
  return "";
}

std::string command_word(std::string_view method) {
  std::string word(method);
  std::replace(word.begin(), word.end(), ' ', '-');
  return word;
}

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

std::string digest_of(const WrappedKey& row) {
  ByteWriter bytes;
  bytes.block(row.method).block(row.parameters).block(row.wrapped);
  return crypto::digest(crypto::Digest::sha256, bytes.view());
}

const WrappedKey* find_row(std::span<const WrappedKey> rows, std::string_view method) {
  const auto found = std::find_if(rows.begin(), rows.end(),
                                  [&](const WrappedKey& row) { return row.method == method; });
  return found == rows.end() ? nullptr : &*found;
}

}  // namespace applink::store

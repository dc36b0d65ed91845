// Identifiers and secrets as the keyring gets them: docs/formats.md section 4.
#include "store/keyring_method.h"

#include <optional>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "applink/base/encoding.h"
#include "crypto/random.h"
#include "store/bytes.h"
#include "store/unlock.h"

namespace applink::store {
namespace {

constexpr std::uint8_t keyring_parameters_version = 1;
constexpr std::size_t identifier_size = 16;
constexpr const char* label_in_keyring = "applink: key of the store";
/// The keyring opens when its user logs in at the desktop; cron and ssh have none.
constexpr const char* second_way =
    "for cron and ssh, add a second way from the desktop: applink store unlock-method add key-file";

std::string new_parameters() {
  std::string identifier(identifier_size, '\0');
  crypto::random_bytes({reinterpret_cast<unsigned char*>(identifier.data()), identifier.size()});
  ByteWriter bytes;
  bytes.u8(keyring_parameters_version).raw(identifier);
  return std::string(bytes.view());
}

Result<std::string> identifier_in(std::string_view parameters) {
  ByteReader reader(parameters);
  const std::uint8_t version = reader.u8();
  const std::string_view identifier = reader.raw(identifier_size);
  if (version == keyring_parameters_version && reader.complete()) return hex_encode(identifier);
  return fail(ErrorCode::locked, "what the store says of its key in the keyring cannot be read",
              version > keyring_parameters_version
                  ? "it was written by a newer applink: use that one"
                  : "restore the store from a backup");
}

Secret text_of_key(const crypto::SealingKey& key) {
  return Secret::take(base64_encode(key.bytes().reveal()));
}

tl::unexpected<Error> keyring_is_gone() {
  return fail(ErrorCode::locked, "the keyring that unlocks the store cannot be asked here",
              second_way);
}

Result<crypto::SealingKey> key_of_text(const Secret& text) {
  auto bytes = base64_decode(text.reveal());
  auto key = bytes ? crypto::SealingKey::from_bytes(Secret::take(std::move(*bytes)))
                   : tl::unexpected(bytes.error());
  if (key) return key;
  return fail(ErrorCode::locked, "what the keyring has in the place of the store's key is none",
              "restore the keyring from a backup");
}

}  // namespace

Result<WrappedKey> wrap_by_keyring(const crypto::SealingKey& data_key, KeyringService& keyring) {
  const crypto::SealingKey unlock_key = crypto::SealingKey::random();
  const std::string parameters = new_parameters();
  TRY_ASSIGN(const std::string identifier, identifier_in(parameters));
  TRY(keyring.keep(identifier, label_in_keyring, text_of_key(unlock_key)));
  return wrap(data_key, unlock_key, keyring_method, parameters);
}

Result<crypto::SealingKey> unwrap_by_keyring(const WrappedKey& row, KeyringService* keyring) {
  if (keyring == nullptr) return keyring_is_gone();
  TRY_ASSIGN(const std::string identifier, identifier_in(row.parameters));
  auto text = keyring->find(identifier);
  if (!text) {
    Error error = std::move(text).error();
    error.hint = fmt::format("{}; {}", error.hint, second_way);
    return tl::unexpected(in_context("the keyring that unlocks the store", std::move(error)));
  }
  if (!*text) {
    return fail(ErrorCode::locked, "the keyring no longer has the key of the store",
                "restore the keyring from a backup: without this key it does not open the store");
  }
  TRY_ASSIGN(const auto unlock_key, key_of_text(**text));
  auto data_key = unwrap(row, unlock_key);
  if (data_key) return data_key;
  return fail(ErrorCode::locked, "the key that the keyring has does not open the store",
              "restore the store and the keyring from one backup");
}

Result<void> forget_in_keyring(const WrappedKey& row, KeyringService* keyring) {
  if (keyring == nullptr) return keyring_is_gone();
  TRY_ASSIGN(const std::string identifier, identifier_in(row.parameters));
  return keyring->forget(identifier);
}

}  // namespace applink::store

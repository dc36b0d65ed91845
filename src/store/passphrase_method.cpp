// Parameters as bytes: docs/formats.md section 4.
#include "store/passphrase_method.h"

#include <utility>

#include "crypto/new_passphrase.h"
#include "crypto/passphrase_key.h"
#include "store/bytes.h"
#include "store/unlock.h"

namespace applink::store {
namespace {

constexpr std::uint8_t passphrase_parameters_version = 1;

std::string as_bytes(const PassphraseParameters& parameters) {
  ByteWriter bytes;
  bytes.u8(passphrase_parameters_version).u8(parameters.scrypt.log2_n);
  bytes.u32(parameters.scrypt.r).u32(parameters.scrypt.p).raw(parameters.salt);
  return std::string(bytes.view());
}

Error locked(Error error) {
  error.code = ErrorCode::locked;
  return error;
}

}  // namespace

Result<PassphraseParameters> passphrase_parameters(std::string_view row_parameters) {
  ByteReader reader(row_parameters);
  const std::uint8_t version = reader.u8();
  if (version > passphrase_parameters_version) {
    return fail(ErrorCode::locked, "the passphrase was set by a newer applink",
                "use that applink, or install it here");
  }
  PassphraseParameters parameters;
  parameters.scrypt.log2_n = reader.u8();
  parameters.scrypt.r = reader.u32();
  parameters.scrypt.p = reader.u32();
  parameters.salt = reader.raw(crypto::salt_size);
  if (version == passphrase_parameters_version && reader.complete()) return parameters;
  return fail(ErrorCode::locked, "what the store says of its passphrase cannot be read",
              "restore the store from a backup");
}

Result<WrappedKey> wrap_by_passphrase(const crypto::SealingKey& data_key, const Secret& passphrase,
                                      const crypto::ScryptParameters& cost) {
  TRY(crypto::check_new_passphrase(passphrase));
  const PassphraseParameters parameters{cost, crypto::random_salt()};
  TRY_ASSIGN(const auto unlock_key, crypto::passphrase_key(passphrase, parameters.salt, cost));
  return wrap(data_key, unlock_key, passphrase_method, as_bytes(parameters));
}

Result<crypto::SealingKey> unwrap_by_passphrase(const WrappedKey& row, const Secret& passphrase) {
  TRY_ASSIGN(const auto parameters, passphrase_parameters(row.parameters));
  const auto unlock_key = crypto::passphrase_key(passphrase, parameters.salt, parameters.scrypt);
  if (!unlock_key) return tl::unexpected(locked(unlock_key.error()));
  auto data_key = unwrap(row, *unlock_key);
  if (data_key) return data_key;
  return fail(ErrorCode::locked, "the passphrase does not open the store",
              "type it again; where it is surely the right one, the store was damaged: restore it "
              "from a backup");
}

}  // namespace applink::store

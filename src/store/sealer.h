// Sealing bytes into their place: what is moved elsewhere does not open there.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "applink/base/result.h"
#include "applink/base/secret.h"
#include "crypto/sealing.h"
#include "store/records.h"

namespace applink::store {

/// The envelope of docs/formats.md section 5: a version byte, then the sealed content.
/// `purpose` and `place` are part of what is authenticated.
std::string seal_in_place(const crypto::SealingKey& key, const Secret& content,
                          std::string_view purpose, std::string_view place);
Result<Secret> open_in_place(const crypto::SealingKey& key, std::string_view sealed,
                             std::string_view purpose, std::string_view place);

/// The keys that come from the data key, and what each of them seals. Bytes of another record,
/// version, event or store do not open.
class Sealer {
 public:
  explicit Sealer(const crypto::SealingKey& data_key);
  [[nodiscard]] Sealer copy() const;

  [[nodiscard]] std::string seal_record(const RecordId& id, std::uint64_t version,
                                        const Secret& content) const;
  [[nodiscard]] Result<Secret> open_record(const RecordId& id, std::uint64_t version,
                                           std::string_view sealed) const;
  [[nodiscard]] std::string seal_event(std::uint64_t number, const Secret& content) const;
  [[nodiscard]] Result<Secret> open_event(std::uint64_t number, std::string_view sealed) const;
  [[nodiscard]] std::string seal_head(const Secret& content) const;
  [[nodiscard]] Result<Secret> open_head(std::string_view sealed) const;

 private:
  Sealer(crypto::SealingKey record_key, crypto::SealingKey log_key)
      : record_key_(std::move(record_key)), log_key_(std::move(log_key)) {}

  crypto::SealingKey record_key_;
  crypto::SealingKey log_key_;
};

}  // namespace applink::store

// What the store is at this moment, in one sealed row.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "applink/base/result.h"
#include "applink/base/secret.h"
#include "store/records.h"

namespace applink::store {

/// Of SHA-256.
inline constexpr std::size_t digest_size = 32;

/// What stands before the first event.
inline const std::string& no_digest() {
  static const std::string zeros(digest_size, '\0');
  return zeros;
}

struct Head {
  int version = store_format;  ///< that of the database
  std::uint64_t events = 0;
  std::string last_event = no_digest();               ///< SHA-256 of the last sealed event
  std::map<std::uint8_t, std::string> shelves;        ///< the digest of each that holds records
  std::map<std::string, std::string> unlock_methods;  ///< the digest of each; since version 2

  friend bool operator==(const Head&, const Head&) = default;
};

Secret encode(const Head& head);
Result<Head> decode_head(std::string_view content);

}  // namespace applink::store

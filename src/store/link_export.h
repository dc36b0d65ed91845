// The armour and the envelope of a link on its way.
#pragma once

#include <string>
#include <string_view>

#include "applink/store/link_export.h"
#include "crypto/passphrase_key.h"

namespace applink::store {

/// What stands in the armour, by its parts; sealed in `envelope`.
struct SealedLink {
  crypto::ScryptParameters parameters;
  std::string salt;
  std::string envelope;
};

/// The text, and back; the reading is that of anybody's bytes.
std::string armoured(const SealedLink& sealed);
Result<SealedLink> read_armoured(std::string_view file);

/// seal_link_export() with a passphrase that was checked, at the price that is asked for.
Result<std::string> seal_link_export(const LinkExport& exported, const Secret& passphrase,
                                     const crypto::ScryptParameters& parameters);

}  // namespace applink::store

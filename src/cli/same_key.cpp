// Compares fingerprints.
#include "cli/same_key.h"

#include <fmt/format.h>

#include "applink/base/encoding.h"

namespace applink::cli {

Result<void> tell_of_other_names(const store::KeyPair& pair, const store::Vault& vault,
                                 Console& console) {
  const auto fingerprint = hex_encode(pair.private_key.public_key().spki_fingerprint());
  TRY_ASSIGN(const auto keys, vault.keys());
  for (const auto& key : keys) {
    if (key.fingerprint_hex != fingerprint || key.name == pair.name) continue;
    console.warn(fmt::format("the same key is kept as {} too", key.name));
  }
  return {};
}

}  // namespace applink::cli

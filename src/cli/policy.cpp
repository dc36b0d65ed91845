// Finds out by a signature made on trial.
#include "cli/policy.h"

namespace applink::cli {

void warn_of_sha1_policy(const crypto::RsaPrivateKey& key, Console& console) {
  const auto trial = key.sign(crypto::Digest::sha1, "trial");
  if (!trial) console.warn(trial.error());
}

}  // namespace applink::cli

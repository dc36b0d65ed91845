// The names that others give to a key.
#include "applink/base/encoding.h"
#include "applink/crypto/key_inspection.h"
#include "crypto/ssh_wire.h"

namespace applink::crypto {

KeyFingerprints fingerprints_of(const RsaPublicKey& key) {
  const std::string spki = key.spki_fingerprint();
  std::string ssh = base64_encode(digest(Digest::sha256, ssh_blob(key)));
  ssh.erase(ssh.find('='));  // ssh-keygen writes no padding
  return {hex_encode(spki), base64_encode(spki), "SHA256:" + ssh};
}

}  // namespace applink::crypto

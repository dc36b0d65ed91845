// OpenSSH's own form of private keys (its file PROTOCOL.key), and its public blobs (RFC 4253).
#pragma once

#include <optional>
#include <string_view>

#include "applink/base/result.h"
#include "applink/crypto/rsa_key.h"

namespace applink::crypto {

/// `bytes` is what stands between "BEGIN OPENSSH PRIVATE KEY" and its end. An encrypted key is
/// refused with the ssh-keygen line that converts it: its key derivation, bcrypt, is OpenSSH's own.
Result<RsaPrivateKey> key_from_openssh(std::string_view bytes);

Result<RsaPublicKey> key_from_ssh_blob(std::string_view blob);

/// "ssh-rsa", "ssh-ed25519"…, and whether the private part is encrypted; empty where it is damaged.
struct OpensshOutline {
  std::string_view algorithm;
  std::string_view public_blob;
  std::string_view private_part;
  bool encrypted = false;
};
std::optional<OpensshOutline> openssh_outline(std::string_view bytes);

}  // namespace applink::crypto

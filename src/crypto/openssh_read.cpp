// The structure that OpenSSH's PROTOCOL.key describes.
#include "crypto/openssh_read.h"

#include "crypto/key_recognition.h"
#include "crypto/rsa_numbers.h"
#include "crypto/sound_key.h"
#include "crypto/ssh_wire.h"

namespace applink::crypto {
namespace {

constexpr std::string_view magic("openssh-key-v1\0", 15);

tl::unexpected<Error> damaged_openssh() {
  return fail(ErrorCode::failed, "the OpenSSH key is damaged",
              "copy the file again, whole, from its first to its last byte");
}

tl::unexpected<Error> encrypted() {
  return fail(ErrorCode::failed,
              "the private key is encrypted in OpenSSH's own way, which only OpenSSH reads",
              "convert a copy of it (this asks for its passphrase, and for a new one): cp FILE "
              "private_key.pem && ssh-keygen -p -m PEM -f private_key.pem");
}

OwnedBignum number(SshReader& reader) {
  const auto bytes = reader.string();
  return bytes ? bignum_of(*bytes) : nullptr;
}

}  // namespace

std::optional<OpensshOutline> openssh_outline(std::string_view bytes) {
  SshReader reader(bytes);
  if (!reader.skip(magic)) return std::nullopt;
  const auto cipher = reader.string();
  const auto kdf = reader.string();
  const auto options = reader.string();
  const auto keys = reader.number();
  const auto blob = reader.string();
  const auto secret = reader.string();
  if (!kdf || !options || keys != 1U || !blob || !secret) return std::nullopt;
  const auto algorithm = ssh_algorithm(*blob);
  if (!algorithm) return std::nullopt;
  return OpensshOutline{*algorithm, *blob, *secret, *cipher != "none"};
}

Result<RsaPrivateKey> key_from_openssh(std::string_view bytes) {
  const auto outline = openssh_outline(bytes);
  if (!outline) return damaged_openssh();
  if (outline->algorithm != "ssh-rsa")
    return tl::unexpected(other_ssh_algorithm(outline->algorithm));
  if (outline->encrypted) return encrypted();
  SshReader reader(outline->private_part);
  // Two equal numbers, by which OpenSSH knows that it decrypted well.
  const auto check = reader.number();
  const auto again = reader.number();
  if (!check || check != again || reader.string() != "ssh-rsa") return damaged_openssh();
  RsaNumbers numbers;
  numbers.n = number(reader);
  numbers.e = number(reader);
  numbers.d = number(reader);
  numbers.inverse_of_q = number(reader);
  numbers.p = number(reader);
  numbers.q = number(reader);
  if (!numbers.inverse_of_q || !numbers.p || !numbers.q) return damaged_openssh();
  return sound_private_key(rsa_private_key(std::move(numbers)));
}

Result<RsaPublicKey> key_from_ssh_blob(std::string_view blob) {
  const auto algorithm = ssh_algorithm(blob);
  if (algorithm != "ssh-rsa") return tl::unexpected(other_ssh_algorithm(algorithm.value_or("")));
  SshReader reader(blob);
  (void)reader.string();
  const OwnedBignum e = number(reader);
  const OwnedBignum n = number(reader);
  return sound_public_key(rsa_public_key(n.get(), e.get()));
}

}  // namespace applink::crypto

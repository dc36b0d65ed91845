// By a trial: what a configuration says and what OpenSSL does are two things.
#include "crypto/signature_policy.h"

#include <string>

#include <fmt/format.h>
#include <openssl/rsa.h>

#include "crypto/key_handle.h"
#include "crypto/openssl.h"

namespace applink::crypto {

Error hash_refused(Digest kind) {
  const std::string reason = drained_errors();
  if (kind != Digest::sha1) {
    return {ErrorCode::failed,
            fmt::format("OpenSSL refuses signatures with {}: {}", openssl_name(kind), reason),
            "look at openssl.cnf in the directory that 'openssl version -d' names"};
  }
  return {ErrorCode::failed,
          fmt::format("this machine's OpenSSL policy refuses SHA-1 signatures, which RSA-SHA1 "
                      "needs: {}",
                      reason),
          "on RHEL and its kin: sudo update-crypto-policies --set DEFAULT:SHA1; elsewhere look "
          "at openssl.cnf in the directory that 'openssl version -d' names"};
}

Result<void> check_verification(const RsaPublicKey& key, Digest kind) {
  const OwnedPkeyContext context(
      ::EVP_PKEY_CTX_new_from_pkey(nullptr, key.handle().pkey.get(), nullptr));
  if (!context || ::EVP_PKEY_verify_init(context.get()) != 1 ||
      ::EVP_PKEY_CTX_set_rsa_padding(context.get(), RSA_PKCS1_PADDING) != 1) {
    library_failure("prepare the verification of an RSA signature");
  }
  const OwnedHash hash(::EVP_MD_fetch(nullptr, openssl_name(kind), nullptr));
  if (hash && ::EVP_PKEY_CTX_set_signature_md(context.get(), hash.get()) == 1) return {};
  return tl::unexpected(hash_refused(kind));
}

}  // namespace applink::crypto

// OpenSSL under a policy without SHA-1 signatures, as RHEL 9 has it: LD_PRELOAD puts this in front
// of libcrypto. Debian's cannot be configured to refuse.
#include <cstdlib>

#include <dlfcn.h>
#include <openssl/err.h>
#include <openssl/evp.h>

extern "C" int EVP_PKEY_CTX_set_signature_md(EVP_PKEY_CTX* context, const EVP_MD* hash) {
  using Function = int (*)(EVP_PKEY_CTX*, const EVP_MD*);
  if (EVP_MD_is_a(hash, "SHA1") == 1) {
    ERR_raise(ERR_LIB_EVP, EVP_R_INVALID_DIGEST);
    return -1;
  }
  const auto next = reinterpret_cast<Function>(::dlsym(RTLD_NEXT, "EVP_PKEY_CTX_set_signature_md"));
  if (next == nullptr) std::abort();
  return next(context, hash);
}

// The loading of OpenSSL's provider "legacy".
#include "crypto/old_ciphers.h"

namespace applink::crypto {

OldCiphers::OldCiphers() : context_(::OSSL_LIB_CTX_new()) {
  if (!context_) library_failure("make a context");
  usual_.reset(::OSSL_PROVIDER_load(context_.get(), "default"));
  old_.reset(::OSSL_PROVIDER_load(context_.get(), "legacy"));
  drained_errors();
}

OSSL_LIB_CTX* OldCiphers::context() const {
  return usual_ && old_ ? context_.get() : nullptr;
}

}  // namespace applink::crypto

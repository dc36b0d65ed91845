// The key within a request, by OpenSSL.
#include "crypto/certificate_request.h"

#include "crypto/key_decoder.h"
#include "crypto/key_handle.h"

namespace applink::crypto {

using OwnedRequest = Owned<X509_REQ, ::X509_REQ_free>;

Result<RsaPublicKey> key_of_request(std::string_view der) {
  const unsigned char* at = as_bytes(der);
  const OwnedRequest request(::d2i_X509_REQ(nullptr, &at, static_cast<long>(der.size())));
  if (!request) {
    drained_errors();
    return fail(ErrorCode::failed, "the certificate request is damaged",
                "copy the file again, whole, from its first to its last byte");
  }
  TRY_ASSIGN(auto key, decode_spki(spki_der(::X509_REQ_get_X509_PUBKEY(request.get()))));
  return make_public_key(std::move(key));
}

}  // namespace applink::crypto

// Certificate and key of a client, looked at before they are used.
#include "applink/crypto/client_certificate.h"

#include <algorithm>

#include "applink/crypto/certificate.h"
#include "crypto/key_base64.h"
#include "crypto/openssl.h"
#include "crypto/pem.h"

namespace applink::crypto {
namespace {

tl::unexpected<Error> no_key(const char* hint) {
  return fail(ErrorCode::usage, "the file of the client key holds no private key that can be used",
              hint);
}

Result<OwnedPkey> private_key_in(const Secret& pem) {
  const auto blocks = pem_blocks(pem.reveal());
  const auto block = std::find_if(blocks.begin(), blocks.end(), [](const PemBlock& found) {
    return found.label.ends_with("PRIVATE KEY");
  });
  if (block == blocks.end()) return no_key("it is a PEM file that says BEGIN PRIVATE KEY");
  if (block->label.starts_with("ENCRYPTED") ||
      block->headers.find("ENCRYPTED") != std::string_view::npos) {
    return no_key(
        "it is under a passphrase: openssl pkey -in FILE -out client.key, in a place that "
        "nobody else reads");
  }
  const auto der = decode_found_base64(block->base64);
  if (!der || block->end != PemEnd::matching) {
    return no_key("the file is damaged: give the one that came with the certificate");
  }
  const auto* bytes = as_bytes(der->bytes.reveal());
  OwnedPkey key(::d2i_AutoPrivateKey(nullptr, &bytes, static_cast<long>(der->bytes.size())));
  drained_errors();
  if (!key) return no_key("the file is damaged: give the one that came with the certificate");
  return key;
}

Result<OwnedCertificate> certificate_in(std::string_view pem) {
  const auto certificate = Certificate::from_pem(pem);
  if (!certificate) {
    return fail(ErrorCode::usage, "the file of the client certificate holds no certificate in PEM",
                "it is a PEM file that says BEGIN CERTIFICATE");
  }
  const auto der = certificate->to_der();
  const auto* bytes = as_bytes(std::string_view(der));
  OwnedCertificate read(::d2i_X509(nullptr, &bytes, static_cast<long>(der.size())));
  if (!read) library_failure("read a certificate that it wrote");
  return read;
}

}  // namespace

Result<void> check_client_certificate(std::string_view certificate_pem, const Secret& key_pem) {
  TRY_ASSIGN(const auto certificate, certificate_in(certificate_pem));
  TRY_ASSIGN(const auto key, private_key_in(key_pem));
  const bool fits = ::X509_check_private_key(certificate.get(), key.get()) == 1;
  drained_errors();
  if (fits) return {};
  return fail(ErrorCode::usage, "the client key is not that of the client certificate",
              "give the key with which the certificate was asked for");
}

}  // namespace applink::crypto

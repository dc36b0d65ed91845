// The bodies of what is measured.
#include "bench/ways_to_sign.h"

#include <cstdio>
#include <cstdlib>

#include <openssl/pem.h>
#include <openssl/rsa.h>

#include "applink/base/files.h"
#include "applink/crypto/key_reading.h"
#include "applink/oauth1/authorization_header.h"
#include "applink/oauth1/sign.h"

namespace applink::bench {
namespace {

constexpr std::string_view url =
    "https://jira.example.com:8443/rest/api/2/search?jql=project%20%3D%20TEST&maxResults=50";

/// A benchmark that does not do its work measures nothing.
void demand(bool done) {
  if (!done) std::abort();
}

EVP_PKEY* loaded(const std::string& file) {
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> opened(std::fopen(file.c_str(), "r"),
                                                               &std::fclose);
  demand(opened != nullptr);
  EVP_PKEY* const key = ::PEM_read_PrivateKey(opened.get(), nullptr, nullptr, nullptr);
  demand(key != nullptr);
  return key;
}

}  // namespace

BareSignature::BareSignature(const std::string& key_file)
    : key_(loaded(key_file), &EVP_PKEY_free),
      context_(::EVP_PKEY_CTX_new(key_.get(), nullptr), &EVP_PKEY_CTX_free),
      digest_(20, 'd'),
      signature_(static_cast<std::size_t>(::EVP_PKEY_get_size(key_.get())), '\0') {
  demand(::EVP_PKEY_sign_init(context_.get()) == 1 &&
         ::EVP_PKEY_CTX_set_rsa_padding(context_.get(), RSA_PKCS1_PADDING) == 1 &&
         ::EVP_PKEY_CTX_set_signature_md(context_.get(), ::EVP_sha1()) == 1);
}

void BareSignature::sign() {
  std::size_t size = signature_.size();
  demand(::EVP_PKEY_sign(context_.get(), reinterpret_cast<unsigned char*>(signature_.data()), &size,
                         reinterpret_cast<const unsigned char*>(digest_.data()),
                         digest_.size()) == 1);
}

crypto::RsaPrivateKey key_in(const std::string& file) {
  auto bytes = read_file(file, std::size_t{1} << 20);
  demand(bytes.has_value());
  auto read = crypto::read_private_key(Secret::take(std::move(*bytes)));
  demand(read.has_value());
  return std::move(read->key);
}

WholeHeader::WholeHeader(const oauth1::Signer& signer)
    : signer_(signer), request_{"GET", http::Url::parse(url).value(), {}, {}} {}

std::string WholeHeader::sign() {
  oauth1::ProtocolParameters parameters{.client_identifier = "hub"};
  parameters.token = "HsWrBnyxGPVWhHRoZiyzvsmbiOGDlcqM";
  parameters.nonce = nonces_.next();
  parameters.timestamp = Timestamp(std::chrono::seconds(1764018987));
  const auto signature =
      oauth1::sign(request_, parameters, signer_, oauth1::FormBodyRule::post_only);
  demand(signature.has_value());
  auto header = oauth1::authorization_header(signature->protocol_parameters, std::nullopt);
  demand(header.has_value());
  return std::move(*header);
}

}  // namespace applink::bench

// What a signature costs beside the RSA operation in it. Run by scripts/bench, which prints ratios.
#include <cstdlib>
#include <memory>
#include <string>

#include <benchmark/benchmark.h>
#include <openssl/evp.h>
#include <openssl/rsa.h>

#include "applink/crypto/digest.h"
#include "applink/crypto/rsa_key.h"
#include "applink/http/message.h"
#include "applink/oauth1/authorization_header.h"
#include "applink/oauth1/nonce.h"
#include "applink/oauth1/sign.h"

namespace applink {
namespace {

constexpr int bits = 2048;

// The limit: OpenSSL alone, one key, one context, one digest that is already computed.
void bare_openssl(benchmark::State& state) {
  const std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key(EVP_RSA_gen(bits), &EVP_PKEY_free);
  const std::unique_ptr<EVP_PKEY_CTX, decltype(&EVP_PKEY_CTX_free)> context(
      EVP_PKEY_CTX_new(key.get(), nullptr), &EVP_PKEY_CTX_free);
  const bool ready = EVP_PKEY_sign_init(context.get()) == 1 &&
                     EVP_PKEY_CTX_set_rsa_padding(context.get(), RSA_PKCS1_PADDING) == 1 &&
                     EVP_PKEY_CTX_set_signature_md(context.get(), EVP_sha1()) == 1;
  if (!ready) std::abort();
  const std::string digest(20, 'd');
  std::string signature(bits / 8, '\0');
  for (auto _ : state) {
    std::size_t size = signature.size();
    const int done =
        EVP_PKEY_sign(context.get(), reinterpret_cast<unsigned char*>(signature.data()), &size,
                      reinterpret_cast<const unsigned char*>(digest.data()), digest.size());
    if (done != 1) std::abort();
    benchmark::DoNotOptimize(signature);
  }
}
BENCHMARK(bare_openssl);

const crypto::RsaPrivateKey& shared_key() {
  static const auto key = crypto::RsaPrivateKey::generate(bits);
  return *key;
}

void rsa_signature(benchmark::State& state) {
  const std::string message(400, 'm');
  for (auto _ : state) {
    auto signature = shared_key().sign(crypto::Digest::sha1, message);
    if (!signature) std::abort();
    benchmark::DoNotOptimize(signature);
  }
}
BENCHMARK(rsa_signature);
BENCHMARK(rsa_signature)->Threads(2)->UseRealTime();

class NoSigner final : public oauth1::Signer {
 public:
  [[nodiscard]] oauth1::SignatureMethod method() const override {
    return oauth1::SignatureMethod::rsa_sha1;
  }
  [[nodiscard]] Result<std::string> sign(std::string_view base_string) const override {
    return std::string(bits / 8 / 3 * 4 + 4, base_string.empty() ? 'a' : 'b');
  }
};

void whole_header(benchmark::State& state, const oauth1::Signer& signer) {
  const auto url = http::Url::parse(
      "https://jira.example.com/jira/rest/api/2/search?jql=project%20%3D%20TEST&maxResults=50");
  if (!url) std::abort();
  const http::Request request{"GET", *url, {}, {}};
  oauth1::RandomNonces nonces;
  for (auto _ : state) {
    oauth1::ProtocolParameters parameters{.client_identifier = "hub"};
    parameters.token = "HsWrBnyxGPVWhHRoZiyzvsmbiOGDlcqM";
    parameters.nonce = nonces.next();
    parameters.timestamp = Timestamp(std::chrono::seconds(1764018987));
    const auto signature =
        oauth1::sign(request, parameters, signer, oauth1::FormBodyRule::post_only);
    if (!signature) std::abort();
    auto header = oauth1::authorization_header(signature->protocol_parameters, std::nullopt);
    benchmark::DoNotOptimize(header);
  }
}

void header(benchmark::State& state) {
  whole_header(state, oauth1::RsaSigner(shared_key(), oauth1::SignatureMethod::rsa_sha1));
}
BENCHMARK(header);

void header_without_rsa(benchmark::State& state) {
  whole_header(state, NoSigner());
}
BENCHMARK(header_without_rsa);

}  // namespace
}  // namespace applink

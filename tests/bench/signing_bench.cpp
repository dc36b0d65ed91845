// What a signature costs beside the RSA operation in it. Run by scripts/bench, which prints ratios.
#include <cstdlib>
#include <string>

#include <benchmark/benchmark.h>

#include "applink/crypto/digest.h"
#include "bench/ways_to_sign.h"

namespace applink::bench {
namespace {

const std::string key_file = APPLINK_TESTS "/data/keys/pkcs1.pem";

void bare_openssl(benchmark::State& state) {
  BareSignature bare(key_file);
  for (auto _ : state) bare.sign();
}
BENCHMARK(bare_openssl)->UseRealTime();

const crypto::RsaPrivateKey& shared_key() {
  static const auto key = key_in(key_file);
  return key;
}

void rsa_signature(benchmark::State& state) {
  const std::string message(400, 'm');
  for (auto _ : state) {
    auto signature = shared_key().sign(crypto::Digest::sha1, message);
    if (!signature) std::abort();
    benchmark::DoNotOptimize(signature);
  }
}
BENCHMARK(rsa_signature)->UseRealTime();
BENCHMARK(rsa_signature)->Threads(2)->UseRealTime();

void header(benchmark::State& state) {
  const oauth1::RsaSigner signer(shared_key(), oauth1::SignatureMethod::rsa_sha1);
  WholeHeader whole(signer);
  for (auto _ : state) benchmark::DoNotOptimize(whole.sign());
}
BENCHMARK(header)->UseRealTime();
BENCHMARK(header)->Threads(2)->UseRealTime();

class NoSigner final : public oauth1::Signer {
 public:
  [[nodiscard]] oauth1::SignatureMethod method() const override {
    return oauth1::SignatureMethod::rsa_sha1;
  }
  [[nodiscard]] Result<std::string> sign(std::string_view base_string) const override {
    return std::string(344, base_string.empty() ? 'a' : 'b');  // as long as one of 2048 bits
  }
};

void header_without_rsa(benchmark::State& state) {
  const NoSigner signer;
  WholeHeader whole(signer);
  for (auto _ : state) benchmark::DoNotOptimize(whole.sign());
}
BENCHMARK(header_without_rsa)->UseRealTime();

}  // namespace
}  // namespace applink::bench

// Numbers into EVP_PKEY.
#include "crypto/rsa_numbers.h"

#include <openssl/core_names.h>
#include <openssl/param_build.h>

#include "applink/crypto/rsa_key.h"
#include "crypto/prime_factors.h"

namespace applink::crypto {
namespace {

using OwnedBuilder = Owned<OSSL_PARAM_BLD, ::OSSL_PARAM_BLD_free>;
using OwnedParams = Owned<OSSL_PARAM, ::OSSL_PARAM_free>;

constexpr std::size_t longest_number = largest_loaded_key / 8;

struct NamedNumber {
  const char* name;
  const BIGNUM* value;
};

OwnedPkey built(std::initializer_list<NamedNumber> numbers, int selection) {
  const OwnedBuilder builder(::OSSL_PARAM_BLD_new());
  if (!builder) library_failure("build an RSA key");
  for (const NamedNumber& number : numbers) {
    if (::OSSL_PARAM_BLD_push_BN(builder.get(), number.name, number.value) != 1) {
      library_failure("build an RSA key");
    }
  }
  const OwnedParams parameters(::OSSL_PARAM_BLD_to_param(builder.get()));
  const OwnedPkeyContext context(::EVP_PKEY_CTX_new_from_name(nullptr, "RSA", nullptr));
  EVP_PKEY* made = nullptr;
  if (!parameters || !context || ::EVP_PKEY_fromdata_init(context.get()) != 1) {
    library_failure("build an RSA key");
  }
  if (::EVP_PKEY_fromdata(context.get(), &made, selection, parameters.get()) == 1) {
    return OwnedPkey(made);
  }
  drained_errors();
  return nullptr;
}

class Derivation {
 public:
  Derivation() : context_(::BN_CTX_secure_new()) {
    if (!context_) library_failure("compute with big numbers");
  }
  // RFC 8017 section 3.2: dP = d mod (p - 1), and so dQ.
  OwnedBignum remainder(const BIGNUM* d, const BIGNUM* prime) {
    const OwnedBignum minus_one = secure_number();
    OwnedBignum result = secure_number();
    const bool done = ::BN_sub(minus_one.get(), prime, ::BN_value_one()) == 1 &&
                      ::BN_mod(result.get(), d, minus_one.get(), context_.get()) == 1;
    return done ? std::move(result) : nullptr;
  }
  OwnedBignum inverse(const BIGNUM* q, const BIGNUM* p) {
    OwnedBignum result = secure_number();
    const bool done = ::BN_mod_inverse(result.get(), q, p, context_.get()) != nullptr;
    return done ? std::move(result) : nullptr;
  }

 private:
  OwnedBignumContext context_;
};

bool find_primes(RsaNumbers& numbers) {
  auto primes = prime_factors(numbers.n.get(), numbers.e.get(), numbers.d.get());
  if (!primes) return false;
  numbers.p = std::move(primes->p);
  numbers.q = std::move(primes->q);
  return true;
}

bool derive_missing(RsaNumbers& numbers) {
  if (!numbers.p && !numbers.q && !find_primes(numbers)) return false;
  if (!numbers.p || !numbers.q) return false;
  Derivation derivation;
  if (!numbers.d_mod_p_1) {
    numbers.d_mod_p_1 = derivation.remainder(numbers.d.get(), numbers.p.get());
  }
  if (!numbers.d_mod_q_1) {
    numbers.d_mod_q_1 = derivation.remainder(numbers.d.get(), numbers.q.get());
  }
  if (!numbers.inverse_of_q) {
    numbers.inverse_of_q = derivation.inverse(numbers.q.get(), numbers.p.get());
  }
  drained_errors();
  return numbers.d_mod_p_1 && numbers.d_mod_q_1 && numbers.inverse_of_q;
}

}  // namespace

OwnedBignum bignum_of(std::string_view bytes) {
  bytes.remove_prefix(std::min(bytes.find_first_not_of('\0'), bytes.size()));
  if (bytes.empty() || bytes.size() > longest_number) return nullptr;
  return OwnedBignum(
      ::BN_bin2bn(as_bytes(bytes), static_cast<int>(bytes.size()), secure_number().release()));
}

OwnedPkey rsa_private_key(RsaNumbers numbers) {
  const bool enough = numbers.n && numbers.e && numbers.d;
  if (!enough || !derive_missing(numbers)) return nullptr;
  return built({{OSSL_PKEY_PARAM_RSA_N, numbers.n.get()},
                {OSSL_PKEY_PARAM_RSA_E, numbers.e.get()},
                {OSSL_PKEY_PARAM_RSA_D, numbers.d.get()},
                {OSSL_PKEY_PARAM_RSA_FACTOR1, numbers.p.get()},
                {OSSL_PKEY_PARAM_RSA_FACTOR2, numbers.q.get()},
                {OSSL_PKEY_PARAM_RSA_EXPONENT1, numbers.d_mod_p_1.get()},
                {OSSL_PKEY_PARAM_RSA_EXPONENT2, numbers.d_mod_q_1.get()},
                {OSSL_PKEY_PARAM_RSA_COEFFICIENT1, numbers.inverse_of_q.get()}},
               EVP_PKEY_KEYPAIR);
}

OwnedPkey rsa_public_key(const BIGNUM* n, const BIGNUM* e) {
  if (n == nullptr || e == nullptr) return nullptr;
  return built({{OSSL_PKEY_PARAM_RSA_N, n}, {OSSL_PKEY_PARAM_RSA_E, e}}, EVP_PKEY_PUBLIC_KEY);
}

}  // namespace applink::crypto

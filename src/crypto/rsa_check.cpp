// The equations between the numbers of an RSA key, in OpenSSL's big numbers.
#include "crypto/rsa_check.h"

#include <fmt/format.h>
#include <openssl/core_names.h>

#include "applink/crypto/rsa_key.h"

namespace applink::crypto {
namespace {

struct PrivateNumbers {
  explicit PrivateNumbers(const EVP_PKEY* key)
      : n(rsa_number(key, OSSL_PKEY_PARAM_RSA_N)),
        e(rsa_number(key, OSSL_PKEY_PARAM_RSA_E)),
        d(rsa_number(key, OSSL_PKEY_PARAM_RSA_D)),
        p(rsa_number(key, OSSL_PKEY_PARAM_RSA_FACTOR1)),
        q(rsa_number(key, OSSL_PKEY_PARAM_RSA_FACTOR2)),
        d_mod_p_1(rsa_number(key, OSSL_PKEY_PARAM_RSA_EXPONENT1)),
        d_mod_q_1(rsa_number(key, OSSL_PKEY_PARAM_RSA_EXPONENT2)),
        inverse_of_q(rsa_number(key, OSSL_PKEY_PARAM_RSA_COEFFICIENT1)) {}

  [[nodiscard]] bool complete() const {
    return n && e && d && p && q && d_mod_p_1 && d_mod_q_1 && inverse_of_q;
  }

  OwnedBignum n, e, d, p, q, d_mod_p_1, d_mod_q_1, inverse_of_q;
};

class Arithmetic {
 public:
  Arithmetic() : context_(::BN_CTX_secure_new()), result_(::BN_new()), minus_one_(::BN_new()) {
    if (!context_ || !result_ || !minus_one_) library_failure("compute with big numbers");
  }

  bool product_is(const BIGNUM* a, const BIGNUM* b, const BIGNUM* expected) {
    return ::BN_mul(result_.get(), a, b, context_.get()) == 1 &&
           ::BN_cmp(result_.get(), expected) == 0;
  }
  bool product_is_one_mod(const BIGNUM* a, const BIGNUM* b, const BIGNUM* modulus) {
    return ::BN_mod_mul(result_.get(), a, b, modulus, context_.get()) == 1 &&
           ::BN_is_one(result_.get()) == 1;
  }
  // d is right for one prime: its remainder is the stored one, and it undoes e.
  bool exponents_fit(const PrivateNumbers& key, const BIGNUM* prime, const BIGNUM* remainder) {
    return ::BN_sub(minus_one_.get(), prime, ::BN_value_one()) == 1 &&
           ::BN_mod(result_.get(), key.d.get(), minus_one_.get(), context_.get()) == 1 &&
           ::BN_cmp(result_.get(), remainder) == 0 &&
           product_is_one_mod(key.d.get(), key.e.get(), minus_one_.get());
  }

 private:
  OwnedBignumContext context_;
  OwnedBignum result_;
  OwnedBignum minus_one_;
};

bool belong_together(const PrivateNumbers& key) {
  Arithmetic arithmetic;
  return ::BN_ucmp(key.d.get(), key.n.get()) < 0 &&
         arithmetic.product_is(key.p.get(), key.q.get(), key.n.get()) &&
         arithmetic.exponents_fit(key, key.p.get(), key.d_mod_p_1.get()) &&
         arithmetic.exponents_fit(key, key.q.get(), key.d_mod_q_1.get()) &&
         arithmetic.product_is_one_mod(key.inverse_of_q.get(), key.q.get(), key.p.get());
}

tl::unexpected<Error> not_consistent() {
  drained_errors();
  return fail(ErrorCode::failed, "the RSA key is damaged: its numbers do not belong together",
              "copy the file again from where it was made, or make a new pair: applink key create");
}

}  // namespace

OwnedBignum rsa_number(const EVP_PKEY* key, const char* name) {
  BIGNUM* value = nullptr;
  if (::EVP_PKEY_get_bn_param(key, name, &value) == 1) return OwnedBignum(value);
  drained_errors();
  return nullptr;
}

Result<void> check_size(const EVP_PKEY* key) {
  const int bits = ::EVP_PKEY_get_bits(key);
  if (bits < smallest_loaded_key) {
    return fail(ErrorCode::failed,
                fmt::format("the RSA key is too small: {} bits, and {} is the least that is used",
                            bits, smallest_loaded_key),
                "make a new pair: applink key create");
  }
  if (bits <= largest_loaded_key) return {};
  return fail(ErrorCode::failed,
              fmt::format("the RSA key is too large: {} bits, and {} is the most that is used",
                          bits, largest_loaded_key),
              "make a new pair: applink key create");
}

Result<void> check_public_numbers(const EVP_PKEY* key) {
  const OwnedBignum n = rsa_number(key, OSSL_PKEY_PARAM_RSA_N);
  const OwnedBignum e = rsa_number(key, OSSL_PKEY_PARAM_RSA_E);
  // "n is a product of … odd primes", "e is an integer between 3 and n - 1 satisfying
  // GCD(e,\lambda(n)) = 1", and so odd.
  const bool sound = n && e && ::BN_is_odd(n.get()) == 1 && ::BN_is_odd(e.get()) == 1 &&
                     ::BN_is_one(e.get()) == 0 && ::BN_ucmp(e.get(), n.get()) < 0;
  if (sound) return {};
  drained_errors();
  return fail(ErrorCode::failed,
              "the RSA key is damaged: no RSA key has such a modulus and exponent",
              "copy the file again from where it was made, or make a new pair: applink key create");
}

Result<void> check_private_numbers(const EVP_PKEY* key) {
  TRY(check_public_numbers(key));
  if (rsa_number(key, OSSL_PKEY_PARAM_RSA_FACTOR3)) {
    return fail(ErrorCode::failed,
                "the RSA key has more than two primes, which applink does not use",
                "make a new pair: applink key create");
  }
  const PrivateNumbers numbers(key);
  if (!numbers.complete() || !belong_together(numbers)) return not_consistent();
  return {};
}

Result<void> check_primes(EVP_PKEY* key) {
  const OwnedPkeyContext context(::EVP_PKEY_CTX_new_from_pkey(nullptr, key, nullptr));
  if (!context) library_failure("check an RSA key");
  if (::EVP_PKEY_check(context.get()) == 1) return {};
  return not_consistent();
}

}  // namespace applink::crypto

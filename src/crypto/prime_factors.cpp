// NIST SP 800-56B Rev. 2 appendix C.1: a square root of 1 modulo n that is neither 1 nor -1 shares
// a prime with n, and half of all bases lead to one.
#include "crypto/prime_factors.h"

#include "applink/crypto/rsa_key.h"

namespace applink::crypto {
namespace {

constexpr BN_ULONG bases = 64;  // all in vain once in 2^64

class Search {
 public:
  explicit Search(const BIGNUM* n)
      : n_(n),
        context_(::BN_CTX_secure_new()),
        odd_part_(secure_number()),
        minus_one_(secure_number()),
        power_(secure_number()),
        square_(secure_number()) {
    if (!context_) library_failure("compute with big numbers");
  }

  OwnedBignum factor(const BIGNUM* e, const BIGNUM* d) {
    if (!take_apart(e, d)) return nullptr;
    for (BN_ULONG base = 2; base < 2 + bases; ++base) {
      if (!raise(base)) return nullptr;
      if (auto found = factor_by_root()) return found;
    }
    return nullptr;
  }

  OwnedBignum cofactor(const BIGNUM* factor) {
    OwnedBignum quotient = secure_number();
    const bool divides = ::BN_div(quotient.get(), power_.get(), n_, factor, context_.get()) == 1 &&
                         ::BN_is_zero(power_.get()) == 1;
    return divides ? std::move(quotient) : nullptr;
  }

 private:
  // d * e - 1 is an odd part, doubled `twos_` times; where it is odd itself, d does not undo e.
  bool take_apart(const BIGNUM* e, const BIGNUM* d) {
    BIGNUM* const odd = odd_part_.get();
    if (::BN_mul(odd, d, e, context_.get()) != 1 || ::BN_sub_word(odd, 1) != 1) return false;
    if (::BN_is_zero(odd) == 1 || ::BN_is_odd(odd) == 1) return false;
    while (::BN_is_bit_set(odd, twos_) == 0) ++twos_;
    return is_exponent_of_one(odd) && ::BN_rshift(odd, odd, twos_) == 1 &&
           ::BN_sub(minus_one_.get(), n_, ::BN_value_one()) == 1;
  }

  // Without this, numbers that do not belong together would be tried with every base.
  bool is_exponent_of_one(const BIGNUM* exponent) {
    return ::BN_set_word(square_.get(), 2) == 1 &&
           ::BN_mod_exp(power_.get(), square_.get(), exponent, n_, context_.get()) == 1 &&
           ::BN_is_one(power_.get()) == 1;
  }

  bool raise(BN_ULONG base) {
    return ::BN_set_word(square_.get(), base) == 1 &&
           ::BN_mod_exp(power_.get(), square_.get(), odd_part_.get(), n_, context_.get()) == 1;
  }

  OwnedBignum factor_by_root() {
    for (int i = 0; i < twos_; ++i) {
      if (::BN_is_one(power_.get()) == 1 || ::BN_cmp(power_.get(), minus_one_.get()) == 0) break;
      if (::BN_mod_sqr(square_.get(), power_.get(), n_, context_.get()) != 1) break;
      if (::BN_is_one(square_.get()) == 1) return factor_with(power_.get());
      ::BN_swap(power_.get(), square_.get());
    }
    return nullptr;
  }

  OwnedBignum factor_with(BIGNUM* root) {
    OwnedBignum divisor = secure_number();
    const bool done =
        ::BN_sub_word(root, 1) == 1 && ::BN_gcd(divisor.get(), root, n_, context_.get()) == 1;
    return done ? std::move(divisor) : nullptr;
  }

  const BIGNUM* n_;
  OwnedBignumContext context_;
  OwnedBignum odd_part_;
  OwnedBignum minus_one_;
  OwnedBignum power_;
  OwnedBignum square_;
  int twos_ = 0;
};

}  // namespace

std::optional<PrimeFactors> prime_factors(const BIGNUM* n, const BIGNUM* e, const BIGNUM* d) {
  if (BN_num_bits(n) > largest_new_key || ::BN_is_odd(n) != 1) return std::nullopt;
  if (::BN_ucmp(e, n) >= 0 || ::BN_ucmp(d, n) >= 0) return std::nullopt;
  Search search(n);
  OwnedBignum p = search.factor(e, d);
  OwnedBignum q = p ? search.cofactor(p.get()) : nullptr;
  drained_errors();
  if (!p || !q) return std::nullopt;
  return PrimeFactors{std::move(p), std::move(q)};
}

}  // namespace applink::crypto

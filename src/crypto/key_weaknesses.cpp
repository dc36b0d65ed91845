// What makes an RSA key weak though its numbers belong together.
#include <algorithm>
#include <array>

#include <fmt/format.h>
#include <openssl/core_names.h>

#include "applink/crypto/key_inspection.h"
#include "crypto/key_handle.h"
#include "crypto/rsa_check.h"

namespace applink::crypto {
namespace {

// The discriminant of Nemec, Sys, Svenda, Klinec, Matyas: "The Return of Coppersmith's Attack"
// (ACM CCS 2017), section 2.3: the primes of the faulty generator are k * M + (65537^a mod M), with
// M the product of the first primes, so that the modulus is a power of 65537 modulo each of them.
// These 38 are in M for every size of key; another key passes all of them once in 2^27.
constexpr std::array<unsigned, 38> small_primes{
    3,  5,  7,  11, 13, 17,  19,  23,  29,  31,  37,  41,  43,  47,  53,  59,  61,  67,  71,
    73, 79, 83, 89, 97, 101, 103, 107, 109, 113, 127, 131, 137, 139, 149, 151, 157, 163, 167};
constexpr unsigned generator = 65537;

// In bits. FIPS 186-4 appendix B.3.1 wants more than 2^16; more than 2^64 is refused by OpenSSL and
// by Java with a modulus of more than 3072 bits.
constexpr int smallest_exponent = 17;
constexpr int largest_exponent = 64;

bool is_power_of_generator(unsigned residue, unsigned prime) {
  unsigned power = 1;
  do {
    if (power == residue) return true;
    power = power * (generator % prime) % prime;
  } while (power != 1);
  return false;
}

bool has_roca_fingerprint(const EVP_PKEY* key) {
  const OwnedBignum n = rsa_number(key, OSSL_PKEY_PARAM_RSA_N);
  return n && std::all_of(small_primes.begin(), small_primes.end(), [&n](unsigned prime) {
           return is_power_of_generator(static_cast<unsigned>(::BN_mod_word(n.get(), prime)),
                                        prime);
         });
}

int bits_of_exponent(const EVP_PKEY* key) {
  const OwnedBignum e = rsa_number(key, OSSL_PKEY_PARAM_RSA_E);
  if (!e) library_failure("take the exponent of an RSA key");
  return BN_num_bits(e.get());
}

}  // namespace

std::vector<std::string> weaknesses_of(const RsaPublicKey& key) {
  std::vector<std::string> found;
  if (key.bits() < smallest_new_key) {
    found.push_back(fmt::format("{} bits are too few today: make a new pair of {} or more",
                                key.bits(), default_new_key));
  }
  const EVP_PKEY* pkey = key.handle().pkey.get();
  const int exponent_bits = bits_of_exponent(pkey);
  if (exponent_bits < smallest_exponent) {
    found.push_back(
        fmt::format("its public exponent {} is weak: 65537 is customary", key.exponent()));
  }
  if (exponent_bits > largest_exponent) {
    found.push_back(fmt::format(
        "its public exponent has {} bits, which Java and OpenSSL do not take from every key: "
        "65537 is customary",
        exponent_bits));
  }
  if (has_roca_fingerprint(pkey)) {
    found.emplace_back(
        "it bears the fingerprint of ROCA (CVE-2017-15361): a faulty chip made it, and its private "
        "key can be computed from the public one");
  }
  return found;
}

}  // namespace applink::crypto

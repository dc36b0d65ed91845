// scrypt by OpenSSL, within bounds.
#include "crypto/passphrase_key.h"

#include <cstdint>
#include <utility>

#include <fmt/format.h>

#include "crypto/openssl.h"
#include "crypto/random.h"

namespace applink::crypto {
namespace {

constexpr std::uint64_t most_memory = std::uint64_t{1} << 30U;
/// As N·r·p: 16 times that of the default parameters.
constexpr std::uint64_t most_work = std::uint64_t{1} << 24U;
constexpr unsigned log2_most_work = 24;

// RFC 7914 section 2: N is larger than 1 and less than 2^(128·r / 8); r and p are not zero.
bool are_allowed(const ScryptParameters& parameters) {
  return parameters.log2_n >= 1 && parameters.r >= 1 && parameters.p >= 1 &&
         parameters.log2_n < std::uint64_t{16} * parameters.r;
}

// Divides where a product could overflow.
bool are_affordable(const ScryptParameters& parameters) {
  if (parameters.log2_n > log2_most_work) return false;
  const std::uint64_t n = std::uint64_t{1} << parameters.log2_n;
  return parameters.r <= most_memory / 128 / n && parameters.p <= most_work / n / parameters.r;
}

Result<void> check(const ScryptParameters& parameters) {
  if (!are_allowed(parameters)) {
    return fail(ErrorCode::failed, "the parameters of scrypt are none that RFC 7914 allows",
                "they are damaged: restore them from a backup");
  }
  if (are_affordable(parameters)) return {};
  return fail(ErrorCode::failed,
              fmt::format("the passphrase would take more than 1 GiB or minutes to check: scrypt "
                          "with N = 2^{}, r = {}, p = {}",
                          parameters.log2_n, parameters.r, parameters.p),
              "applink writes no such parameters: they are somebody else's, or damaged");
}

// What OpenSSL counts: V, T, X and B of the algorithm.
std::uint64_t memory(const ScryptParameters& parameters) {
  const std::uint64_t n = std::uint64_t{1} << parameters.log2_n;
  return 128 * std::uint64_t{parameters.r} * (n + 2 + parameters.p);
}

}  // namespace

std::string random_salt() {
  std::string salt(salt_size, '\0');
  random_bytes({as_bytes(salt), salt.size()});
  return salt;
}

Result<SealingKey> passphrase_key(const Secret& passphrase, std::string_view salt,
                                  const ScryptParameters& parameters) {
  TRY(check(parameters));
  // To OpenSSL a null passphrase asks for nothing but a look at the parameters.
  const char* const text = passphrase.empty() ? "" : passphrase.reveal().data();
  std::string key(SealingKey::size, '\0');
  const int done = ::EVP_PBE_scrypt(text, passphrase.size(), as_bytes(salt), salt.size(),
                                    std::uint64_t{1} << parameters.log2_n, parameters.r,
                                    parameters.p, memory(parameters), as_bytes(key), key.size());
  if (done == 1) return SealingKey::from_bytes(Secret::take(std::move(key)));
  drained_errors();
  return fail(ErrorCode::failed,
              fmt::format("cannot make a key out of the passphrase: it takes {} MiB of memory",
                          memory(parameters) >> 20U),
              "end other programs, or raise the limit: ulimit -v");
}

}  // namespace applink::crypto

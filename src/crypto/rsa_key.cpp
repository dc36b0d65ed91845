// RSA keys in OpenSSL's EVP_PKEY.
#include "applink/crypto/rsa_key.h"

#include <fmt/format.h>
#include <openssl/core_names.h>
#include <openssl/rsa.h>

#include "applink/crypto/key_formats.h"
#include "crypto/key_handle.h"
#include "crypto/rsa_check.h"
#include "crypto/rsa_numbers.h"

namespace applink::crypto {
namespace {

Result<void> check_new_size(int bits) {
  if (bits >= smallest_new_key && bits <= largest_new_key && bits % new_key_step == 0) return {};
  return fail(
      ErrorCode::usage, fmt::format("an RSA key of {} bits is not made here", bits),
      fmt::format("choose 2048, 3072 or 4096 bits, or another multiple of {} between {} and "
                  "{}",
                  new_key_step, smallest_new_key, largest_new_key));
}

// A key of its own that holds n and e alone: a second reference would keep the private numbers
// in memory as long as the public key.
OwnedPkey public_part(const EVP_PKEY* key) {
  const OwnedBignum n = rsa_number(key, OSSL_PKEY_PARAM_RSA_N);
  const OwnedBignum e = rsa_number(key, OSSL_PKEY_PARAM_RSA_E);
  OwnedPkey made = rsa_public_key(n.get(), e.get());
  if (!made) library_failure("take the public part of an RSA key");
  return made;
}

struct SearchReport {
  PrimeSearch search;
  const OnPrimeSearch& on_search;
};

// OpenSSL's callback: its first number says what happened (BN_generate_prime_ex(3)).
int tell_of_search(EVP_PKEY_CTX* context) {
  constexpr int candidate = 0;
  constexpr int prime_found = 3;
  auto& report = *static_cast<SearchReport*>(::EVP_PKEY_CTX_get_app_data(context));
  const int happened = ::EVP_PKEY_CTX_get_keygen_info(context, 0);
  if (happened == candidate) ++report.search.candidates;
  if (happened == prime_found) ++report.search.primes;
  report.on_search(report.search);
  constexpr int go_on = 1;
  return go_on;
}

}  // namespace

RsaPublicKey::RsaPublicKey(std::unique_ptr<const Handle> handle) noexcept
    : handle_(std::move(handle)) {}
RsaPublicKey::RsaPublicKey(RsaPublicKey&&) noexcept = default;
RsaPublicKey& RsaPublicKey::operator=(RsaPublicKey&&) noexcept = default;
RsaPublicKey::~RsaPublicKey() = default;

int RsaPublicKey::bits() const {
  return ::EVP_PKEY_get_bits(handle_->pkey.get());
}

std::string RsaPublicKey::exponent() const {
  const OwnedBignum e = rsa_number(handle_->pkey.get(), OSSL_PKEY_PARAM_RSA_E);
  char* digits = e ? ::BN_bn2dec(e.get()) : nullptr;
  if (digits == nullptr) library_failure("print the exponent of an RSA key");
  std::string text(digits);
  ::OPENSSL_free(digits);
  return text;
}

bool RsaPublicKey::verify(Digest kind, std::string_view message, std::string_view signature) const {
  const std::string hash = digest(kind, message);
  const OwnedHash md(::EVP_MD_fetch(nullptr, openssl_name(kind), nullptr));
  const OwnedPkeyContext context(
      ::EVP_PKEY_CTX_new_from_pkey(nullptr, handle_->pkey.get(), nullptr));
  if (!md || !context || ::EVP_PKEY_verify_init(context.get()) != 1) library_failure("verify");
  const bool genuine = ::EVP_PKEY_CTX_set_rsa_padding(context.get(), RSA_PKCS1_PADDING) == 1 &&
                       ::EVP_PKEY_CTX_set_signature_md(context.get(), md.get()) == 1 &&
                       ::EVP_PKEY_verify(context.get(), as_bytes(signature), signature.size(),
                                         as_bytes(hash), hash.size()) == 1;
  if (!genuine) drained_errors();
  return genuine;
}

std::string RsaPublicKey::spki_fingerprint() const {
  return digest(Digest::sha256, to_spki_der(*this));
}

RsaPrivateKey::RsaPrivateKey(std::unique_ptr<const Handle> handle) noexcept
    : handle_(std::move(handle)) {}
RsaPrivateKey::RsaPrivateKey(RsaPrivateKey&&) noexcept = default;
RsaPrivateKey& RsaPrivateKey::operator=(RsaPrivateKey&&) noexcept = default;
RsaPrivateKey::~RsaPrivateKey() = default;

Result<RsaPrivateKey> RsaPrivateKey::generate(int bits, const OnPrimeSearch& on_search) {
  TRY(check_new_size(bits));
  const OwnedPkeyContext context(::EVP_PKEY_CTX_new_from_name(nullptr, "RSA", nullptr));
  if (!context || ::EVP_PKEY_keygen_init(context.get()) != 1 ||
      ::EVP_PKEY_CTX_set_rsa_keygen_bits(context.get(), bits) != 1) {
    library_failure("prepare to make an RSA key");
  }
  SearchReport report{{}, on_search};
  if (on_search) {
    ::EVP_PKEY_CTX_set_app_data(context.get(), &report);
    ::EVP_PKEY_CTX_set_cb(context.get(), tell_of_search);
  }
  EVP_PKEY* made = nullptr;
  if (::EVP_PKEY_generate(context.get(), &made) != 1) library_failure("make an RSA key");
  return make_private_key(OwnedPkey(made));
}

int RsaPrivateKey::bits() const {
  return ::EVP_PKEY_get_bits(handle_->pkey.get());
}

RsaPublicKey RsaPrivateKey::public_key() const {
  return make_public_key(public_part(handle_->pkey.get()));
}

Result<std::string> RsaPrivateKey::sign(Digest kind, std::string_view message) const {
  auto context = handle_->contexts.take();
  TRY_ASSIGN(auto signature, context->sign(kind, message));
  handle_->contexts.give_back(std::move(context));
  return signature;
}

Result<void> RsaPrivateKey::check() const {
  return check_primes(handle_->pkey.get());
}

bool is_pair(const RsaPrivateKey& private_key, const RsaPublicKey& public_key) {
  return ::EVP_PKEY_eq(private_key.handle().pkey.get(), public_key.handle().pkey.get()) == 1;
}

}  // namespace applink::crypto

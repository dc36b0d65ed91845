// RSASSA-PKCS1-v1_5 by EVP_PKEY_sign over a hash: the quickest way that OpenSSL has.
#include "crypto/signing_contexts.h"

#include <cassert>

#include <fmt/format.h>
#include <openssl/rsa.h>

#include "crypto/signature_policy.h"

namespace applink::crypto {

SigningContext::SigningContext(EVP_PKEY* key)
    : signature_size_(static_cast<std::size_t>(::EVP_PKEY_get_size(key))),
      key_(::EVP_PKEY_CTX_new_from_pkey(nullptr, key, nullptr)),
      hashing_(::EVP_MD_CTX_new()) {
  if (!key_ || !hashing_ || ::EVP_PKEY_sign_init(key_.get()) != 1 ||
      ::EVP_PKEY_CTX_set_rsa_padding(key_.get(), RSA_PKCS1_PADDING) != 1) {
    library_failure("prepare an RSA signature");
  }
}

Result<void> SigningContext::prepare(Digest kind) {
  if (prepared_ == kind) return {};
  prepared_.reset();
  hash_.reset(::EVP_MD_fetch(nullptr, openssl_name(kind), nullptr));
  if (!hash_ || ::EVP_PKEY_CTX_set_signature_md(key_.get(), hash_.get()) != 1) {
    return tl::unexpected(hash_refused(kind));
  }
  prepared_ = kind;
  return {};
}

Result<std::string> SigningContext::sign(Digest kind, std::string_view message) {
  TRY(prepare(kind));
  std::array<unsigned char, EVP_MAX_MD_SIZE> hash{};
  unsigned int hash_size = 0;
  if (::EVP_DigestInit_ex2(hashing_.get(), hash_.get(), nullptr) != 1 ||
      ::EVP_DigestUpdate(hashing_.get(), message.data(), message.size()) != 1 ||
      ::EVP_DigestFinal_ex(hashing_.get(), hash.data(), &hash_size) != 1) {
    library_failure("hash");
  }
  std::string signature(signature_size_, '\0');
  std::size_t size = signature.size();
  if (::EVP_PKEY_sign(key_.get(), as_bytes(signature), &size, hash.data(), hash_size) != 1) {
    return fail(
        ErrorCode::failed,
        fmt::format("the RSA key cannot sign with {}: {}", openssl_name(kind), drained_errors()),
        "check the key: openssl rsa -check -noout -in FILE");
  }
  signature.resize(size);
  return signature;
}

SigningContexts::~SigningContexts() {
  for (auto& slot : slots_) {
    const std::unique_ptr<SigningContext> owned(slot.load(std::memory_order_acquire));
  }
}

std::unique_ptr<SigningContext> SigningContexts::take_free() {
  for (auto& slot : slots_) {
    if (slot.load(std::memory_order_relaxed) == nullptr) continue;
    // Acquire: what the thread before did to the context comes before what this one does.
    if (SigningContext* const taken = slot.exchange(nullptr, std::memory_order_acquire)) {
      return std::unique_ptr<SigningContext>(taken);
    }
  }
  return nullptr;
}

// OpenSSL blinds the numbers of a key under a lock, and all threads but the first share one
// blinding of it: each context beyond the first has a copy of the key, which is wiped with it.
std::unique_ptr<SigningContext> SigningContexts::take() {
  if (auto free = take_free()) return free;
  if (!key_is_used_.exchange(true)) return std::make_unique<SigningContext>(key_);
  const OwnedPkey copy(::EVP_PKEY_dup(key_));
  if (!copy) library_failure("copy an RSA key");
  return std::make_unique<SigningContext>(copy.get());
}

void SigningContexts::give_back(std::unique_ptr<SigningContext> context) {
  for (auto& slot : slots_) {
    SigningContext* nobody = nullptr;
    if (slot.compare_exchange_strong(nobody, context.get(), std::memory_order_release,
                                     std::memory_order_relaxed)) {
      (void)context.release();
      return;
    }
  }
}

}  // namespace applink::crypto

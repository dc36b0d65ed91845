// AES-256-GCM by OpenSSL.
#include "crypto/sealing.h"

#include <array>
#include <cassert>
#include <limits>

#include "crypto/openssl.h"
#include "crypto/random.h"

namespace applink::crypto {
namespace {

constexpr std::size_t nonce_size = 12;
constexpr std::size_t tag_size = 16;
static_assert(nonce_size + tag_size == sealing_overhead);

OwnedCipher fetch_cipher() {
  OwnedCipher cipher(::EVP_CIPHER_fetch(nullptr, "AES-256-GCM", nullptr));
  if (!cipher) library_failure("provide AES-256-GCM");
  return cipher;
}

// OpenSSL counts in int; a record of the store is never near that.
int as_length(std::string_view bytes) {
  assert(bytes.size() <= static_cast<std::size_t>(std::numeric_limits<int>::max()));
  return static_cast<int>(bytes.size());
}

bool encrypt(EVP_CIPHER_CTX* context, std::string_view plaintext, std::string_view associated_data,
             unsigned char* ciphertext, unsigned char* tag) {
  int size = 0;
  return ::EVP_EncryptUpdate(context, nullptr, &size, as_bytes(associated_data),
                             as_length(associated_data)) == 1 &&
         ::EVP_EncryptUpdate(context, ciphertext, &size, as_bytes(plaintext),
                             as_length(plaintext)) == 1 &&
         ::EVP_EncryptFinal_ex(context, ciphertext + size, &size) == 1 &&
         ::EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_GET_TAG, tag_size, tag) == 1;
}

// Nothing of `plaintext` may be used where this is false: the tag is checked last.
bool decrypt(EVP_CIPHER_CTX* context, std::string_view ciphertext, std::string_view associated_data,
             std::array<unsigned char, tag_size> tag, unsigned char* plaintext) {
  int size = 0;
  return ::EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_SET_TAG, tag_size, tag.data()) == 1 &&
         ::EVP_DecryptUpdate(context, nullptr, &size, as_bytes(associated_data),
                             as_length(associated_data)) == 1 &&
         ::EVP_DecryptUpdate(context, plaintext, &size, as_bytes(ciphertext),
                             as_length(ciphertext)) == 1 &&
         ::EVP_DecryptFinal_ex(context, plaintext + size, &size) == 1;
}

}  // namespace

SealingKey SealingKey::random() {
  std::string bytes(size, '\0');
  random_bytes({as_bytes(bytes), bytes.size()});
  return SealingKey(Secret::take(std::move(bytes)));
}

Result<SealingKey> SealingKey::from_bytes(Secret bytes) {
  if (bytes.size() == size) return SealingKey(std::move(bytes));
  return fail(ErrorCode::failed, "a sealing key has 32 bytes, this one has not");
}

std::string seal(const SealingKey& key, const Secret& plaintext, std::string_view associated_data) {
  std::string sealed(plaintext.size() + sealing_overhead, '\0');
  unsigned char* const nonce = as_bytes(sealed);
  unsigned char* const ciphertext = nonce + nonce_size;
  random_bytes({nonce, nonce_size});
  const OwnedCipher cipher = fetch_cipher();
  const OwnedCipherContext context(::EVP_CIPHER_CTX_new());
  if (!context ||
      ::EVP_EncryptInit_ex2(context.get(), cipher.get(), as_bytes(key.bytes().reveal()), nonce,
                            nullptr) != 1 ||
      !encrypt(context.get(), plaintext.reveal(), associated_data, ciphertext,
               ciphertext + plaintext.size())) {
    library_failure("seal");
  }
  return sealed;
}

Result<Secret> unseal(const SealingKey& key, std::string_view sealed,
                      std::string_view associated_data) {
  const auto refused = fail(ErrorCode::failed,
                            "the sealed bytes do not open: they were changed, or the key is not "
                            "the one that sealed them");
  if (sealed.size() < sealing_overhead) return refused;
  const std::string_view nonce = sealed.substr(0, nonce_size);
  const std::string_view ciphertext = sealed.substr(nonce_size, sealed.size() - sealing_overhead);
  std::array<unsigned char, tag_size> tag{};
  std::copy(sealed.end() - tag_size, sealed.end(), tag.begin());
  const OwnedCipher cipher = fetch_cipher();
  const OwnedCipherContext context(::EVP_CIPHER_CTX_new());
  if (!context || ::EVP_DecryptInit_ex2(context.get(), cipher.get(), as_bytes(key.bytes().reveal()),
                                        as_bytes(nonce), nullptr) != 1) {
    library_failure("unseal");
  }
  std::string plaintext(ciphertext.size(), '\0');
  const bool genuine =
      decrypt(context.get(), ciphertext, associated_data, tag, as_bytes(plaintext));
  Secret opened = Secret::take(std::move(plaintext));
  if (genuine) return opened;
  drained_errors();
  return refused;
}

}  // namespace applink::crypto

// EncryptedPrivateKeyInfo by PBES2.
#include <openssl/pem.h>

#include "applink/crypto/key_formats.h"
#include "crypto/key_handle.h"
#include "crypto/new_passphrase.h"

namespace applink::crypto {
namespace {

constexpr int scrypt_n = 16384;
constexpr int scrypt_r = 8;
constexpr int scrypt_p = 5;
constexpr int pbes2_salt_size = 16;

OwnedAlgorithm pbes2(Kdf kdf) {
  const OwnedCipher cipher(::EVP_CIPHER_fetch(nullptr, "AES-256-CBC", nullptr));
  if (!cipher) return nullptr;
  if (kdf == Kdf::scrypt) {
    return OwnedAlgorithm(::PKCS5_pbe2_set_scrypt(cipher.get(), nullptr, pbes2_salt_size, nullptr,
                                                  scrypt_n, scrypt_r, scrypt_p));
  }
  return OwnedAlgorithm(::PKCS5_pbe2_set_iv(cipher.get(), kdf_iterations, nullptr, pbes2_salt_size,
                                            nullptr, NID_hmacWithSHA256));
}

OwnedSealedPkcs8 sealed(const RsaPrivateKey& key, const Secret& passphrase, Kdf kdf) {
  const OwnedPkcs8 plain(::EVP_PKEY2PKCS8(key.handle().pkey.get()));
  OwnedAlgorithm algorithm = pbes2(kdf);
  if (!plain || !algorithm) library_failure("encrypt a key");
  const std::string_view text = passphrase.reveal();
  OwnedSealedPkcs8 made(
      ::PKCS8_set0_pbe(text.data(), static_cast<int>(text.size()), plain.get(), algorithm.get()));
  if (!made) library_failure("encrypt a key");
  (void)algorithm.release();  // is the sealed key's now
  return made;
}

Secret bytes_in(BIO* memory) {
  char* bytes = nullptr;
  const long size = BIO_get_mem_data(memory, &bytes);
  return Secret(std::string_view(bytes, static_cast<std::size_t>(size)));
}

Result<Secret> written(const RsaPrivateKey& key, const Secret& passphrase, Kdf kdf,
                       int (*write)(BIO*, const X509_SIG*)) {
  TRY(check_new_passphrase(passphrase));
  const OwnedBio out(::BIO_new(::BIO_s_mem()));
  if (!out || write(out.get(), sealed(key, passphrase, kdf).get()) != 1) {
    library_failure("encode an encrypted key");
  }
  return bytes_in(out.get());
}

}  // namespace

Result<Secret> to_encrypted_pkcs8_pem(const RsaPrivateKey& key, const Secret& passphrase, Kdf kdf) {
  return written(key, passphrase, kdf, ::PEM_write_bio_PKCS8);
}

Result<Secret> to_encrypted_pkcs8_der(const RsaPrivateKey& key, const Secret& passphrase, Kdf kdf) {
  return written(key, passphrase, kdf, ::i2d_PKCS8_bio);
}

}  // namespace applink::crypto

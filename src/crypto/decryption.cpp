// Password-based encryption by OpenSSL, within bounds.
#include "crypto/decryption.h"

#include <algorithm>
#include <array>
#include <limits>

#include <openssl/err.h>

namespace applink::crypto {
namespace {

tl::unexpected<Error> too_costly() {
  return fail(ErrorCode::failed, "the file asks for more work to decrypt it than is reasonable",
              "it is damaged, or made to block who opens it; decrypt it where it was made");
}

tl::unexpected<Error> unsupported() {
  return fail(ErrorCode::failed,
              "the file is encrypted in a way that OpenSSL does not know any more",
              "encrypt it anew where it was made, with AES-256; of a PKCS#12 file, openssl pkcs12 "
              "-legacy -nodes -in FILE -out private_key.pem may still take the key out");
}

bool says_unsupported(unsigned long error) {
  constexpr std::array reasons{EVP_R_UNKNOWN_PBE_ALGORITHM,
                               EVP_R_UNKNOWN_CIPHER,
                               EVP_R_UNSUPPORTED_CIPHER,
                               EVP_R_UNSUPPORTED_PRF,
                               EVP_R_UNSUPPORTED_KEY_DERIVATION_FUNCTION,
                               EVP_R_UNSUPPORTED_KEYLENGTH,
                               EVP_R_UNSUPPORTED_SALT_TYPE,
                               EVP_R_UNSUPPORTED_ALGORITHM,
                               EVP_R_DECODE_ERROR,
                               EVP_R_CIPHER_PARAMETER_ERROR};
  const int reason = ERR_GET_REASON(error);
  if (reason == ERR_R_UNSUPPORTED) return true;
  return ERR_GET_LIB(error) == ERR_LIB_EVP &&
         std::find(reasons.begin(), reasons.end(), reason) != reasons.end();
}

template <class T, auto Free>
Owned<T, Free> unpacked(const ASN1_ITEM* item, const X509_ALGOR* algorithm) {
  const void* parameter = nullptr;
  int type = V_ASN1_UNDEF;
  ::X509_ALGOR_get0(nullptr, &type, &parameter, algorithm);
  if (type != V_ASN1_SEQUENCE) return nullptr;
  return Owned<T, Free>(
      static_cast<T*>(::ASN1_item_unpack(static_cast<const ASN1_STRING*>(parameter), item)));
}

int id_of(const X509_ALGOR* algorithm) {
  const ASN1_OBJECT* object = nullptr;
  ::X509_ALGOR_get0(&object, nullptr, nullptr, algorithm);
  return ::OBJ_obj2nid(object);
}

// Zero, which OpenSSL refuses, for what is no number of rounds at all.
std::int64_t number(const ASN1_INTEGER* integer) {
  std::int64_t value = 0;
  const bool fits = ::ASN1_INTEGER_get_int64(&value, integer) == 1;
  drained_errors();
  if (fits) return std::max<std::int64_t>(value, 0);
  return std::numeric_limits<std::int64_t>::max();
}

// A factor of scrypt (RFC 7914) that could make the product overflow stands for too much.
std::int64_t factor(const ASN1_INTEGER* integer) {
  return std::min<std::int64_t>(number(integer), 1'000'000);
}

}  // namespace

Result<Secret> asked(const AskPassphrase& ask) {
  if (ask) return ask();
  return fail(
      ErrorCode::locked,
      "the private key is encrypted, and nobody can be asked for its "
      "passphrase",
      "decrypt it (this asks for its passphrase): openssl pkey -in FILE -out private_key.pem");
}

tl::unexpected<Error> wrong_passphrase() {
  return fail(ErrorCode::locked, "the passphrase is wrong",
              "type it again; it is the one with which this file was encrypted");
}

Undecrypted why_undecrypted() {
  bool costly = false;
  bool unknown = false;
  while (const unsigned long error = ::ERR_get_error()) {
    unknown = unknown || says_unsupported(error);
    costly = costly || (ERR_GET_LIB(error) == ERR_LIB_EVP &&
                        ERR_GET_REASON(error) == EVP_R_MEMORY_LIMIT_EXCEEDED);
  }
  if (costly) return Undecrypted::too_costly;
  return unknown ? Undecrypted::unknown_cipher : Undecrypted::wrong_passphrase;
}

tl::unexpected<Error> decryption_failure(Undecrypted why) {
  switch (why) {
    case Undecrypted::too_costly:
      return too_costly();
    case Undecrypted::unknown_cipher:
      return unsupported();
    case Undecrypted::wrong_passphrase:
      break;
  }
  return wrong_passphrase();
}

Result<void> Work::take_on(std::int64_t rounds) {
  if (rounds > left_) return too_costly();
  left_ -= rounds;
  return {};
}

Result<void> Work::take_on(const ASN1_INTEGER* rounds) {
  return take_on(number(rounds));
}

// RFC 8018 appendix A.2. The product of scrypt's numbers is about as dear as as many rounds.
Result<void> Work::take_on_derivation(const X509_ALGOR* derivation) {
  if (id_of(derivation) == NID_id_pbkdf2) {
    const auto pbkdf2 =
        unpacked<PBKDF2PARAM, ::PBKDF2PARAM_free>(ASN1_ITEM_rptr(PBKDF2PARAM), derivation);
    return pbkdf2 ? take_on(pbkdf2->iter) : Result<void>();
  }
  if (id_of(derivation) != NID_id_scrypt) return {};
  const auto scrypt =
      unpacked<SCRYPT_PARAMS, ::SCRYPT_PARAMS_free>(ASN1_ITEM_rptr(SCRYPT_PARAMS), derivation);
  if (!scrypt) return {};
  return take_on(factor(scrypt->costParameter) * factor(scrypt->blockSize) *
                 factor(scrypt->parallelizationParameter));
}

Result<void> Work::take_on(const X509_ALGOR* algorithm) {
  if (id_of(algorithm) == NID_pbes2) {
    const auto pbes2 = unpacked<PBE2PARAM, ::PBE2PARAM_free>(ASN1_ITEM_rptr(PBE2PARAM), algorithm);
    if (pbes2) return take_on_derivation(pbes2->keyfunc);
  } else {
    const auto pbe = unpacked<PBEPARAM, ::PBEPARAM_free>(ASN1_ITEM_rptr(PBEPARAM), algorithm);
    if (pbe) return take_on(pbe->iter);
  }
  drained_errors();
  return {};  // not understood: OpenSSL refuses it without work
}

Result<OwnedPkcs8> decrypted_pkcs8(const X509_SIG& sealed, GivenPassphrase passphrase, Work& work) {
  const X509_ALGOR* algorithm = nullptr;
  ::X509_SIG_get0(&sealed, &algorithm, nullptr);
  TRY(work.take_on(algorithm));
  return decrypted([&](OSSL_LIB_CTX* context) {
    return OwnedPkcs8(
        ::PKCS8_decrypt_ex(&sealed, passphrase.text, passphrase.size, context, nullptr));
  });
}

}  // namespace applink::crypto

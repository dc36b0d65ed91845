// OpenSSL's PEM_do_header on a copy of the ciphertext.
#include "crypto/encrypted_pem.h"

#include <algorithm>

#include <openssl/pem.h>

#include "crypto/decryption.h"

namespace applink::crypto {
namespace {

int give_passphrase(char* buffer, int size, int /*for_writing*/, void* passphrase) {
  const std::string_view text = static_cast<const Secret*>(passphrase)->reveal();
  if (text.size() > static_cast<std::size_t>(size)) return -1;
  std::copy(text.begin(), text.end(), buffer);
  return static_cast<int>(text.size());
}

Result<EVP_CIPHER_INFO> cipher_of(const Blob& blob) {
  EVP_CIPHER_INFO info{};
  std::string headers = blob.headers;
  if (::PEM_get_EVP_CIPHER_INFO(headers.data(), &info) == 1 && info.cipher != nullptr) return info;
  drained_errors();
  return fail(ErrorCode::failed,
              "the lines Proc-Type and DEK-Info of the encrypted PEM are damaged, or name a cipher "
              "that OpenSSL does not know",
              "copy the file again, whole, from its BEGIN line to its END line");
}

}  // namespace

Result<Secret> decrypted_pem(const Blob& blob, const AskPassphrase& ask) {
  TRY_ASSIGN(EVP_CIPHER_INFO info, cipher_of(blob));
  const auto block = static_cast<std::size_t>(::EVP_CIPHER_get_block_size(info.cipher));
  if (blob.bytes.empty() || blob.bytes.size() % block != 0) {
    return fail(ErrorCode::failed, "the encrypted key is cut off or damaged",
                "copy the file again, whole, from its BEGIN line to its END line");
  }
  TRY_ASSIGN(Secret passphrase, asked(ask));
  std::string bytes(blob.bytes.reveal());
  long size = static_cast<long>(bytes.size());
  const bool done =
      ::PEM_do_header(&info, as_bytes(bytes), &size, give_passphrase, &passphrase) == 1;
  if (!done) {
    wipe(bytes);
    return decryption_failure(why_undecrypted());
  }
  Secret der(std::string_view(bytes).substr(0, static_cast<std::size_t>(size)));
  wipe(bytes);
  return der;
}

}  // namespace applink::crypto

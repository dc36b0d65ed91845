// Reading key files: the armour, what is within it, the key, and whether the key is sound.
#include <algorithm>

#include <fmt/core.h>

#include "applink/base/text.h"
#include "applink/crypto/certificate.h"
#include "applink/crypto/key_formats.h"
#include "crypto/key_decoder.h"
#include "crypto/key_handle.h"
#include "crypto/key_recognition.h"
#include "crypto/pem.h"
#include "crypto/rsa_check.h"

namespace applink::crypto {
namespace {

constexpr std::string_view pkcs1_label = "RSA PRIVATE KEY";
constexpr std::string_view pkcs8_label = "PRIVATE KEY";

Result<RsaPrivateKey> sound_key(OwnedPkey key) {
  if (!key) {
    return fail(ErrorCode::failed, "the RSA private key is damaged",
                "copy the file again, whole, from its first to its last byte");
  }
  TRY(check_size(key.get()));
  TRY(check_private_numbers(key.get()));
  return make_private_key(std::move(key));
}

Result<RsaPrivateKey> key_from_pkcs1(std::string_view der) {
  const DerKind kind = kind_of_der(der);
  if (kind != DerKind::pkcs1_private_key) {
    return tl::unexpected(content_is_no_private_key(pkcs1_label, kind));
  }
  return sound_key(decode_rsa_private_key(der));
}

// A PKCS#8 structure is an algorithm and, for RSA, the PKCS#1 structure of the key.
Result<RsaPrivateKey> key_from_pkcs8(std::string_view der) {
  const DerKind kind = kind_of_der(der);
  if (kind != DerKind::pkcs8_private_key) {
    return tl::unexpected(content_is_no_private_key(pkcs8_label, kind));
  }
  const unsigned char* at = as_bytes(der);
  const OwnedPkcs8 outer(::d2i_PKCS8_PRIV_KEY_INFO(nullptr, &at, static_cast<long>(der.size())));
  const ASN1_OBJECT* algorithm = nullptr;
  const unsigned char* key = nullptr;
  int size = 0;
  if (!outer || ::PKCS8_pkey_get0(&algorithm, &key, &size, nullptr, outer.get()) != 1) {
    drained_errors();
    return tl::unexpected(content_is_no_private_key(pkcs8_label, DerKind::unknown));
  }
  const int nid = ::OBJ_obj2nid(algorithm);
  if (nid != NID_rsaEncryption) return tl::unexpected(other_algorithm(nid));
  const std::string_view inner(reinterpret_cast<const char*>(key), static_cast<std::size_t>(size));
  return key_from_pkcs1(inner);
}

bool is_private_key(const PemBlock& block) {
  return block.label == pkcs1_label || block.label == pkcs8_label;
}

// A file made by `openssl pkcs12 -nodes` or by hand may hold certificates before the key: the
// private key is meant, and where there is none, the first block says what the file is.
Result<PemBlock> meant_block(const std::vector<PemBlock>& blocks) {
  const auto keys = std::count_if(blocks.begin(), blocks.end(), is_private_key);
  if (keys == 0) return blocks.front();
  if (keys == 1) return *std::find_if(blocks.begin(), blocks.end(), is_private_key);
  return fail(ErrorCode::failed, fmt::format("the file holds {} private keys", keys),
              "copy the one that is meant, from its BEGIN line to its END line, into a file of its "
              "own");
}

Result<RsaPublicKey> public_key_from_spki(std::string_view der) {
  TRY_ASSIGN(auto key, decode_spki(der));
  return make_public_key(std::move(key));
}

Result<RsaPublicKey> public_key_from_bare_base64(std::string_view text) {
  const auto der = decode_base64_lines(text);
  if (!der || kind_of_der(der->reveal()) != DerKind::subject_public_key_info) {
    return tl::unexpected(not_pem(text, "public key"));
  }
  return public_key_from_spki(der->reveal());
}

}  // namespace

Result<RsaPrivateKey> private_key_from_pem(const Secret& pem) {
  const auto blocks = pem_blocks(pem.reveal());
  if (blocks.empty()) return tl::unexpected(not_pem(pem.reveal(), "private key"));
  TRY_ASSIGN(const PemBlock block, meant_block(blocks));
  if (!is_private_key(block)) return tl::unexpected(label_is_no_private_key(block.label));
  if (block.headers.find("ENCRYPTED") != std::string_view::npos) {
    return tl::unexpected(traditionally_encrypted());
  }
  TRY_ASSIGN(const Secret der, pem_bytes(block));
  return block.label == pkcs1_label ? key_from_pkcs1(der.reveal()) : key_from_pkcs8(der.reveal());
}

Result<RsaPrivateKey> private_key_from_pkcs8_der(const Secret& der) {
  return key_from_pkcs8(der.reveal());
}

Result<RsaPublicKey> public_key_from_pem(std::string_view pem) {
  const auto blocks = pem_blocks(pem);
  if (blocks.empty()) return public_key_from_bare_base64(pem);
  const PemBlock& block = blocks.front();
  if (block.label == "CERTIFICATE") {
    TRY_ASSIGN(const auto certificate, Certificate::from_pem(pem));
    return certificate.public_key();
  }
  if (block.label != "PUBLIC KEY") return tl::unexpected(label_is_no_public_key(block.label));
  TRY_ASSIGN(const Secret der, pem_bytes(block));
  return public_key_from_spki(der.reveal());
}

}  // namespace applink::crypto

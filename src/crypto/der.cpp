// Telling DER structures apart by the tags directly within their outermost SEQUENCE.
#include "crypto/der.h"

#include <array>
#include <string>

#include <openssl/asn1.h>

#include "crypto/openssl.h"

namespace applink::crypto {
namespace {

// One letter a tag: I(nteger), S(equence), O(ctet string), B(it string), object iD(entifier),
// [ for context-specific.
char letter_of(int tag, int tag_class) {
  if (tag_class == V_ASN1_CONTEXT_SPECIFIC) return '[';
  if (tag_class != V_ASN1_UNIVERSAL) return '?';
  switch (tag) {
    case V_ASN1_INTEGER:
      return 'I';
    case V_ASN1_SEQUENCE:
      return 'S';
    case V_ASN1_OCTET_STRING:
      return 'O';
    case V_ASN1_BIT_STRING:
      return 'B';
    case V_ASN1_OBJECT:
      return 'D';
    default:
      return '?';
  }
}

struct Element {
  char letter = '?';
  std::string_view content;
  std::string_view rest;  ///< what follows it
  bool sound = false;     ///< has a definite length that lies within the input
};

Element first_element(std::string_view der) {
  const unsigned char* at = as_bytes(der);
  long length = 0;
  int tag = 0;
  int tag_class = 0;
  const int form = ::ASN1_get_object(&at, &length, &tag, &tag_class, static_cast<long>(der.size()));
  if ((form & 0x80) != 0 || (form & 0x01) != 0) {
    drained_errors();
    return {};
  }
  const auto header = static_cast<std::size_t>(at - as_bytes(der));
  const auto size = static_cast<std::size_t>(length);
  return {letter_of(tag, tag_class), der.substr(header, size), der.substr(header + size), true};
}

// "ISO" for the three parts of a PKCS#8 key; longer outlines are cut at twelve letters.
std::string outline(std::string_view content) {
  std::string letters;
  while (!content.empty() && letters.size() < 12) {
    const Element element = first_element(content);
    letters += element.letter;
    if (!element.sound) break;
    content = element.rest;
  }
  return letters;
}

// The version of RFC 8017 appendix A.1.2, which OpenSSL keeps but does not check.
constexpr std::string_view two_primes("\0", 1);
constexpr std::string_view more_primes("\1", 1);

struct Outline {
  std::string_view letters;
  BlobKind kind;
  std::string_view first_content;  ///< empty: anything
};
constexpr std::array outlines{
    Outline{"IIIIIIIII", BlobKind::pkcs1_private_key, two_primes},
    Outline{"IIIIIIIIIS", BlobKind::pkcs1_private_key, more_primes},
    Outline{"IIIIII", BlobKind::dsa_private_key, {}},
    Outline{"ISO", BlobKind::pkcs8_private_key, {}},
    Outline{"ISO[", BlobKind::pkcs8_private_key, {}},
    Outline{"ISO[[", BlobKind::pkcs8_private_key, {}},
    Outline{"SO", BlobKind::pkcs8_encrypted_private_key, {}},
    Outline{"IO", BlobKind::ec_private_key, {}},
    Outline{"IO[", BlobKind::ec_private_key, {}},
    Outline{"IO[[", BlobKind::ec_private_key, {}},
    Outline{"II", BlobKind::pkcs1_public_key, {}},
    Outline{"SB", BlobKind::subject_public_key_info, {}},
    Outline{"ISS", BlobKind::pkcs12, {}},
    Outline{"IS", BlobKind::pkcs12, {}},
    Outline{"D[", BlobKind::pkcs7, {}},
};

// Both are something, the algorithm of its signature, and the signature (RFC 5280, RFC 2986). What
// is signed of a request is a version, a name, a key and attributes.
BlobKind signed_kind(std::string_view content) {
  const bool request = outline(first_element(content).content) == "ISS[";
  return request ? BlobKind::certificate_request : BlobKind::certificate;
}

// A SEQUENCE of more than 127 bytes, as every RSA key is: 30 81, 30 82 …
bool begins_as_long_sequence(std::string_view der) {
  return der.size() > 2 && der[0] == '\x30' && static_cast<unsigned char>(der[1]) > 0x80;
}

}  // namespace

BlobKind kind_of_der(std::string_view der) {
  const Element outer = first_element(der);
  if (!outer.sound) return begins_as_long_sequence(der) ? BlobKind::cut_off : BlobKind::unknown;
  if (outer.letter != 'S') return BlobKind::unknown;
  if (!outer.rest.empty()) return BlobKind::too_long;
  const std::string letters = outline(outer.content);
  if (letters == "SSB") return signed_kind(outer.content);
  const std::string_view first = first_element(outer.content).content;
  for (const Outline& known : outlines) {
    if (known.letters != letters) continue;
    if (known.first_content.empty() || known.first_content == first) return known.kind;
  }
  return BlobKind::unknown;
}

bool is_der(std::string_view bytes) {
  switch (kind_of_der(bytes)) {
    case BlobKind::unknown:
      return false;
    case BlobKind::cut_off:
    case BlobKind::too_long:
      return begins_as_long_sequence(bytes);
    default:
      return true;
  }
}

std::size_t size_of_first_der(std::string_view bytes) {
  return bytes.size() - first_element(bytes).rest.size();
}

}  // namespace applink::crypto

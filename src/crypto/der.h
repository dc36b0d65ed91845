// The outline of DER: enough to tell what a key file really holds before OpenSSL decodes it.
#pragma once

#include <string_view>

namespace applink::crypto {

enum class DerKind {
  pkcs1_private_key,
  pkcs8_private_key,
  pkcs8_encrypted_private_key,
  ec_private_key,
  dsa_private_key,
  pkcs1_public_key,
  subject_public_key_info,
  certificate_or_request,
  pkcs12,
  cut_off,   ///< a DER structure whose end is missing
  too_long,  ///< a DER structure with foreign bytes behind it
  unknown,
};

DerKind kind_of_der(std::string_view der);

/// Whether `bytes` may be taken for DER rather than text: a text that begins with "0" is not.
bool is_der(std::string_view bytes);

}  // namespace applink::crypto

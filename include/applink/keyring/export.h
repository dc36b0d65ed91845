// Key pairs as files: the four that other tools and Jira's admin pages expect.
#pragma once

#include <array>
#include <filesystem>
#include <string_view>
#include <vector>

#include "applink/base/result.h"
#include "applink/base/secret.h"
#include "applink/store/key_pair.h"

namespace applink::keyring {

enum class KeyForm {
  pkcs1_pem,        ///< the private key as `openssl rsa` and most scripting languages read it
  pkcs8_pem,        ///< the private key as Java reads it
  spki_pem,         ///< the public key, for Jira's form and its REST interface
  certificate_pem,  ///< the public key in an X.509 certificate, for Jira's form
};

inline constexpr std::array all_key_forms{KeyForm::pkcs1_pem, KeyForm::pkcs8_pem, KeyForm::spki_pem,
                                          KeyForm::certificate_pem};

/// "private_key.pem", "private_key.pkcs8", "public_key.pem", "public_key.cer".
std::string_view customary_file_name(KeyForm form);
bool is_private(KeyForm form);

/// What the file of this form holds.
Secret key_text(const store::KeyPair& pair, KeyForm form);

/// Writes one form into a new file, readable by its owner alone where it is private.
/// ErrorCode::conflict where the file exists.
Result<void> export_key_file(const store::KeyPair& pair, KeyForm form,
                             const std::filesystem::path& path);

/// Writes all forms under their customary names into `directory`, which is made where it is missing
/// (0700), and returns their paths. Nothing is overwritten, and where one of them cannot be
/// written, no file of this export stays behind. An interrupt waits for the end; SIGKILL does not,
/// and leaves those of the four that were whole by then: a file that is already what would be
/// written is left as it is, so that the same call completes them.
Result<std::vector<std::filesystem::path>> export_key_files(const store::KeyPair& pair,
                                                            const std::filesystem::path& directory);

}  // namespace applink::keyring

// Key pairs as files: any form under any name, and the four that other tools and Jira's admin pages
// expect.
#pragma once

#include <filesystem>
#include <string_view>
#include <vector>

#include "applink/base/backup.h"
#include "applink/base/result.h"
#include "applink/keyring/key_form.h"
#include "applink/store/key_pair.h"

namespace applink::keyring {

/// Writes one form into a file, readable by its owner alone where it is private.
Result<WrittenFile> export_key_file(const store::KeyPair& pair, KeyForm form,
                                    const std::filesystem::path& path,
                                    const KeyFormDetails& details = {},
                                    Existing existing = Existing::refused);

/// "private_key.pem", "private_key.pkcs8", "public_key.pem", "public_key.cer". Of customary forms
/// alone.
std::string_view customary_file_name(KeyForm form);

/// Writes the customary forms under their names into `directory`, which is made where it is missing
/// (0700). Where one of them cannot be written, all is as it was. An interrupt waits for the end;
/// SIGKILL does not, and leaves those of the four that were whole by then: a file that is already
/// what would be written is left as it is, so that the same call completes them.
Result<std::vector<WrittenFile>> export_key_files(const store::KeyPair& pair,
                                                  const std::filesystem::path& directory,
                                                  Existing existing = Existing::refused);

/// ErrorCode::conflict where one of the customary names is taken in `directory`: for who has a key
/// to make first.
Result<void> check_nothing_exported(const std::filesystem::path& directory);

}  // namespace applink::keyring

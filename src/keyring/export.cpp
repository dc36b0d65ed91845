// Key pairs into files, all or none.
#include "applink/keyring/export.h"

#include <fmt/format.h>

#include "applink/base/files.h"
#include "applink/base/signals.h"
#include "applink/base/text.h"
#include "applink/crypto/key_formats.h"

namespace applink::keyring {
namespace {

namespace fs = std::filesystem;

FileMode mode_of(KeyForm form) {
  return is_private(form) ? FileMode::private_file : FileMode::public_file;
}

// Takes back what was written so far, unless everything was.
class Export {
 public:
  explicit Export(const fs::path& directory) : directory_(directory) {}
  Export(const Export&) = delete;
  Export& operator=(const Export&) = delete;
  ~Export() {
    if (complete_) return;
    std::error_code ignored;
    for (const fs::path& path : written_) fs::remove(path, ignored);
    if (made_directory_) fs::remove(directory_, ignored);  // only where it is empty
  }

  Result<void> make_directory() {
    std::error_code ignored;
    made_directory_ = !fs::exists(directory_, ignored);
    return create_private_directories(directory_);
  }

  // What an export that was killed left is as good as what this one would write.
  Result<void> write(const store::KeyPair& pair, KeyForm form) {
    const fs::path path = directory_ / customary_file_name(form);
    if (!is_written_already(path, key_text(pair, form).reveal(), mode_of(form))) {
      TRY(export_key_file(pair, form, path));
      written_.push_back(path);
    }
    all_.push_back(path);
    return {};
  }

  std::vector<fs::path> complete() {
    complete_ = true;
    return std::move(all_);
  }

 private:
  const fs::path& directory_;
  bool made_directory_ = false;
  bool complete_ = false;
  std::vector<fs::path> written_;
  std::vector<fs::path> all_;
};

}  // namespace

std::string_view customary_file_name(KeyForm form) {
  switch (form) {
    case KeyForm::pkcs1_pem:
      return "private_key.pem";
    case KeyForm::pkcs8_pem:
      return "private_key.pkcs8";
    case KeyForm::spki_pem:
      return "public_key.pem";
    case KeyForm::certificate_pem:
      break;
  }
  return "public_key.cer";
}

bool is_private(KeyForm form) {
  return form == KeyForm::pkcs1_pem || form == KeyForm::pkcs8_pem;
}

Secret key_text(const store::KeyPair& pair, KeyForm form) {
  switch (form) {
    case KeyForm::pkcs1_pem:
      return crypto::to_pkcs1_pem(pair.private_key);
    case KeyForm::pkcs8_pem:
      return crypto::to_pkcs8_pem(pair.private_key);
    case KeyForm::spki_pem:
      return Secret(crypto::to_spki_pem(pair.private_key.public_key()));
    case KeyForm::certificate_pem:
      break;
  }
  return Secret(pair.certificate_pem);
}

Result<void> export_key_file(const store::KeyPair& pair, KeyForm form, const fs::path& path) {
  return write_new_file(path, key_text(pair, form).reveal(), mode_of(form));
}

Result<std::vector<fs::path>> export_key_files(const store::KeyPair& pair,
                                               const fs::path& directory) {
  const SignalsHeld until_all_are_written;
  Export files(directory);
  TRY(files.make_directory());
  for (const KeyForm form : all_key_forms) TRY(files.write(pair, form));
  return files.complete();
}

}  // namespace applink::keyring

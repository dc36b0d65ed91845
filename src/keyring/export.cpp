// Key pairs into files, all or none.
#include "applink/keyring/export.h"

#include <cassert>

#include <fmt/format.h>

#include "applink/base/backup.h"
#include "applink/base/files.h"
#include "applink/base/signals.h"
#include "applink/base/text.h"

namespace applink::keyring {
namespace {

namespace fs = std::filesystem;

FileMode mode_of(KeyForm form) {
  return is_private(form) ? FileMode::private_file : FileMode::public_file;
}

// Takes back what was written so far, unless everything was.
class Export {
 public:
  Export(const fs::path& directory, Existing existing)
      : directory_(directory), existing_(existing) {}
  Export(const Export&) = delete;
  Export& operator=(const Export&) = delete;
  ~Export() {
    if (complete_) return;
    std::error_code ignored;
    for (const WrittenFile& file : written_) {
      if (file.backup) fs::rename(*file.backup, file.path, ignored);
      if (!file.backup) fs::remove(file.path, ignored);
    }
    if (made_directory_) fs::remove(directory_, ignored);  // only where it is empty
  }

  Result<void> make_directory() {
    std::error_code ignored;
    made_directory_ = !fs::exists(directory_, ignored);
    return create_private_directories(directory_);
  }

  // What an export that was killed left is as good as what this one would write.
  Result<void> add(const store::KeyPair& pair, KeyForm form) {
    const fs::path path = directory_ / customary_file_name(form);
    TRY_ASSIGN(const Secret content, key_content(pair, form));
    if (is_written_already(path, content.reveal(), mode_of(form))) {
      all_.push_back({path, std::nullopt});
      return {};
    }
    TRY_ASSIGN(WrittenFile file, write_file(path, content.reveal(), mode_of(form), existing_));
    written_.push_back(file);
    all_.push_back(std::move(file));
    return {};
  }

  std::vector<WrittenFile> complete() {
    complete_ = true;
    return std::move(all_);
  }

 private:
  const fs::path& directory_;
  Existing existing_;
  bool made_directory_ = false;
  bool complete_ = false;
  std::vector<WrittenFile> written_;
  std::vector<WrittenFile> all_;
};

}  // namespace

Result<WrittenFile> export_key_file(const store::KeyPair& pair, KeyForm form, const fs::path& path,
                                    const KeyFormDetails& details, Existing existing) {
  TRY_ASSIGN(const Secret content, key_content(pair, form, details));
  return write_file(path, content.reveal(), mode_of(form), existing);
}

std::string_view customary_file_name(KeyForm form) {
  switch (form) {
    case KeyForm::pkcs1_pem:
      return "private_key.pem";
    case KeyForm::pkcs8_pem:
      return "private_key.pkcs8";
    case KeyForm::spki_pem:
      return "public_key.pem";
    default:
      assert(form == KeyForm::certificate_pem);
      return "public_key.cer";
  }
}

Result<std::vector<WrittenFile>> export_key_files(const store::KeyPair& pair,
                                                  const fs::path& directory, Existing existing) {
  const SignalsHeld until_all_are_written;
  Export files(directory, existing);
  TRY(files.make_directory());
  for (const KeyForm form : customary_forms) TRY(files.add(pair, form));
  return files.complete();
}

Result<void> check_nothing_exported(const fs::path& directory) {
  for (const KeyForm form : customary_forms) {
    const fs::path path = directory / customary_file_name(form);
    std::error_code ignored;
    if (fs::symlink_status(path, ignored).type() == fs::file_type::not_found) continue;
    return fail(ErrorCode::conflict,
                fmt::format("{} exists, and is not overwritten", terminal_safe(path.string())),
                "choose another directory, or move that file away");
  }
  return {};
}

}  // namespace applink::keyring

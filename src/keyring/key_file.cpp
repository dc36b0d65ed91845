// Reading private key files.
#include "applink/keyring/key_file.h"

#include <string>
#include <string_view>

#include <fmt/format.h>

#include "applink/base/files.h"
#include "applink/base/text.h"
#include "keyring/key_pair.h"

namespace applink::keyring {
namespace {

// 16384 bits are 13 kB; certificates may stand before the key.
constexpr std::size_t largest_file = std::size_t{1024} * 1024;

std::string with_file_named(std::string hint, const std::filesystem::path& path) {
  constexpr std::string_view placeholder = " FILE ";
  const std::string named = fmt::format(" {} ", in_command(path));
  for (std::size_t at = hint.find(placeholder); at != std::string::npos;
       at = hint.find(placeholder, at + named.size() - 1)) {
    hint.replace(at, placeholder.size(), named);
  }
  return hint;
}

using Read = Result<crypto::PrivateKeyFile> (*)(const Secret&, const crypto::AskPassphrase&);

Result<crypto::PrivateKeyFile> read_from(const std::filesystem::path& path,
                                         const crypto::AskPassphrase& ask, Read read) {
  TRY_ASSIGN(const Secret bytes, read_private_file(path, largest_file));
  auto file = read(bytes, ask);
  if (file) return file;
  Error error = in_context(terminal_safe(path.string()), std::move(file).error());
  error.hint = with_file_named(std::move(error.hint), path);
  return tl::unexpected(std::move(error));
}

}  // namespace

Result<crypto::PrivateKeyFile> read_sound_key_file(const std::filesystem::path& path,
                                                   const crypto::AskPassphrase& ask) {
  return read_from(path, ask, read_sound_key);
}

Result<crypto::RsaPrivateKey> load_private_key_file(const std::filesystem::path& path,
                                                    const crypto::AskPassphrase& ask,
                                                    KeyCheck check) {
  TRY_ASSIGN(
      auto file,
      read_from(path, ask, check == KeyCheck::primes ? read_sound_key : crypto::read_private_key));
  return std::move(file.key);
}

}  // namespace applink::keyring

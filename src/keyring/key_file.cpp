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

}  // namespace

Result<crypto::RsaPrivateKey> load_private_key_file(const std::filesystem::path& path) {
  TRY_ASSIGN(const Secret pem, read_private_file(path, largest_file));
  auto key = proven_private_key(pem);
  if (key) return key;
  Error error = in_context(terminal_safe(path.string()), std::move(key).error());
  error.hint = with_file_named(std::move(error.hint), path);
  return tl::unexpected(std::move(error));
}

}  // namespace applink::keyring

// Reading private key files.
#include "applink/keyring/key_file.h"

#include <algorithm>
#include <string>
#include <string_view>

#include <fmt/format.h>

#include "applink/base/files.h"
#include "applink/base/text.h"
#include "applink/crypto/key_formats.h"

namespace applink::keyring {
namespace {

// 16384 bits are 13 kB; certificates may stand before the key.
constexpr std::size_t largest_file = std::size_t{1024} * 1024;

bool needs_no_quotes(char letter) {
  const bool alphanumeric = (letter >= '0' && letter <= '9') || (letter >= 'A' && letter <= 'Z') ||
                            (letter >= 'a' && letter <= 'z');
  return alphanumeric || std::string_view("_@%+=:,./-").find(letter) != std::string_view::npos;
}

// The path as a shell takes it, or the word FILE where it would have to be quoted.
std::string typed(const std::filesystem::path& path) {
  const std::string text = path.string();
  const bool plain = !text.empty() && text.front() != '-' &&
                     std::all_of(text.begin(), text.end(), needs_no_quotes);
  return plain ? text : "FILE";
}

std::string with_file_named(std::string hint, const std::filesystem::path& path) {
  constexpr std::string_view placeholder = " FILE ";
  const std::string named = fmt::format(" {} ", typed(path));
  for (std::size_t at = hint.find(placeholder); at != std::string::npos;
       at = hint.find(placeholder, at + named.size() - 1)) {
    hint.replace(at, placeholder.size(), named);
  }
  return hint;
}

}  // namespace

Result<Secret> read_private_key_file(const std::filesystem::path& path) {
  TRY_ASSIGN(const bool readable, readable_by_others(path));
  if (!readable) return read_secret_file(path, largest_file);
  return fail(
      ErrorCode::failed,
      fmt::format("{} is a private key file that others may read", terminal_safe(path.string())),
      fmt::format("let nobody else read it: chmod 600 {}", typed(path)));
}

Result<crypto::RsaPrivateKey> load_private_key_file(const std::filesystem::path& path) {
  TRY_ASSIGN(const Secret pem, read_private_key_file(path));
  auto key = crypto::private_key_from_pem(pem);
  if (key) return key;
  Error error = in_context(terminal_safe(path.string()), std::move(key).error());
  error.hint = with_file_named(std::move(error.hint), path);
  return tl::unexpected(std::move(error));
}

}  // namespace applink::keyring

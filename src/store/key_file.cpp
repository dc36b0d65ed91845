// The text of the key file: docs/formats.md section 2.
#include "store/key_file.h"

#include <string>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "applink/base/encoding.h"
#include "applink/base/files.h"
#include "applink/base/text.h"
#include "store/bytes.h"
#include "store/private_file.h"

namespace applink::store {
namespace {

constexpr std::string_view first_line = "applink store key 1\n";
constexpr std::string_view any_version = "applink store key ";
constexpr std::size_t largest_file = 4096;

tl::unexpected<Error> locked(const std::filesystem::path& path, std::string_view what,
                             std::string hint) {
  return fail(ErrorCode::locked,
              fmt::format("the key file {} {}", terminal_safe(path.string()), what),
              std::move(hint));
}

Secret as_text(const crypto::SealingKey& key) {
  std::string digits = base64_encode(key.bytes().reveal());
  ByteWriter text;
  text.raw(first_line).raw(digits).raw("\n");
  wipe(digits);
  return text.secret();
}

Result<crypto::SealingKey> parse(const std::filesystem::path& path, std::string_view text) {
  constexpr const char* restore = "restore it from a backup: only this very file opens the store";
  if (!text.starts_with(any_version)) return locked(path, "is not an applink key file", restore);
  if (!text.starts_with(first_line)) {
    return locked(path, "was made by a newer applink", "use that applink, or install it here");
  }
  text.remove_prefix(first_line.size());
  if (!text.ends_with('\n')) return locked(path, "is cut off", restore);
  auto bytes = base64_decode(text.substr(0, text.size() - 1));
  if (!bytes) return locked(path, "is damaged", restore);
  auto key = crypto::SealingKey::from_bytes(Secret::take(std::move(*bytes)));
  if (!key) return locked(path, "is damaged", restore);
  return key;
}

Result<void> write(const std::filesystem::path& path, const crypto::SealingKey& key) {
  TRY(create_private_directories(path.parent_path()));
  auto written = write_new_file(path, as_text(key).reveal(), FileMode::private_file);
  if (written || written.error().code != ErrorCode::conflict) return written;
  return fail(ErrorCode::conflict, fmt::format("{} is there already", terminal_safe(path.string())),
              "it may open older copies of this store, or another store: move it away first");
}

}  // namespace

Result<crypto::SealingKey> read_key_file(const std::filesystem::path& path) {
  TRY_ASSIGN(const Presence presence, check_private_file(path, ErrorCode::locked));
  if (presence == Presence::missing) {
    return locked(path, "that unlocks the store is missing",
                  "put it back from a backup: without it nobody opens this store");
  }
  auto text = read_secret_file(path, largest_file);
  if (!text) return fail(ErrorCode::locked, text.error().message, text.error().hint);
  return parse(path, text->reveal());
}

Result<crypto::SealingKey> make_key_file(const std::filesystem::path& path) {
  auto key = crypto::SealingKey::random();
  TRY(write(path, key));
  return key;
}

Result<void> copy_key_file(const std::filesystem::path& from, const std::filesystem::path& to) {
  TRY_ASSIGN(const auto key, read_key_file(from));
  return write(to, key);
}

Result<crypto::SealingKey> read_or_make_key_file(const std::filesystem::path& path) {
  TRY_ASSIGN(const Presence presence, check_private_file(path, ErrorCode::locked));
  if (presence == Presence::present) return read_key_file(path);
  auto made = make_key_file(path);
  if (made || made.error().code != ErrorCode::conflict) return made;
  return read_key_file(path);
}

}  // namespace applink::store

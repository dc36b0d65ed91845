// The places that XDG gives, unless a variable of applink says otherwise.
#include "cli/store_location.h"

#include <filesystem>
#include <string>

#include <fmt/format.h>

#include "applink/base/encoding.h"
#include "applink/base/text.h"
#include "applink/crypto/digest.h"

namespace applink::cli {
namespace {

namespace fs = std::filesystem;

/// A directory of the XDG specification: the variable, else its usual place under HOME.
Result<fs::path> directory(const std::string& variable, const std::string& home,
                           std::string_view usual) {
  if (!variable.empty()) return fs::path(variable) / "applink";
  if (home.empty()) {
    return fail(ErrorCode::locked, "no place for the store: HOME is no absolute path",
                "set HOME, or XDG_DATA_HOME and XDG_CONFIG_HOME");
  }
  return fs::path(home) / usual / "applink";
}

/// The path without symbolic links, so that one store has one key however it is named.
fs::path one_name_of(const fs::path& path) {
  std::error_code unknown;
  const fs::path name = fs::weakly_canonical(fs::absolute(path, unknown), unknown);
  return unknown ? path.lexically_normal() : name;
}

std::string key_file_name(const fs::path& database) {
  const std::string name = crypto::digest(crypto::Digest::sha256, database.native());
  return fmt::format("store-{}.key", hex_encode(std::string_view(name).substr(0, 8)));
}

}  // namespace

Result<store::StoreLocation> store_location(const Environment& environment) {
  TRY_ASSIGN(const fs::path config,
             directory(environment.config_home, environment.home, ".config"));
  if (environment.store.empty()) {
    TRY_ASSIGN(const fs::path data,
               directory(environment.data_home, environment.home, ".local/share"));
    return store::StoreLocation{data / "store.db", config / "store.key"};
  }
  const fs::path database = one_name_of(environment.store);
  return store::StoreLocation{database, config / key_file_name(database)};
}

Result<void> check_there_is_a_store(const store::StoreLocation& location) {
  std::error_code unknown;
  if (fs::exists(location.database, unknown) || unknown) return {};
  return fail(ErrorCode::failed,
              fmt::format("there is no store {}", terminal_safe(location.database.string())),
              "check HOME, XDG_DATA_HOME and APPLINK_STORE: they say which store is meant");
}

}  // namespace applink::cli

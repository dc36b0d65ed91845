// One link with all that it needs, on its way from one store to another under a passphrase.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "applink/base/clock.h"
#include "applink/base/result.h"
#include "applink/base/secret.h"
#include "applink/jira/application_link.h"
#include "applink/store/key_pair.h"
#include "applink/store/token.h"

namespace applink::store {

/// What Vault::export_link() gives and Vault::import_link() takes.
struct LinkExport {
  jira::ApplicationLink link;
  std::optional<KeyPair> key;             ///< of a link that signs with one
  std::optional<Secret> consumer_secret;  ///< of any other link
  std::vector<Token> tokens;              ///< by user label
  Timestamp exported;
  std::string who;  ///< user@host; of a file, its writer's word

  /// The same link under another name; its tokens go with it.
  void rename_link(const std::string& name);
  /// The same key under another name; where the link signs with a secret, nothing.
  void rename_key(const std::string& name);
};

enum class WithTokens { no, yes };

/// What becomes of the key of a link that is imported.
enum class ImportedKey {
  none,    ///< the link signs with a secret
  added,   ///<
  reused,  ///< the same key is there under the same name
};

/// The bytes of a file are refused beyond this.
inline constexpr std::size_t largest_link_export = std::size_t{16} << 20;

/// The text of a file as docs/formats.md section 11 has it. ErrorCode::usage for a passphrase that
/// protects nothing.
Result<std::string> seal_link_export(const LinkExport& exported, const Secret& passphrase);

/// Whether `file` looks like one: before anybody is asked for a passphrase.
Result<void> check_link_export(std::string_view file);

/// What seal_link_export() was given. ErrorCode::locked where the passphrase is another or a byte
/// was changed. A file comes from anywhere: the link is checked as a new one is, and that the key
/// and its certificate belong together.
Result<LinkExport> open_link_export(std::string_view file, const Secret& passphrase);

}  // namespace applink::store

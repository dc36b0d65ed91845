// The store as programs use it: keys, links, tokens and logins, sealed at rest.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "applink/base/clock.h"
#include "applink/base/result.h"
#include "applink/base/secret.h"
#include "applink/jira/application_link.h"
#include "applink/store/backup.h"
#include "applink/store/event.h"
#include "applink/store/key_pair.h"
#include "applink/store/link_export.h"
#include "applink/store/pending_login.h"
#include "applink/store/token.h"
#include "applink/store/unlock_methods.h"

namespace applink::store {

class SealedRecords;

/// Where a store is, and where the key file is that unlocks it: not in the same directory, so that
/// a copied database alone opens nothing.
struct StoreLocation {
  std::filesystem::path database;
  std::filesystem::path key_file;
};

struct StoreInfo {
  std::filesystem::path database;
  int format_version = 0;
  std::string unlock_method;  ///< the one that opened it: "key file"
  std::vector<std::string> unlock_methods;
  std::filesystem::path key_file;  ///< empty where it is none of them
  Timestamp created;
  std::size_t keys = 0;
  std::size_t links = 0;
  std::size_t tokens = 0;
  std::size_t pending_logins = 0;
  std::uint64_t events = 0;
  bool read_only = false;
};

/// Whether a link becomes the default one with the change that is made to it.
enum class MakeDefault { no, yes };

/// What is written together with a link.
struct WithLink {
  MakeDefault make_default = MakeDefault::no;
  /// For a link that signs with one. Absent: the one that is there stays.
  std::optional<Secret> consumer_secret = std::nullopt;
};

/// One thread uses a Vault at a time; any number of processes, and of Vaults in one process, may
/// have the same store open. Every method is one transaction: all of it is on the disk when the
/// method returns, or the store is as it was. What is read has been checked against the event log:
/// what was altered, put back or taken away behind our back is an error and is never used.
class Vault {
 public:
  /// Opens the store, and makes it where there is none: unlocked by the keyring where one answers,
  /// else by a key file; by the passphrase where that has the first turn. A store of an older
  /// format is taken to today's first, with a backup beside it. ErrorCode::locked where nothing of
  /// `means` opens it, and where the key file is missing, readable by others or another store's:
  /// never a second store, never a second key file beside a database. The clock outlives the vault.
  static Result<std::unique_ptr<Vault>> open(const StoreLocation& location, const Clock& clock,
                                             const UnlockMeans& means = {});

  /// A vault over records wherever they are; for tests. open() is the way in.
  Vault(std::unique_ptr<SealedRecords> records, StoreLocation location,
        std::optional<std::string> notice = {});
  Vault(const Vault&) = delete;
  Vault& operator=(const Vault&) = delete;
  ~Vault();

  /// What to say once when open() has just made the store, or taken it to a newer format.
  [[nodiscard]] std::optional<std::string> notice() const { return notice_; }
  /// What is wrong with unlock methods that were not needed; one line each.
  [[nodiscard]] const std::vector<std::string>& warnings() const { return warnings_; }

  /// Of a store that open() opened; valid as long as the vault.
  [[nodiscard]] UnlockMethods unlock_methods() const;

  /// ErrorCode::conflict where the name is taken.
  Result<void> add_key(const KeyPair& key);
  /// Like every look-up by name: an unknown one is an error with the nearest known one as hint.
  [[nodiscard]] Result<KeyPair> key(std::string_view name) const;
  /// In the order of their names, as every listing here.
  [[nodiscard]] Result<std::vector<KeySummary>> keys() const;
  /// Refused while a link signs with it.
  Result<void> remove_key(std::string_view name);

  /// ErrorCode::conflict where the name is taken. Its key must be in the store; a link that signs
  /// with a consumer secret must bring it.
  Result<void> add_link(const jira::ApplicationLink& link, const WithLink& with = {});
  [[nodiscard]] Result<jira::ApplicationLink> link(std::string_view name) const;
  [[nodiscard]] Result<std::vector<jira::ApplicationLink>> links() const;
  /// Puts `changed` in the place of `read`, which has the same name: ErrorCode::conflict where the
  /// store no longer has `read` as it was read. Where it is another client, its tokens and pending
  /// logins go, and its consumer secret must be brought anew: they were given by, or to, somebody
  /// else. Another signature method or another secret is no other client: the tokens stay. The
  /// secret of a link that now signs with a key goes.
  Result<void> replace_link(const jira::ApplicationLink& read, const jira::ApplicationLink& changed,
                            const WithLink& with = {});
  /// With its consumer secret, tokens and pending logins; where it was the default link, there is
  /// none afterwards.
  Result<void> remove_link(std::string_view name);

  /// What a link without a key signs with. ErrorCode::conflict where the link of that name is
  /// another client by now.
  [[nodiscard]] Result<Secret> consumer_secret(const jira::ApplicationLink& link) const;

  Result<void> set_default_link(std::string_view name);
  [[nodiscard]] Result<std::optional<std::string>> default_link() const;

  /// Takes the place of the token of this link and user label, and ends their pending login.
  /// `link` is the one that it was asked for with: ErrorCode::conflict where the link of that name
  /// is another client by now.
  Result<void> put_token(const jira::ApplicationLink& link, const Token& token);
  /// The same for what a renewal gave: a pending login is another one's, and goes on waiting.
  Result<void> put_renewed_token(const jira::ApplicationLink& link, const Token& token);
  /// `link` is the one that the token is for: ErrorCode::conflict where the link of that name is
  /// another client by now, or the token would go to the host that `link` still names.
  [[nodiscard]] Result<std::optional<Token>> find_token(const jira::ApplicationLink& link,
                                                        std::string_view user_label) const;
  [[nodiscard]] Result<std::vector<Token>> tokens() const;
  /// With their pending login; an error where there is neither.
  Result<void> remove_token(std::string_view link, std::string_view user_label);

  /// Takes the place of the pending login of this link and user label. `link` is the one that it
  /// was begun with, as for put_token().
  Result<void> put_pending_login(const jira::ApplicationLink& link, const PendingLogin& login);
  /// As find_token().
  [[nodiscard]] Result<std::optional<PendingLogin>> find_pending_login(
      const jira::ApplicationLink& link, std::string_view user_label) const;
  /// Whether a token or a pending login would go with the link, or with its becoming another
  /// client.
  [[nodiscard]] Result<bool> has_logins(std::string_view link) const;
  /// Removes it where there is one.
  Result<void> remove_pending_login(std::string_view link, std::string_view user_label);

  /// A link with its key or its consumer secret, and with its tokens where they are asked for, as
  /// they are at one moment. Logins under way stay here.
  [[nodiscard]] Result<LinkExport> export_link(std::string_view name, WithTokens with_tokens) const;
  /// All of it or nothing, and says what became of the key. ErrorCode::conflict where there is a
  /// link of that name, or another key of the name of this one. No default link is changed.
  Result<ImportedKey> import_link(const LinkExport& exported);
  /// What import_link() would say, without doing it.
  [[nodiscard]] Result<ImportedKey> check_import(const LinkExport& exported) const;

  [[nodiscard]] Result<StoreInfo> info() const;
  /// The whole log, oldest first.
  [[nodiscard]] Result<std::vector<Event>> events() const;
  /// The same, each event handed to `visit`, whose error ends it. What was handed over counts only
  /// where this succeeds: that the log is whole shows at its end.
  Result<void> visit_events(const std::function<Result<void>(const Event&)>& visit) const;
  /// Walks everything there is; one line for each thing that is not as it was written.
  [[nodiscard]] Result<std::vector<std::string>> check() const;

  /// Writes everything as it is at one moment into `path`, mode 0600, while others go on writing.
  /// It appears under its name when it is whole, on the disk, and was found to be good as check()
  /// finds it. What opens the store opens the backup; the key file is not in it.
  /// ErrorCode::conflict where `path` exists, unless that is kept as a backup of its own.
  [[nodiscard]] Result<Backup> back_up_to(const std::filesystem::path& path,
                                          Existing existing = Existing::refused) const;

 private:
  [[nodiscard]] Result<void> check_still_is(const jira::ApplicationLink& link) const;
  [[nodiscard]] Result<ImportedKey> key_of_import(const LinkExport& exported) const;
  Result<void> write_consumer_secret(const jira::ApplicationLink& link, const WithLink& with);

  std::unique_ptr<SealedRecords> records_;
  StoreLocation location_;
  std::optional<std::string> notice_;
  std::vector<std::string> warnings_;
  std::unique_ptr<UnlockAccess> unlock_access_;  // null in a vault over records
};

}  // namespace applink::store

// The statements of the store.
#include "store/sqlite_records.h"

#include <system_error>
#include <utility>

#include <fmt/format.h>
#include <unistd.h>

#include "applink/base/files.h"
#include "applink/base/text.h"
#include "store/shelf.h"

namespace applink::store {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t application_id = 0x61706C6B;  // "aplk"

constexpr const char* schema =
    "PRAGMA application_id = 0x61706C6B;"
    "PRAGMA user_version = 2;"
    "CREATE TABLE record (shelf INTEGER NOT NULL CHECK (shelf BETWEEN 0 AND 255),"
    "  kind TEXT NOT NULL, name TEXT NOT NULL, version INTEGER NOT NULL CHECK (version > 0),"
    "  digest BLOB NOT NULL CHECK (length(digest) = 32), sealed BLOB NOT NULL,"
    "  PRIMARY KEY (shelf, kind, name)) STRICT, WITHOUT ROWID;"
    "CREATE TABLE event (number INTEGER PRIMARY KEY CHECK (number > 0), sealed BLOB NOT NULL) "
    "STRICT;"
    "CREATE TABLE head (id INTEGER PRIMARY KEY CHECK (id = 1), sealed BLOB NOT NULL) STRICT;"
    "CREATE TABLE unlock (method TEXT PRIMARY KEY, parameters BLOB NOT NULL, wrapped BLOB NOT NULL)"
    "  STRICT, WITHOUT ROWID;";

// Rolls back what was not committed, whichever way the body ended.
class Transaction {
 public:
  explicit Transaction(Database& database) : database_(&database) {}
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  ~Transaction() {
    if (!committed_) static_cast<void>(database_->run("ROLLBACK"));
  }

  Result<void> begin(Access access) {
    return database_->run(access == Access::write ? "BEGIN IMMEDIATE" : "BEGIN");
  }
  Result<void> commit() {
    TRY(database_->run("COMMIT"));
    committed_ = true;
    return {};
  }

 private:
  Database* database_;
  bool committed_ = false;
};

Result<std::uint64_t> only_number(Database& database, const char* sql) {
  TRY_ASSIGN(Query query, database.query(sql));
  TRY(query.step());
  return query.number(0);
}

Result<void> check_format(Database& database) {
  const std::string path = terminal_safe(database.path().string());
  TRY_ASSIGN(const std::uint64_t id, only_number(database, "PRAGMA application_id"));
  if (id != application_id) {
    return fail(ErrorCode::failed, fmt::format("{} is not an applink store", path),
                "check the path of the store, and APPLINK_STORE");
  }
  TRY_ASSIGN(const std::uint64_t version, only_number(database, "PRAGMA user_version"));
  if (version >= 1 && version <= store_format) return {};
  if (version < 1) {
    return fail(ErrorCode::failed, fmt::format("the store {} is damaged: it has no version", path),
                "restore it from a backup");
  }
  return fail(ErrorCode::failed,
              fmt::format("the store {} was made by a newer applink: its format is {}, and this "
                          "applink knows up to {}",
                          path, version, store_format),
              "use that applink, or install it here; the store was not touched");
}

bool can_be_written(const fs::path& path) {
  return ::access(path.c_str(), W_OK) == 0 && ::access(path.parent_path().c_str(), W_OK) == 0;
}

bool has_log(const fs::path& path) {
  std::error_code none;
  const auto size = fs::file_size(fs::path(path) += "-wal", none);
  return !none && size > 0;
}

Result<std::unique_ptr<Database>> open_database(const fs::path& path) {
  TRY_ASSIGN(auto database, Database::open(path, Database::Mode::read_write));
  auto checked = check_format(*database);
  // SQLite keeps an index of the log beside the database. Where that cannot be made and there is
  // no log, the database alone is the whole store.
  if (!checked && !can_be_written(path) && !has_log(path)) {
    TRY_ASSIGN(database, Database::open(path, Database::Mode::immutable));
    checked = check_format(*database);
  }
  if (!checked) return tl::unexpected(std::move(checked).error());
  return database;
}

Result<void> expect_one_change(const Database& database, const RecordId& id) {
  if (database.changes() == 1) return {};
  return fail(ErrorCode::conflict,
              fmt::format("the {} {} was changed in the meantime", id.kind, terminal_safe(id.name)),
              "try again");
}

}  // namespace

Result<std::unique_ptr<SqliteRecords>> SqliteRecords::open(const fs::path& path) {
  TRY_ASSIGN(auto database, open_database(path));
  TRY(database->run("PRAGMA synchronous = FULL; PRAGMA secure_delete = ON"));
  return std::unique_ptr<SqliteRecords>(new SqliteRecords(std::move(database)));
}

Result<std::unique_ptr<SqliteRecords>> SqliteRecords::in_memory() {
  TRY_ASSIGN(auto database, Database::open(":memory:", Database::Mode::in_memory));
  TRY(database->run(schema));
  return std::unique_ptr<SqliteRecords>(new SqliteRecords(std::move(database)));
}

Result<std::unique_ptr<SqliteRecords>> SqliteRecords::of_image(const fs::path& path,
                                                               std::string_view image) {
  TRY_ASSIGN(auto database, Database::of_image(path, image));
  TRY(check_format(*database));
  return std::unique_ptr<SqliteRecords>(new SqliteRecords(std::move(database)));
}

Result<std::string> SqliteRecords::image() {
  TRY_ASSIGN(const auto copy, database_->copy());
  TRY_ASSIGN(std::string bytes, copy->image());
  // The file format version, read and write, for WAL: https://www.sqlite.org/fileformat2.html
  // section 1.3.3. A database in memory cannot be switched, and to switch a file takes a lock that
  // two processes may want at once.
  bytes.replace(18, 2, "\2\2");
  return bytes;
}

Result<void> SqliteRecords::copy_to(const fs::path& path) {
  TRY_ASSIGN(const std::string bytes, image());
  return write_new_file(path, bytes, FileMode::private_file);
}

Result<void> SqliteRecords::transact(Access access, const std::function<Result<void>()>& body) {
  if (access == Access::write && read_only()) {
    return fail(ErrorCode::failed,
                fmt::format("the store {} is read-only", terminal_safe(database_->path().string())),
                "check the permissions of the file and of its directory");
  }
  Transaction transaction(*database_);
  TRY(transaction.begin(access));
  TRY(body());
  return transaction.commit();
}

Result<std::optional<StoredRecord>> SqliteRecords::find(const RecordId& id) {
  TRY_ASSIGN(Query query, database_->query("SELECT version, digest, sealed FROM record"
                                           " WHERE shelf = ? AND kind = ? AND name = ?"));
  query.bind(std::uint64_t{shelf_of(id)}).bind(id.kind).bind(id.name);
  TRY_ASSIGN(const bool found, query.step());
  if (!found) return std::nullopt;
  return StoredRecord{query.number(0), query.blob(1), query.blob(2)};
}

Result<void> SqliteRecords::put(const RecordId& id, const StoredRecord& record,
                                std::uint64_t expected_version) {
  const std::uint64_t shelf = shelf_of(id);
  if (expected_version == 0) {
    TRY_ASSIGN(Query insert,
               database_->query("INSERT INTO record (version, digest, sealed, shelf, kind, name)"
                                " VALUES (?, ?, ?, ?, ?, ?)"));
    insert.bind(record.version).bind_blob(record.digest).bind_blob(record.sealed);
    return insert.bind(shelf).bind(id.kind).bind(id.name).run();
  }
  TRY_ASSIGN(Query update,
             database_->query("UPDATE record SET version = ?, digest = ?, sealed = ?"
                              " WHERE shelf = ? AND kind = ? AND name = ? AND version = ?"));
  update.bind(record.version).bind_blob(record.digest).bind_blob(record.sealed);
  TRY(update.bind(shelf).bind(id.kind).bind(id.name).bind(expected_version).run());
  return expect_one_change(*database_, id);
}

Result<void> SqliteRecords::erase(const RecordId& id, std::uint64_t expected_version) {
  TRY_ASSIGN(Query query, database_->query("DELETE FROM record WHERE shelf = ? AND kind = ?"
                                           " AND name = ? AND version = ?"));
  query.bind(std::uint64_t{shelf_of(id)}).bind(id.kind).bind(id.name).bind(expected_version);
  TRY(query.run());
  return expect_one_change(*database_, id);
}

Result<std::vector<Entry>> SqliteRecords::shelf(std::uint8_t number) {
  TRY_ASSIGN(Query query, database_->query("SELECT kind, name, version, digest FROM record"
                                           " WHERE shelf = ? ORDER BY kind, name"));
  query.bind(std::uint64_t{number});
  std::vector<Entry> entries;
  while (true) {
    TRY_ASSIGN(const bool more, query.step());
    if (!more) return entries;
    entries.push_back({{query.text(0), query.text(1)}, query.number(2), query.blob(3)});
  }
}

Result<std::optional<std::string>> SqliteRecords::head() {
  TRY_ASSIGN(Query query, database_->query("SELECT sealed FROM head WHERE id = 1"));
  TRY_ASSIGN(const bool found, query.step());
  if (!found) return std::nullopt;
  return query.blob(0);
}

Result<void> SqliteRecords::put_head(std::string_view sealed) {
  TRY_ASSIGN(Query query,
             database_->query("INSERT INTO head (id, sealed) VALUES (1, ?)"
                              " ON CONFLICT (id) DO UPDATE SET sealed = excluded.sealed"));
  return query.bind_blob(sealed).run();
}

Result<void> SqliteRecords::append_event(std::uint64_t number, std::string_view sealed) {
  TRY_ASSIGN(Query query, database_->query("INSERT INTO event (number, sealed) VALUES (?, ?)"));
  return query.bind(number).bind_blob(sealed).run();
}

Result<std::vector<SealedEvent>> SqliteRecords::events(std::uint64_t first, std::size_t limit) {
  TRY_ASSIGN(Query query, database_->query("SELECT number, sealed FROM event WHERE number >= ?"
                                           " ORDER BY number LIMIT ?"));
  query.bind(first).bind(std::uint64_t{limit});
  std::vector<SealedEvent> events;
  while (true) {
    TRY_ASSIGN(const bool more, query.step());
    if (!more) return events;
    events.push_back({query.number(0), query.blob(1)});
  }
}

Result<std::vector<WrappedKey>> SqliteRecords::wrapped_keys() {
  TRY_ASSIGN(Query query, database_->query("SELECT method, parameters, wrapped FROM unlock"
                                           " ORDER BY method"));
  std::vector<WrappedKey> keys;
  while (true) {
    TRY_ASSIGN(const bool more, query.step());
    if (!more) return keys;
    keys.push_back({query.text(0), query.blob(1), query.blob(2)});
  }
}

Result<void> SqliteRecords::put_wrapped_key(const WrappedKey& key) {
  TRY_ASSIGN(Query query, database_->query("INSERT INTO unlock (method, parameters, wrapped)"
                                           " VALUES (?, ?, ?) ON CONFLICT (method) DO UPDATE SET"
                                           " parameters = excluded.parameters,"
                                           " wrapped = excluded.wrapped"));
  return query.bind(key.method).bind_blob(key.parameters).bind_blob(key.wrapped).run();
}

Result<void> SqliteRecords::erase_wrapped_key(std::string_view method) {
  TRY_ASSIGN(Query query, database_->query("DELETE FROM unlock WHERE method = ?"));
  return query.bind(method).run();
}

Result<int> SqliteRecords::format() {
  TRY_ASSIGN(const std::uint64_t version, only_number(*database_, "PRAGMA user_version"));
  return static_cast<int>(version);
}

Result<void> SqliteRecords::set_format(int version) {
  return database_->run(fmt::format("PRAGMA user_version = {}", version).c_str());
}

Result<std::vector<std::string>> SqliteRecords::damage() {
  TRY_ASSIGN(Query query, database_->query("PRAGMA integrity_check"));
  std::vector<std::string> findings;
  while (true) {
    TRY_ASSIGN(const bool more, query.step());
    if (!more) return findings;
    if (query.text(0) == "ok") continue;
    findings.push_back(
        fmt::format("the file of the database is damaged: {}", terminal_safe(query.text(0))));
  }
}

}  // namespace applink::store

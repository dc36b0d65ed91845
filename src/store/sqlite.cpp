// The calls of SQLite's C interface, and its result codes as errors.
#include "store/sqlite.h"

#include <cassert>
#include <cerrno>
#include <cstring>
#include <utility>

#include <fmt/format.h>
#include <sqlite3.h>

#include "applink/base/encoding.h"
#include "applink/base/text.h"

namespace applink::store {
namespace {

constexpr int busy_seconds = 30;

// The path as SQLite's URI takes it: every byte but the plainest as %XX.
std::string immutable_uri(const std::filesystem::path& path) {
  std::string uri = "file:";
  for (const char byte : path.string()) {
    const bool plain = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
                       (byte >= '0' && byte <= '9') || std::strchr("/._-", byte) != nullptr;
    uri += plain ? std::string(1, byte) : "%" + hex_encode(std::string_view(&byte, 1));
  }
  return uri + "?immutable=1";
}

bool is_full(int system_error) {
  return system_error == ENOSPC || system_error == EDQUOT;
}

Error cannot_open(int system_error, const std::string& path) {
  const bool forbidden = system_error == EACCES || system_error == EPERM;
  return {forbidden ? ErrorCode::locked : ErrorCode::failed,
          fmt::format("cannot open the store {}{}{}", path, system_error == 0 ? "" : ": ",
                      system_error == 0 ? "" : std::strerror(system_error)),
          "check the permissions of the file and of its directory, and the disk"};
}

/// SQLite says the same of another process that was stopped while it opened the store, after ten
/// seconds, and of a file system that gives no locks.
Error cannot_lock(const std::string& path) {
  return {ErrorCode::failed,
          fmt::format("cannot lock the store {}: another process keeps it busy, or its file system "
                      "gives no locks",
                      path),
          fmt::format("try again; to see which processes have it open, run: fuser -v {}; a file "
                      "system without locks, as some of a network are, cannot hold a store",
                      path)};
}

Error cannot_read_or_write(int system_error, const char* text, const std::string& path) {
  return {ErrorCode::failed,
          fmt::format("cannot read or write the store {}: {}", path,
                      system_error == 0 ? text : std::strerror(system_error)),
          "check the disk and its free space, and try again: the store is as it was"};
}

Error busy(const std::string& path) {
  return {
      ErrorCode::failed,
      fmt::format("other processes have kept the store {} busy for {} seconds", path, busy_seconds),
      fmt::format("try again; to see which processes have it open, run: fuser -v {}", path)};
}

// SQLite says the same of a page that the disk does not give.
Error damaged_or_unread(const char* text, const std::string& path) {
  return {ErrorCode::failed,
          fmt::format("the store {} is damaged, or its disk fails: {}", path, terminal_safe(text)),
          "look at the disk and try again; where that does not help, restore the store from a "
          "backup"};
}

Error as_error(int code, int system_error, const char* text, const std::string& path) {
  if ((code & 0xFF) == SQLITE_IOERR && is_full(system_error)) code = SQLITE_FULL;
  switch (code & 0xFF) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return busy(path);
    case SQLITE_PROTOCOL:
    case SQLITE_NOLFS:
      return cannot_lock(path);
    case SQLITE_FULL:
      return {ErrorCode::failed, fmt::format("there is no space left to write the store {}", path),
              "make room on that disk and try again: the store is as it was"};
    case SQLITE_READONLY:
      return {ErrorCode::failed, fmt::format("the store {} cannot be written", path),
              "check the permissions of the file and of its directory"};
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
    case SQLITE_AUTH:
      return cannot_open(system_error, path);
    case SQLITE_NOTADB:
      return {ErrorCode::failed, fmt::format("{} is not an applink store", path),
              "check the path of the store, and APPLINK_STORE"};
    case SQLITE_IOERR:
      return cannot_read_or_write(system_error, text, path);
    case SQLITE_CORRUPT:
      return damaged_or_unread(text, path);
    case SQLITE_CONSTRAINT:
      return {ErrorCode::conflict, fmt::format("the store {} has such a record already", path), ""};
    default:
      return {ErrorCode::failed,
              fmt::format("the store {} is damaged: {}", path, terminal_safe(text)),
              "restore it from a backup"};
  }
}

// https://www.sqlite.org/fileformat2.html section 1.3: the size of a page, at 16, is 1 for 65536;
// the number of pages is at 28.
bool is_cut_short(std::string_view image) {
  constexpr std::size_t header_size = 100;
  if (image.size() < header_size) return !image.empty();
  const auto byte = [&](std::size_t at) {
    return std::uint64_t{static_cast<unsigned char>(image[at])};
  };
  const std::uint64_t size = byte(16) << 8U | byte(17);
  const std::uint64_t pages = byte(28) << 24U | byte(29) << 16U | byte(30) << 8U | byte(31);
  return image.size() != pages * (size == 1 ? 65536 : size);
}

}  // namespace

void CloseDatabase::operator()(sqlite3* database) const {
  ::sqlite3_close_v2(database);
}

void FinalizeStatement::operator()(sqlite3_stmt* statement) const {
  ::sqlite3_finalize(statement);
}

Query::Query(Query&& other) noexcept
    : database_(other.database_),
      statement_(std::exchange(other.statement_, nullptr)),
      bound_(other.bound_) {}

Query::~Query() {
  if (statement_ == nullptr) return;
  ::sqlite3_reset(statement_);
  ::sqlite3_clear_bindings(statement_);
}

Query& Query::bind(std::string_view text) {
  ::sqlite3_bind_text64(statement_, ++bound_, text.data() == nullptr ? "" : text.data(),
                        text.size(), SQLITE_STATIC, SQLITE_UTF8);
  return *this;
}

Query& Query::bind_blob(std::string_view bytes) {
  ::sqlite3_bind_blob64(statement_, ++bound_, bytes.data() == nullptr ? "" : bytes.data(),
                        bytes.size(), SQLITE_STATIC);
  return *this;
}

Query& Query::bind(std::uint64_t number) {
  ::sqlite3_bind_int64(statement_, ++bound_, static_cast<sqlite3_int64>(number));
  return *this;
}

Result<bool> Query::step() {
  const int code = ::sqlite3_step(statement_);
  if (code == SQLITE_ROW) return true;
  if (code == SQLITE_DONE) return false;
  return tl::unexpected(database_->error());
}

Result<void> Query::run() {
  TRY_ASSIGN(const bool row, step());
  assert(!row);
  return {};
}

std::string Query::text(int column) const {
  return blob(column);  // the same bytes, whatever SQLite thinks of their encoding
}

std::string Query::blob(int column) const {
  const void* const bytes = ::sqlite3_column_blob(statement_, column);
  if (bytes == nullptr) return {};
  const auto size = static_cast<std::size_t>(::sqlite3_column_bytes(statement_, column));
  return {static_cast<const char*>(bytes), size};
}

std::uint64_t Query::number(int column) const {
  return static_cast<std::uint64_t>(::sqlite3_column_int64(statement_, column));
}

Database::Database(std::filesystem::path path, std::unique_ptr<sqlite3, CloseDatabase> handle)
    : path_(std::move(path)), handle_(std::move(handle)) {}

Result<std::unique_ptr<Database>> Database::open(const std::filesystem::path& path, Mode mode) {
  const int flags = mode == Mode::immutable ? SQLITE_OPEN_READONLY | SQLITE_OPEN_URI
                    : mode == Mode::in_memory
                        ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_MEMORY
                        : SQLITE_OPEN_READWRITE;
  const std::string name = mode == Mode::immutable ? immutable_uri(path) : path.string();
  sqlite3* handle = nullptr;
  const int code = ::sqlite3_open_v2(name.c_str(), &handle, flags | SQLITE_OPEN_EXRESCODE, nullptr);
  std::unique_ptr<Database> database(
      new Database(path, std::unique_ptr<sqlite3, CloseDatabase>(handle)));
  if (code != SQLITE_OK) return tl::unexpected(database->error());
  TRY(database->configure());
  return database;
}

Result<std::unique_ptr<Database>> Database::of_image(const std::filesystem::path& path,
                                                     std::string_view image) {
  constexpr unsigned char rollback_journal = 1;  // a log beside it is nothing that memory can have
  constexpr std::size_t format_versions = 18;    // https://www.sqlite.org/fileformat2.html 1.3.3
  TRY_ASSIGN(auto database, open(path, Mode::in_memory));
  auto* const bytes = static_cast<unsigned char*>(::sqlite3_malloc64(image.size()));
  if (bytes != nullptr) std::memcpy(bytes, image.data(), image.size());
  if (bytes != nullptr && image.size() >= format_versions + 2) {
    std::memset(bytes + format_versions, rollback_journal, 2);
  }
  const auto size = static_cast<sqlite3_int64>(image.size());
  const int code = ::sqlite3_deserialize(database->handle_.get(), "main", bytes, size, size,
                                         SQLITE_DESERIALIZE_FREEONCLOSE);
  if (code != SQLITE_OK) return tl::unexpected(database->error());
  TRY(database->run("PRAGMA schema_version"));  // reads the first page, or says why it cannot
  if (!is_cut_short(image)) return database;
  return fail(ErrorCode::failed, fmt::format("{} is cut short", terminal_safe(path.string())),
              "take a whole one");
}

// What stands in the file's schema is data of somebody who can write the file: none of it runs.
Result<void> Database::configure() {
  ::sqlite3_busy_timeout(handle_.get(), busy_seconds * 1000);
  ::sqlite3_db_config(handle_.get(), SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  ::sqlite3_db_config(handle_.get(), SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
  ::sqlite3_db_config(handle_.get(), SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, nullptr);
  ::sqlite3_db_config(handle_.get(), SQLITE_DBCONFIG_ENABLE_VIEW, 0, nullptr);
  return run("PRAGMA cell_size_check = ON; PRAGMA temp_store = MEMORY");
}

bool Database::read_only() const {
  return ::sqlite3_db_readonly(handle_.get(), "main") == 1;
}

Result<Query> Database::query(const char* sql) {
  auto& statement = statements_[sql];
  if (!statement) {
    sqlite3_stmt* prepared = nullptr;
    const int code =
        ::sqlite3_prepare_v3(handle_.get(), sql, -1, SQLITE_PREPARE_PERSISTENT, &prepared, nullptr);
    if (code != SQLITE_OK) return tl::unexpected(error());
    statement.reset(prepared);
  }
  return Query(*this, statement.get());
}

Result<void> Database::run(const char* sql) {
  if (::sqlite3_exec(handle_.get(), sql, nullptr, nullptr, nullptr) == SQLITE_OK) return {};
  return tl::unexpected(error());
}

std::uint64_t Database::changes() const {
  return static_cast<std::uint64_t>(::sqlite3_changes64(handle_.get()));
}

Result<std::unique_ptr<Database>> Database::copy() const {
  if (::sqlite3_get_autocommit(handle_.get()) == 0) {
    // SQLite copies nothing out of a transaction that writes. Others see what was there before it.
    TRY_ASSIGN(const auto another, open(path_, Mode::read_write));
    return another->copy();
  }
  TRY_ASSIGN(auto copy, open(path_, Mode::in_memory));
  // One step for all pages is one transaction that reads. Its errors are those of the copy.
  sqlite3_backup* const backup =
      ::sqlite3_backup_init(copy->handle_.get(), "main", handle_.get(), "main");
  if (backup == nullptr) return tl::unexpected(copy->error());
  ::sqlite3_backup_step(backup, -1);
  if (::sqlite3_backup_finish(backup) != SQLITE_OK) return tl::unexpected(copy->error());
  return copy;
}

Result<std::string> Database::image() const {
  sqlite3_int64 size = 0;
  const std::unique_ptr<unsigned char, void (*)(void*)> bytes(
      ::sqlite3_serialize(handle_.get(), "main", &size, 0), ::sqlite3_free);
  if (!bytes) return tl::unexpected(error());
  return std::string(reinterpret_cast<const char*>(bytes.get()), static_cast<std::size_t>(size));
}

Error Database::error() const {
  return as_error(::sqlite3_extended_errcode(handle_.get()), ::sqlite3_system_errno(handle_.get()),
                  ::sqlite3_errmsg(handle_.get()), terminal_safe(path_.string()));
}

}  // namespace applink::store

// SQLite as values: a database that closes itself, statements that are kept, errors with words.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "applink/base/result.h"

struct sqlite3;
struct sqlite3_stmt;

namespace applink::store {

struct CloseDatabase {
  void operator()(sqlite3* database) const;
};
struct FinalizeStatement {
  void operator()(sqlite3_stmt* statement) const;
};

class Database;

/// One use of a prepared statement, which is ready for the next use when this goes. What is bound
/// stays where it is until then. Parameters and columns count from 0.
class Query {
 public:
  Query(Database& database, sqlite3_stmt* statement)
      : database_(&database), statement_(statement) {}
  Query(const Query&) = delete;
  Query& operator=(const Query&) = delete;
  Query(Query&& other) noexcept;
  Query& operator=(Query&&) = delete;
  ~Query();

  Query& bind(std::string_view text);
  Query& bind_blob(std::string_view bytes);
  Query& bind(std::uint64_t number);

  /// Whether there is a row (more).
  Result<bool> step();
  /// For a statement without rows.
  Result<void> run();

  [[nodiscard]] std::string text(int column) const;
  [[nodiscard]] std::string blob(int column) const;
  [[nodiscard]] std::uint64_t number(int column) const;

 private:
  Database* database_;
  sqlite3_stmt* statement_;
  int bound_ = 0;
};

class Database {
 public:
  /// `immutable` reads the file alone, without its -wal and -shm, and trusts that nobody writes.
  enum class Mode { in_memory, read_write, immutable };

  static Result<std::unique_ptr<Database>> open(const std::filesystem::path& path, Mode mode);
  /// The database that `image` holds, in memory. Messages call it `path`.
  static Result<std::unique_ptr<Database>> of_image(const std::filesystem::path& path,
                                                    std::string_view image);
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;
  ~Database() = default;

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }
  [[nodiscard]] bool read_only() const;

  /// `sql` is a literal: the statement is prepared once and kept under its address.
  Result<Query> query(const char* sql);
  /// One or more statements without parameters and rows.
  Result<void> run(const char* sql);
  /// The rows that the last statement changed.
  [[nodiscard]] std::uint64_t changes() const;
  /// All that is committed at one moment, in memory. Who writes meanwhile does not wait for this.
  [[nodiscard]] Result<std::unique_ptr<Database>> copy() const;
  /// A database in memory as the bytes of a database file.
  [[nodiscard]] Result<std::string> image() const;

  /// The last failure, in words for a user: busy, full, read-only, damaged.
  [[nodiscard]] Error error() const;

 private:
  Database(std::filesystem::path path, std::unique_ptr<sqlite3, CloseDatabase> handle);
  Result<void> configure();

  std::filesystem::path path_;
  std::unique_ptr<sqlite3, CloseDatabase> handle_;
  std::map<const char*, std::unique_ptr<sqlite3_stmt, FinalizeStatement>> statements_;
};

}  // namespace applink::store

// What a durable change costs beside the same rows and bytes in bare SQLite, and what a full store
// costs beside one that holds a single link. Run by scripts/bench_report.py, which prints ratios.
//
//     store_bench commits DIRECTORY        microseconds of each change, ours and SQLite's, in turns
//     store_bench fill DATABASE KEYFILE N  a store with N links and their tokens
//     store_bench open DATABASE KEYFILE    microseconds to open it and read the token of one link
#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <iostream>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>
#include <sqlite3.h>

#include "applink/base/clock.h"
#include "applink/store/vault.h"
#include "support/keys.h"

namespace applink::bench {
namespace {

namespace fs = std::filesystem;

constexpr int changes = 200;

[[noreturn]] void give_up(const std::string& what) {
  std::cerr << "store_bench: " << what << "\n";
  std::exit(1);
}

template <class T>
T value(Result<T> result) {
  if (!result) give_up(result.error().message);
  return std::move(*result);
}
void value(const Result<void>& result) {
  if (!result) give_up(result.error().message);
}

double microseconds(const std::function<void()>& work) {
  const auto began = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double, std::micro>(std::chrono::steady_clock::now() - began)
      .count();
}

store::KeyPair key(std::string name) {
  return {std::move(name), test::key_file("pkcs1.pem"),
          test::read_tests_file("data/keys/certificate.pem"), Timestamp{}};
}

jira::ApplicationLink link(std::string name) {
  jira::ApplicationLink link;
  link.name = std::move(name);
  link.base_url = "https://jira.example.com/jira";
  link.consumer_key = "hub";
  link.key_name = "hubkey";
  return link;
}

store::Token token(std::string of_link) {
  store::Token token;
  token.link = std::move(of_link);
  token.credentials = {std::string(32, 't'), Secret(std::string(32, 's'))};
  token.user_name = "alice";
  token.consumer_key = "hub";
  token.session_handle = Secret(std::string(32, 'h'));
  return token;
}

// SQLite as one would use it, with the rows that a change writes: a record, an event, the head.
class BareSqlite {
 public:
  BareSqlite(const fs::path& copy_of, const fs::path& path) {
    fs::copy(copy_of, path);
    if (::sqlite3_open(path.c_str(), &database_) != SQLITE_OK) give_up("sqlite3_open");
    run("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON");
    prepare(insert_, "INSERT INTO record VALUES (?1, 'key', ?2, ?3, zeroblob(32), ?4)");
    prepare(update_,
            "UPDATE record SET version = ?1, digest = zeroblob(32), sealed = ?2 "
            "WHERE shelf = ?3 AND kind = 'token' AND name = ?4");
    prepare(event_, "INSERT INTO event SELECT max(number) + 1, ?1 FROM event");
    prepare(head_, "UPDATE head SET sealed = ?1");
    prepare(sizes_,
            "SELECT (SELECT length(sealed) FROM record WHERE kind = ?1 ORDER BY version DESC),"
            " (SELECT length(sealed) FROM event ORDER BY number DESC),"
            " (SELECT length(sealed) FROM head),"
            " (SELECT shelf FROM record WHERE kind = ?1 ORDER BY version DESC),"
            " (SELECT name FROM record WHERE kind = ?1 ORDER BY version DESC)");
  }
  BareSqlite(const BareSqlite&) = delete;
  BareSqlite& operator=(const BareSqlite&) = delete;
  ~BareSqlite() {
    for (sqlite3_stmt* statement : {insert_, update_, event_, head_, sizes_}) {
      ::sqlite3_finalize(statement);
    }
    ::sqlite3_close(database_);
  }

  // As many bytes as the last change of such a record took in the store that this is a copy of.
  void take_sizes(std::string_view kind) {
    ::sqlite3_bind_text(sizes_, 1, kind.data(), static_cast<int>(kind.size()), SQLITE_TRANSIENT);
    if (::sqlite3_step(sizes_) != SQLITE_ROW) give_up("no rows to measure");
    record_.assign(static_cast<std::size_t>(::sqlite3_column_int(sizes_, 0)), 'r');
    sealed_event_.assign(static_cast<std::size_t>(::sqlite3_column_int(sizes_, 1)), 'e');
    sealed_head_.assign(static_cast<std::size_t>(::sqlite3_column_int(sizes_, 2)), 'h');
    shelf_ = ::sqlite3_column_int(sizes_, 3);
    name_ = reinterpret_cast<const char*>(::sqlite3_column_text(sizes_, 4));
    ::sqlite3_reset(sizes_);
  }

  void put_key(int number) {
    run("BEGIN IMMEDIATE");
    const std::string name = fmt::format("bare{}", number);
    ::sqlite3_bind_int(insert_, 1, number % 256);
    bind_text(insert_, 2, name);
    ::sqlite3_bind_int(insert_, 3, 1'000'000 + number);
    bind(insert_, 4, record_);
    step(insert_);
    commit_the_rest(number);
  }
  void put_token(int number) {
    run("BEGIN IMMEDIATE");
    ::sqlite3_bind_int(update_, 1, 2'000'000 + number);
    bind(update_, 2, record_);
    ::sqlite3_bind_int(update_, 3, shelf_);
    bind_text(update_, 4, name_);
    step(update_);
    if (::sqlite3_changes(database_) != 1) give_up("no token is there to replace");
    commit_the_rest(number);
  }

 private:
  void run(const char* sql) {
    if (::sqlite3_exec(database_, sql, nullptr, nullptr, nullptr) != SQLITE_OK) give_up(sql);
  }
  void prepare(sqlite3_stmt*& statement, const char* sql) {
    if (::sqlite3_prepare_v2(database_, sql, -1, &statement, nullptr) != SQLITE_OK) {
      give_up(::sqlite3_errmsg(database_));
    }
  }
  static void bind(sqlite3_stmt* statement, int at, const std::string& bytes) {
    ::sqlite3_bind_blob(statement, at, bytes.data(), static_cast<int>(bytes.size()), SQLITE_STATIC);
  }
  static void bind_text(sqlite3_stmt* statement, int at, const std::string& text) {
    ::sqlite3_bind_text(statement, at, text.data(), static_cast<int>(text.size()), SQLITE_STATIC);
  }
  void step(sqlite3_stmt* statement) {
    if (::sqlite3_step(statement) != SQLITE_DONE) give_up(::sqlite3_errmsg(database_));
    ::sqlite3_reset(statement);
  }
  void commit_the_rest(int number) {
    bind(event_, 1, sealed_event_);
    step(event_);
    // SQLite does not write a page on which nothing is other than before, and ours always is.
    std::fill(sealed_head_.begin(), sealed_head_.end(), static_cast<char>(number));
    bind(head_, 1, sealed_head_);
    step(head_);
    run("COMMIT");
  }

  sqlite3* database_ = nullptr;
  sqlite3_stmt* insert_ = nullptr;
  sqlite3_stmt* update_ = nullptr;
  sqlite3_stmt* event_ = nullptr;
  sqlite3_stmt* head_ = nullptr;
  sqlite3_stmt* sizes_ = nullptr;
  std::string record_, sealed_event_, sealed_head_, name_;
  int shelf_ = 0;
};

void commits(const fs::path& directory) {
  const SystemClock clock;
  const fs::path database = directory / "ours.db";
  {
    const auto vault = value(store::Vault::open({database, directory / "ours.key"}, clock));
    value(vault->add_key(key("hubkey")));
    value(vault->add_link(link("prod")));
    value(vault->put_token(link("prod"), token("prod")));
  }
  BareSqlite bare(database, directory / "bare.db");
  const auto vault = value(store::Vault::open({database, directory / "ours.key"}, clock));
  const auto in_turns = [&](std::string_view kind, const std::function<void(int)>& ours,
                            const std::function<void(int)>& theirs) {
    bare.take_sizes(kind);
    for (int i = 0; i < changes; ++i) {
      const double mine = microseconds([&] { ours(i); });
      const double other = microseconds([&] { theirs(i); });
      fmt::print("{} {:.1f} {:.1f}\n", kind, mine, other);
    }
  };
  in_turns(
      "token", [&](int) { value(vault->put_token(link("prod"), token("prod"))); },
      [&](int i) { bare.put_token(i); });
  std::vector<store::KeyPair> keys;
  for (int i = 0; i < changes; ++i) keys.push_back(key(fmt::format("key{}", i)));
  in_turns(
      "key", [&](int i) { value(vault->add_key(keys[static_cast<std::size_t>(i)])); },
      [&](int i) { bare.put_key(i); });
}

void fill(const store::StoreLocation& location, int count) {
  const SystemClock clock;
  const auto vault = value(store::Vault::open(location, clock));
  value(vault->add_key(key("hubkey")));
  for (int i = 0; i < count; ++i) {
    const std::string name = fmt::format("link{}", i);
    value(vault->add_link(link(name)));
    value(vault->put_token(link(name), token(name)));
  }
}

void open(const store::StoreLocation& location) {
  const SystemClock clock;
  fmt::print("{:.1f}\n", microseconds([&] {
               const auto vault = value(store::Vault::open(location, clock));
               const auto chosen = value(vault->link("link0"));
               if (!value(vault->find_token(chosen, "default"))) give_up("no token");
             }));
}

int run(const std::vector<std::string>& words) {
  if (words.size() == 2 && words[0] == "commits") {
    commits(words[1]);
  } else if (words.size() == 4 && words[0] == "fill") {
    fill({words[1], words[2]}, std::stoi(words[3]));
  } else if (words.size() == 3 && words[0] == "open") {
    open({words[1], words[2]});
  } else {
    give_up("commits DIRECTORY | fill DATABASE KEYFILE N | open DATABASE KEYFILE");
  }
  return 0;
}

}  // namespace
}  // namespace applink::bench

int main(int argc, char** argv) {
  return applink::bench::run({argv + 1, argv + argc});
}

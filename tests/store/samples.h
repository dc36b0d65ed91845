// What the tests put into stores.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <utility>

#include "applink/crypto/certificate.h"
#include "applink/crypto/scrypt.h"
#include "applink/store/vault.h"
#include "store/memory_records.h"
#include "store/sealed_records.h"
#include "support/fixed_clock.h"
#include "support/keys.h"
#include "support/temp_dir.h"

namespace applink::test {

constexpr Timestamp sample_time{std::chrono::seconds(1'795'555'587)};

/// What a guess costs is no matter here.
constexpr crypto::ScryptParameters quick{10, 8, 1};

inline store::KeyPair sample_key(std::string name = "hubkey") {
  return {std::move(name), key_file("pkcs1.pem"), read_tests_file("data/keys/certificate.pem"),
          sample_time};
}

inline jira::ApplicationLink sample_link(std::string name = "prod") {
  jira::ApplicationLink link;
  link.name = std::move(name);
  link.base_url = "https://jira.example.com/jira";
  link.consumer_key = "hub";
  link.key_name = "hubkey";
  return link;
}

inline store::Token sample_token(std::string link = "prod", std::string user_label = "default") {
  store::Token token;
  token.link = std::move(link);
  token.user_label = std::move(user_label);
  token.credentials = {"token-of-alice", Secret("secret-of-alice")};
  token.user_name = "alice";
  token.consumer_key = "hub";
  token.created = sample_time;
  token.expires = sample_time + std::chrono::hours(24 * 365 * 5);
  token.session_handle = Secret("session-of-alice");
  return token;
}

inline store::PendingLogin sample_login(std::string link = "prod",
                                        std::string user_label = "default") {
  store::PendingLogin login;
  login.link = std::move(link);
  login.user_label = std::move(user_label);
  login.credentials = {"temporary-token", Secret("temporary-secret")};
  login.callback = "oob";
  login.created = sample_time;
  return login;
}

/// A place for a store: its directories do not exist yet.
struct StorePlace {
  TempDir dir;
  FixedClock clock{1'795'555'587};
  store::StoreLocation location{dir / "data" / "store.db", dir / "config" / "store.key"};

  [[nodiscard]] Result<std::unique_ptr<store::Vault>> open(
      const store::UnlockMeans& means = {}) const {
    return store::Vault::open(location, clock, means);
  }
};

/// The store that an earlier version made, and its key file, with the permissions that git does not
/// keep: golden-NAME in tests/data/store.
inline void take_golden(const StorePlace& place, const std::string& name) {
  namespace fs = std::filesystem;
  const fs::path golden = tests_file("data/store/golden-" + name);
  for (const auto& [from, to] :
       {std::pair{".db", place.location.database}, std::pair{".key", place.location.key_file}}) {
    fs::create_directories(to.parent_path());
    fs::copy(fs::path(golden) += from, to);
    fs::permissions(to, fs::perms(0600));
  }
}

/// With the sample key, the link "prod" and its token in it.
inline void fill(store::Vault& vault) {
  if (!vault.add_key(sample_key()) || !vault.add_link(sample_link()) ||
      !vault.put_token(sample_link(), sample_token())) {
    throw std::runtime_error("the vault takes no samples");
  }
}

inline void make_filled_store(const StorePlace& place) {
  const auto vault = place.open();
  if (!vault) throw std::runtime_error(vault.error().message);
  fill(**vault);
}

}  // namespace applink::test

// Changing the ledger: a new whole, written, then taken.
#include "sandbox/ledger.h"

#include <system_error>

#include "applink/base/files.h"
#include "sandbox/state_file.h"

namespace applink::sandbox {
namespace {

template <class Map>
auto find_in(const Map& map, std::string_view token) -> const typename Map::mapped_type* {
  const auto found = map.find(token);
  return found == map.end() ? nullptr : &found->second;
}

}  // namespace

Result<Ledger> Ledger::open(std::filesystem::path state_file) {
  TRY_ASSIGN(auto lock, lock_state_file(state_file));
  TRY_ASSIGN(Tokens tokens, read_state_file(state_file));
  Ledger ledger(std::move(state_file), std::move(lock));
  // Written at once: a file that cannot be written is found before the first token is lost.
  TRY(ledger.become(std::move(tokens)));
  return ledger;
}

const RequestToken* Ledger::request_token(std::string_view token) const {
  return find_in(tokens_.request_tokens, token);
}

const AccessToken* Ledger::access_token(std::string_view token) const {
  return find_in(tokens_.access_tokens, token);
}

Result<void> Ledger::put(RequestToken token) {
  Tokens changed = tokens_;
  std::string name = token.token;
  changed.request_tokens.insert_or_assign(std::move(name), std::move(token));
  return become(std::move(changed));
}

Result<void> Ledger::exchange(std::string_view spent, AccessToken issued) {
  Tokens changed = tokens_;
  //= rfc5849#2
  //# The server MUST revoke the temporary credentials after being used once to obtain the token
  //# credentials.
  changed.request_tokens.erase(std::string(spent));
  changed.access_tokens.erase(std::string(spent));
  std::string name = issued.token;
  changed.access_tokens.insert_or_assign(std::move(name), std::move(issued));
  return become(std::move(changed));
}

Result<void> Ledger::become(Tokens changed) {
  if (!state_file_.empty()) {
    TRY(write_state_file(state_file_, changed));
  }
  tokens_ = std::move(changed);
  return {};
}

}  // namespace applink::sandbox

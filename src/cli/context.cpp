// Opens what a command asks for when it first asks.
#include "cli/context.h"

#include <utility>

#include "cli/store_location.h"

namespace applink::cli {

Context::Context(Environment environment, std::span<char*> command_line, Inherited inherited)
    : environment_(std::move(environment)),
      command_line_(command_line),
      inherited_(std::move(inherited)),
      clock_(environment_.clock_offset),
      console_(environment_.no_color ? Color::never : Color::automatic) {}

void Context::apply(const Manners& manners) {
  if (manners.color != Color::automatic) console_.set_color(manners.color);
  console_.set_narration(manners.narration);
  terminal_.set_asking(manners.asking);
  store_passphrase_ = manners.store_passphrase;
}

store::UnlockMeans Context::unlock_means(store::UnlockMeans::PassphraseTurn turn) {
  store::UnlockMeans means;
  means.keyring = &keyring_;
  means.turn = turn;
  if (!store_passphrase_) return means;
  if (store_passphrase_->is_given(environment_)) {
    means.turn = store::UnlockMeans::PassphraseTurn::first;
  }
  means.passphrase = [this] { return store_passphrase_->read(environment_, terminal_); };
  return means;
}

Result<store::Vault*> Context::vault(store::UnlockMeans::PassphraseTurn turn) {
  if (vault_ == nullptr) {
    TRY_ASSIGN(const store::StoreLocation location, store_location(environment_));
    TRY_ASSIGN(vault_, store::Vault::open(location, clock_, unlock_means(turn)));
    if (const auto notice = vault_->notice()) console_.narrate(*notice);
    for (const std::string& warning : vault_->warnings()) console_.warn(warning);
  }
  return vault_.get();
}

}  // namespace applink::cli

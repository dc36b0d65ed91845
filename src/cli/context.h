// What every command works with, wired once in main.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "applink/base/clock.h"
#include "applink/base/result.h"
#include "applink/oauth1/nonce.h"
#include "applink/store/secret_service.h"
#include "applink/store/vault.h"
#include "cli/command_line.h"
#include "cli/console.h"
#include "cli/environment.h"
#include "cli/process.h"
#include "cli/terminal.h"

namespace applink::cli {

class Context {
 public:
  /// `command_line` is main's argv and outlives the context.
  Context(Environment environment, std::span<char*> command_line, Inherited inherited);

  void apply(const Manners& manners);

  [[nodiscard]] const Environment& environment() const { return environment_; }
  [[nodiscard]] std::span<char*> command_line() const { return command_line_; }
  [[nodiscard]] const Inherited& inherited() const { return inherited_; }
  Console& console() { return console_; }
  Terminal& terminal() { return terminal_; }
  const Clock& clock() { return clock_; }
  oauth1::NonceSource& nonces() { return nonces_; }

  /// The store, opened when it is first asked for; a store that was just made is announced. With
  /// PassphraseTurn::first the passphrase opens it, where it has one, also if something else could.
  Result<store::Vault*> vault(
      store::UnlockMeans::PassphraseTurn turn = store::UnlockMeans::PassphraseTurn::last);

  /// What may unlock a store beside its key file; valid as long as the context.
  [[nodiscard]] store::UnlockMeans unlock_means(
      store::UnlockMeans::PassphraseTurn turn = store::UnlockMeans::PassphraseTurn::last);

 private:
  Environment environment_;
  std::span<char*> command_line_;
  Inherited inherited_;
  SystemClock clock_;
  oauth1::RandomNonces nonces_;
  Console console_;
  Terminal terminal_;
  store::SecretServiceKeyring keyring_;
  std::shared_ptr<const StorePassphrase> store_passphrase_;
  std::unique_ptr<store::Vault> vault_;
};

}  // namespace applink::cli

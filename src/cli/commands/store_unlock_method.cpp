// applink store unlock-method [ACTION] [METHOD]
#include <array>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "applink/base/text.h"
#include "cli/arguments.h"
#include "cli/commands/all.h"
#include "cli/confirmation.h"
#include "cli/context.h"
#include "cli/secret_source.h"
#include "cli/store_location.h"
#include "cli/unlock_method_listing.h"

namespace applink::cli {
namespace {

using store::UnlockMethod;
using Turn = store::UnlockMeans::PassphraseTurn;

enum class Change { add, change, remove };

constexpr std::array changes{std::pair{"add", Change::add}, std::pair{"change", Change::change},
                             std::pair{"remove", Change::remove}};
constexpr std::array methods{std::pair{"key-file", UnlockMethod::key_file},
                             std::pair{"passphrase", UnlockMethod::passphrase},
                             std::pair{"keyring", UnlockMethod::keyring}};

struct Input {
  std::optional<std::string> action;
  std::optional<std::string> method;
  SecretSource new_passphrase;
  Confirmation confirmation;
  bool json = false;
};

template <class Table>
auto meant_by(const Table& table, std::string_view word, std::string_view what)
    -> Result<decltype(table.front().second)> {
  std::vector<std::string> known;
  for (const auto& [name, value] : table) {
    if (word == name) return value;
    known.emplace_back(name);
  }
  const auto near = nearest(word, known);
  return fail(
      ErrorCode::usage, fmt::format("no {} \"{}\"", what, terminal_safe(word)),
      near ? fmt::format("did you mean {}?", *near) : fmt::format("{}", fmt::join(known, ", ")));
}

Result<UnlockMethod> method_of(const Input& input) {
  if (input.method) return meant_by(methods, *input.method, "unlock method");
  return fail(
      ErrorCode::usage, fmt::format("{} needs a method", *input.action),
      fmt::format("applink store unlock-method {} passphrase, key-file or keyring", *input.action));
}

/// That what was typed goes together, before anything is opened or asked.
Result<void> check(const Input& input, Change change, UnlockMethod method) {
  if (input.json) {
    return fail(ErrorCode::usage, "--json goes with the list alone",
                "applink store unlock-method --json");
  }
  if (change == Change::change && method == UnlockMethod::key_file) {
    return fail(ErrorCode::usage, "a key file is not changed: it would be lost for a moment",
                "with another way in: applink store unlock-method remove key-file, move the file "
                "away, and add key-file");
  }
  const bool takes_one = method == UnlockMethod::passphrase && change != Change::remove;
  if (takes_one || !input.new_passphrase.is_given()) return {};
  return fail(
      ErrorCode::usage,
      fmt::format("{} goes with a passphrase that is set", input.new_passphrase.given_flag()),
      "applink store unlock-method add passphrase");
}

Result<Secret> new_passphrase(const Input& input, Context& context) {
  return input.new_passphrase.read_new(context.terminal(), "New passphrase of the store:");
}

Result<void> add(const Input& input, UnlockMethod method, Context& context) {
  TRY_ASSIGN(store::Vault* const vault, context.vault());
  auto unlock = vault->unlock_methods();
  switch (method) {
    case UnlockMethod::key_file: {
      TRY(unlock.add_key_file());
      TRY_ASSIGN(const auto info, vault->info());
      context.console().narrate(fmt::format("the key file {} unlocks the store as well",
                                            terminal_safe(info.key_file.string())));
      return {};
    }
    case UnlockMethod::keyring:
      TRY(unlock.add_keyring());
      context.console().narrate("the keyring of this desktop unlocks the store as well");
      return {};
    case UnlockMethod::passphrase:
      break;
  }
  TRY_ASSIGN(const Secret passphrase, new_passphrase(input, context));
  TRY(unlock.add_passphrase(passphrase));
  context.console().narrate("the passphrase unlocks the store as well");
  return {};
}

Result<void> change(const Input& input, UnlockMethod method, Context& context) {
  TRY_ASSIGN(const auto location, store_location(context.environment()));
  TRY(check_there_is_a_store(location));
  const bool by_passphrase = method == UnlockMethod::passphrase;
  TRY_ASSIGN(store::Vault* const vault, context.vault(by_passphrase ? Turn::first : Turn::last));
  if (!by_passphrase) {
    TRY(vault->unlock_methods().change_keyring());
    context.console().narrate("the keyring has a new key of the store");
    return {};
  }
  TRY_ASSIGN(const Secret passphrase, new_passphrase(input, context));
  TRY(vault->unlock_methods().change_passphrase(passphrase));
  context.console().narrate("changed the passphrase; older copies of the store have the old one");
  return {};
}

void say_what_is_left(store::Leftover leftover, const std::string& key_file, Console& console) {
  switch (leftover) {
    case store::Leftover::none:
      return;
    case store::Leftover::key_file:
      console.narrate(
          fmt::format("it stays, for older copies of the store; where there are none, "
                      "remove it: rm {}",
                      key_file));
      return;
    case store::Leftover::keyring_secret:
      console.warn("the keyring does not answer, and keeps a key that opens older copies");
  }
}

Result<void> remove(const Input& input, UnlockMethod method, Context& context) {
  TRY_ASSIGN(store::Vault* const vault, context.vault());
  if (method == UnlockMethod::keyring) {
    TRY(input.confirmation.ask(context.terminal(),
                               "Remove the key from the keyring? Backups that nothing else opens "
                               "are lost with it."));
  }
  TRY_ASSIGN(const auto location, store_location(context.environment()));
  TRY_ASSIGN(const auto leftover, vault->unlock_methods().remove(method));
  const std::string key_file = terminal_safe(location.key_file.string());
  context.console().narrate(
      method == UnlockMethod::key_file
          ? fmt::format("the key file {} does not unlock the store any more", key_file)
          : fmt::format("the {} does not unlock the store any more", to_string(method)));
  say_what_is_left(leftover, key_file, context.console());
  return {};
}

Result<void> list(const Input& input, Context& context) {
  if (input.method || input.new_passphrase.is_given()) {
    return fail(ErrorCode::usage, "the list has all methods, and changes none",
                "applink store unlock-method list");
  }
  TRY_ASSIGN(store::Vault* const vault, context.vault());
  TRY_ASSIGN(const auto states, vault->unlock_methods().list());
  return context.console().answer(input.json ? as_json(states) : as_text(states));
}

Result<void> run(const Input& input, Context& context) {
  if (!input.action || *input.action == "list") return list(input, context);
  TRY_ASSIGN(const Change wanted, meant_by(changes, *input.action, "action"));
  TRY_ASSIGN(const UnlockMethod method, method_of(input));
  TRY(check(input, wanted, method));
  switch (wanted) {
    case Change::add:
      return add(input, method, context);
    case Change::change:
      return change(input, method, context);
    case Change::remove:
      break;
  }
  return remove(input, method, context);
}

}  // namespace

Action store_unlock_method(Arguments& arguments) {
  const auto input = std::make_shared<Input>();
  arguments.optional("ACTION", input->action, "list (the usual), add, change or remove");
  arguments.optional("METHOD", input->method, "key-file, passphrase or keyring");
  input->new_passphrase.declare(arguments, "new-passphrase", "the passphrase to set");
  input->confirmation.declare(arguments, "do not ask before the keyring loses its key");
  arguments.flag("--json", input->json, "for programs: the list");
  return [input](Context& context) { return run(*input, context); };
}

}  // namespace applink::cli

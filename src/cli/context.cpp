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
}

Result<store::Vault*> Context::vault() {
  if (vault_ == nullptr) {
    TRY_ASSIGN(const store::StoreLocation location, store_location(environment_));
    TRY_ASSIGN(vault_, store::Vault::open(location, clock_, {.keyring = &keyring_}));
    if (const auto notice = vault_->notice()) console_.narrate(*notice);
    for (const std::string& warning : vault_->warnings()) console_.warn(warning);
  }
  return vault_.get();
}

}  // namespace applink::cli

// applink key remove NAME
#include <memory>
#include <string>

#include <fmt/format.h>

#include "cli/arguments.h"
#include "cli/commands/all.h"
#include "cli/confirmation.h"
#include "cli/context.h"

namespace applink::cli {
namespace {

struct Input {
  std::string name;
  Confirmation confirmation;
};

Result<void> run(const Input& input, Context& context) {
  TRY_ASSIGN(store::Vault* const vault, context.vault());
  TRY_ASSIGN(const store::KeyPair pair, vault->key(input.name));
  TRY(input.confirmation.ask(
      context.terminal(),
      fmt::format("Remove the key {}? Without a copy it is gone for good.", pair.name)));
  TRY(vault->remove_key(pair.name));
  context.console().narrate(fmt::format("removed the key {}", pair.name));
  return {};
}

}  // namespace

Action key_remove(Arguments& arguments) {
  const auto input = std::make_shared<Input>();
  arguments.required("NAME", input->name, "the key");
  input->confirmation.declare(arguments);
  return [input](Context& context) { return run(*input, context); };
}

}  // namespace applink::cli

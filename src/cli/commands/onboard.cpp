// applink onboard NAME URL
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "applink/handshake/identity.h"
#include "applink/jira/endpoints.h"
#include "applink/keyring/create.h"
#include "cli/arguments.h"
#include "cli/commands/all.h"
#include "cli/consumer_names.h"
#include "cli/consumer_setup.h"
#include "cli/context.h"
#include "cli/json_text.h"
#include "cli/layout.h"
#include "cli/login_flow.h"
#include "cli/onboarding_beginning.h"
#include "cli/policy.h"
#include "cli/signing_parts.h"

namespace applink::cli {
namespace {

struct Input {
  OnboardingWish wish;
  ConsumerNames names;
  ConsumerFlags consumer;
  LoginFlags login;
  bool json = false;
};

std::string again(const Input& input) {
  return fmt::format("applink onboard {}", input.wish.name);
}

// The plan.

std::string plan_text(const Beginning& beginning, const Input& input,
                      const jira::AdminScreens& screens) {
  const auto& link = beginning.link;
  const auto product = jira::product_title(link.product);
  const std::vector<std::string> steps{
      fmt::format("{} the key {}", beginning.key_is_kept ? "Use" : "Make", link.key_name),
      fmt::format("{} the link {} to {}, with the consumer key {}",
                  beginning.link_is_kept ? "Use" : "Keep", link.name, link.base_url,
                  link.consumer_key),
      input.consumer.admin.are_given()
          ? fmt::format("Over REST, as {}: make the application link and its incoming consumer in "
                        "{}, after a yes",
                        input.consumer.admin.who(), product)
          : fmt::format("Show an administrator of {} the {} screens of an application link, with "
                        "every value to paste",
                        product, screens.screens.size()),
      fmt::format("Wait until {} knows the consumer, with this key", product),
      fmt::format("Log in: a user of {} presses Allow in a browser", product),
      fmt::format("Ask {} who we are", product)};
  std::string text = description(beginning) + "\n";
  for (std::size_t i = 0; i < steps.size(); ++i) {
    text += fmt::format("{}. {}\n", i + 1, wrapped(steps[i], 3, Console::width().value_or(80)));
  }
  return text;
}

// What is kept here.

Result<void> keep_key(const Beginning& beginning, Context& context) {
  if (beginning.key_is_kept) return {};
  TRY_ASSIGN(store::Vault* const vault, context.vault());
  TRY_ASSIGN(const auto pair,
             keyring::create_key_pair(beginning.link.key_name, crypto::default_new_key, {},
                                      context.clock()));
  TRY(vault->add_key(pair));
  context.console().narrate(
      fmt::format("made the key {}: RSA, {} bits", pair.name, pair.private_key.bits()));
  warn_of_sha1_policy(pair.private_key, context.console());
  return {};
}

Result<void> keep_link(const Beginning& beginning, const Input& input, Context& context) {
  TRY_ASSIGN(store::Vault* const vault, context.vault());
  if (beginning.link_is_kept) {
    return input.wish.link.makes_default() ? vault->set_default_link(beginning.link.name)
                                           : Result<void>{};
  }
  TRY(vault->add_link(beginning.link, {.make_default = input.wish.link.default_or_not()}));
  context.console().narrate(
      fmt::format("added the link {} to {}", beginning.link.name, beginning.link.base_url));
  return {};
}

// The login and its proof.

/// The token that is kept, where the product takes it.
Result<std::optional<handshake::Login>> kept_login(http::Transport& transport,
                                                   const signing::RequestSigner& signer,
                                                   const Input& input, Context& context) {
  const std::string& label = input.login.user_label;
  TRY_ASSIGN(store::Vault* const vault, context.vault());
  TRY_ASSIGN(const auto token, vault->find_token(signer.link(), label));
  if (!token) return std::nullopt;
  auto user = handshake::who_am_i(transport, signer, token->credentials, label);
  if (user) return handshake::Login{label, *std::move(user), token->expires};
  if (user.error().code != ErrorCode::refused) return tl::unexpected(std::move(user).error());
  context.console().narrate(
      fmt::format("the token that is kept is not taken: {}", user.error().message));
  return std::nullopt;
}

Result<handshake::Login> proven_login(http::Transport& transport,
                                      const signing::RequestSigner& signer,
                                      const LoginCallback& callback, const Input& input,
                                      Context& context) {
  TRY_ASSIGN(auto kept, kept_login(transport, signer, input, context));
  if (kept) return *std::move(kept);
  TRY_ASSIGN(store::Vault* const vault, context.vault());
  LoginNarrator narrator(context, input.login.manner(signer.link(), callback));
  handshake::LoginSession session({*vault, transport, signer, narrator}, input.login.user_label);
  return log_in(session, narrator, input.login, callback, signer.link(), context);
}

// The end.

Json json_of(const Beginning& beginning, const handshake::Login& login) {
  Json json;
  json["link"] = beginning.link.name;
  json["base_url"] = beginning.link.base_url;
  json["product"] = jira::to_string(beginning.link.product);
  json["product_version"] = json_or_null(beginning.found.deployment.version);
  json["consumer_key"] = beginning.link.consumer_key;
  json["key"] = beginning.link.key_name;
  json["user_label"] = login.user_label;
  json["user_name"] = login.user.name;
  json["token_expires"] = json_time(login.expires);
  return json;
}

Result<void> tell_what_is_next(const Beginning& beginning, const handshake::Login& login,
                               const Input& input, Context& context) {
  auto& console = context.console();
  tell_of_login(login, beginning.link, console);
  TRY_ASSIGN(const auto myself, jira::current_user_url(beginning.link));
  const bool is_usual = login.user_label == store::default_user_label;
  const auto user = is_usual ? std::string() : fmt::format(" --user {}", login.user_label);
  console.narrate("\nNow, for example:");
  console.narrate(fmt::format("  applink request{} GET {}", user, myself.text()));
  console.narrate(fmt::format("  applink curl{} -- -sS {}", user, myself.text()));
  console.narrate("  applink token list");
  if (!input.json) return {};
  return console.answer(json_text("onboarding", json_of(beginning, login)));
}

Result<void> make_link(const Beginning& beginning, const LoginCallback& callback,
                       const Input& input, Context& context) {
  advise_on_interrupt(fmt::format("to go on: {}", again(input)));
  TRY(keep_key(beginning, context));
  TRY(keep_link(beginning, input, context));
  const auto& link = beginning.link;
  TRY_ASSIGN(const auto signer, signer_of(context, link));
  TRY_ASSIGN(const auto transport, transport_of(context, link, Answers::of_the_dance));
  TRY_ASSIGN(store::Vault* const vault, context.vault());
  TRY_ASSIGN(const auto pair, vault->key(link.key_name));
  TRY_ASSIGN(const auto consumer, input.names.consumer(link, pair.private_key.public_key()));
  TRY_ASSIGN(const auto screens,
             jira::admin_screens(link, jira::product_version(beginning.found.deployment.version),
                                 consumer));
  TRY(ConsumerSetup({context, *transport, signer, consumer, screens}, input.consumer).run());
  auto login = proven_login(*transport, signer, callback, input, context);
  if (!login) return tl::unexpected(std::move(login).error());
  return tell_what_is_next(beginning, *login, input, context);
}

/// Of a key that need not be there: its screens are counted.
Result<void> tell_plan(const Beginning& beginning, const Input& input, Context& context) {
  TRY_ASSIGN(
      const auto screens,
      jira::admin_screens(beginning.link, jira::product_version(beginning.found.deployment.version),
                          jira::incoming_consumer(beginning.link, {})));
  return context.console().answer(plan_text(beginning, input, screens));
}

Result<void> run(const Input& input, Context& context) {
  TRY(jira::check_name("link", input.wish.name));
  TRY(input.consumer.check());
  TRY(input.login.check());
  TRY_ASSIGN(const auto beginning, begin_onboarding(input.wish, context));
  TRY_ASSIGN(const auto callback, input.login.callback.chosen(beginning.link));
  TRY(input.login.check_timeout(callback));
  tell_what_was_found(beginning, context.console());
  if (input.wish.plan) return tell_plan(beginning, input, context);
  return make_link(beginning, callback, input, context);
}

}  // namespace

Action onboard(Arguments& arguments) {
  const auto input = std::make_shared<Input>();
  arguments.required("NAME", input->wish.name, "what the link will be called here");
  arguments.optional("URL", input->wish.url, "any page of it; not needed to go on with a link");
  arguments.flag("--plan", input->wish.plan, "say what would be done, and do nothing");
  input->consumer.declare(arguments);
  input->names.declare(arguments);
  input->wish.link.declare_for_onboarding(arguments);
  input->login.declare(arguments);
  arguments.flag("--json", input->json, "for programs");
  return [input](Context& context) { return run(*input, context); };
}

}  // namespace applink::cli

// applink onboard NAME URL
#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "applink/base/text.h"
#include "applink/handshake/identity.h"
#include "applink/jira/endpoints.h"
#include "applink/keyring/create.h"
#include "applink/onboarding/discovery.h"
#include "cli/arguments.h"
#include "cli/commands/all.h"
#include "cli/consumer_names.h"
#include "cli/consumer_setup.h"
#include "cli/context.h"
#include "cli/json_text.h"
#include "cli/layout.h"
#include "cli/link_flags.h"
#include "cli/login_flow.h"
#include "cli/policy.h"
#include "cli/signing_parts.h"
#include "cli/store_location.h"
#include "cli/token_description.h"

namespace applink::cli {
namespace {

struct Input {
  std::string name;
  std::optional<std::string> url;
  LinkFlags link;
  ConsumerNames names;
  ConsumerFlags consumer;
  LoginFlags login;
  bool plan = false;
  bool json = false;
};

/// Where things stand before anything is done.
struct Beginning {
  jira::ApplicationLink link;
  bool link_is_kept = false;
  bool key_is_kept = false;
  onboarding::Discovery found;
};

std::string again(const Input& input) {
  return fmt::format("applink onboard {}", input.name);
}

std::string description(const Beginning& beginning) {
  const auto& deployment = beginning.found.deployment;
  return fmt::format("{} {} at {}", jira::product_title(deployment.product),
                     terminal_safe(deployment.version), beginning.found.base_url);
}

// What is there.

/// Null where there is no store and none is to be made.
Result<store::Vault*> vault_for(const Input& input, Context& context) {
  TRY_ASSIGN(const auto location, store_location(context.environment()));
  if (input.plan && !check_there_is_a_store(location)) return nullptr;
  return context.vault();
}

/// The link as it is kept, or as it would be: its address comes from what is found there.
Result<void> begin_link(Beginning& beginning, const Input& input, const store::Vault* vault) {
  std::vector<jira::ApplicationLink> links;
  if (vault != nullptr) {
    TRY_ASSIGN(links, vault->links());
  }
  const auto kept = std::find_if(links.begin(), links.end(),
                                 [&](const auto& link) { return link.name == input.name; });
  beginning.link_is_kept = kept != links.end();
  if (!beginning.link_is_kept) {
    jira::ApplicationLink link;
    link.name = link.consumer_key = link.key_name = input.name;
    link.base_url = "https://not-known-yet.invalid";
    TRY_ASSIGN(beginning.link, input.link.applied_to(std::move(link)));
    return {};
  }
  beginning.link = *kept;
  TRY_ASSIGN(const auto as_said, input.link.applied_to(*kept));
  if (as_said == *kept) return {};
  return fail(ErrorCode::conflict,
              fmt::format("the link {} is kept with other values than these", input.name),
              fmt::format("leave them out to go on with it (applink link show {0}), change it "
                          "(applink link set {0}), or choose another name",
                          input.name));
}

Result<void> begin_key(Beginning& beginning, const store::Vault* vault) {
  if (vault == nullptr) return {};
  TRY_ASSIGN(const auto keys, vault->keys());
  beginning.key_is_kept = std::any_of(keys.begin(), keys.end(), [&](const auto& key) {
    return key.name == beginning.link.key_name;
  });
  return {};
}

Result<std::string> address(const Input& input, const Beginning& beginning) {
  if (input.url) return *input.url;
  if (beginning.link_is_kept) return beginning.link.base_url;
  return fail(ErrorCode::usage, fmt::format("there is no link {} yet, and no URL", input.name),
              fmt::format("say where it leads to, for example: {} https://jira.example.com/jira",
                          again(input)));
}

tl::unexpected<Error> is_of_the_cloud(std::string_view site) {
  return fail(ErrorCode::usage,
              fmt::format("{} is a site of the cloud, where OAuth 1.0a is deprecated and "
                          "application links are no way in",
                          terminal_safe(site)),
              "use an API token (e-mail address and token, as Basic authentication) or OAuth 2.0 "
              "(3LO)");
}

/// Known by its name, before anything is asked.
Result<void> check_no_cloud(const std::string& typed) {
  const auto url =
      http::Url::parse(typed.find("://") == std::string::npos ? "https://" + typed : typed);
  if (url && jira::is_cloud_host(url->host())) return is_of_the_cloud(url->host());
  return {};
}

Result<void> check_what_was_found(const Beginning& beginning, const Input& input) {
  const auto& found = beginning.found;
  if (found.deployment.hosting == jira::Hosting::cloud) return is_of_the_cloud(found.base_url);
  // Without a URL the link is meant, whatever else the product calls itself.
  if (!beginning.link_is_kept || !input.url || found.base_url == beginning.link.base_url) return {};
  return fail(ErrorCode::conflict,
              fmt::format("the link {} leads to {}, and not to {}", input.name,
                          beginning.link.base_url, found.base_url),
              fmt::format("go on with it (leave out the URL), or choose another name; applink link "
                          "set {} --url URL moves it",
                          input.name));
}

Result<Beginning> begin(const Input& input, Context& context) {
  TRY_ASSIGN(const store::Vault* const vault, vault_for(input, context));
  Beginning beginning;
  TRY(begin_link(beginning, input, vault));
  TRY(begin_key(beginning, vault));
  auto& link = beginning.link;
  if (!jira::signs_with_key(link)) {
    return fail(ErrorCode::usage,
                fmt::format("the link {} signs with a secret, which {} does not know", link.name,
                            jira::product_title(link.product)),
                fmt::format("applink login {} goes on with it", link.name));
  }
  TRY_ASSIGN(const auto typed, address(input, beginning));
  TRY(check_no_cloud(typed));
  TRY_ASSIGN(const auto transport, transport_of(context, link, Answers::of_the_dance));
  TRY_ASSIGN(beginning.found,
             onboarding::discover(*transport, typed, link.allow_http, context.clock()));
  TRY(check_what_was_found(beginning, input));
  if (!beginning.link_is_kept) {
    link.base_url = beginning.found.base_url;
    link.product = beginning.found.deployment.product;
    TRY(jira::check_link(link));
  }
  return beginning;
}

void tell_what_was_found(const Beginning& beginning, Console& console) {
  console.narrate("found " + description(beginning));
  for (const auto& correction : beginning.found.corrections) console.narrate("note: " + correction);
  for (const auto& warning : beginning.found.warnings) console.warn(warning);
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
    return input.link.makes_default() ? vault->set_default_link(beginning.link.name)
                                      : Result<void>{};
  }
  TRY(vault->add_link(beginning.link, {.make_default = input.link.default_or_not()}));
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
  TRY(jira::check_name("link", input.name));
  TRY(input.consumer.check());
  TRY(input.login.check());
  TRY_ASSIGN(const auto beginning, begin(input, context));
  TRY_ASSIGN(const auto callback, input.login.callback.chosen(beginning.link));
  TRY(input.login.check_timeout(callback));
  tell_what_was_found(beginning, context.console());
  if (input.plan) return tell_plan(beginning, input, context);
  return make_link(beginning, callback, input, context);
}

}  // namespace

Action onboard(Arguments& arguments) {
  const auto input = std::make_shared<Input>();
  arguments.required("NAME", input->name, "what the link will be called here");
  arguments.optional("URL", input->url, "any page of it; not needed to go on with a link");
  arguments.flag("--plan", input->plan, "say what would be done, and do nothing");
  input->consumer.declare(arguments);
  input->names.declare(arguments);
  input->link.declare_for_onboarding(arguments);
  input->login.declare(arguments);
  arguments.flag("--json", input->json, "for programs");
  return [input](Context& context) { return run(*input, context); };
}

}  // namespace applink::cli

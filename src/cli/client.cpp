// From the flags to a client: its link, its proof, its token.
#include "cli/client.h"

#include <utility>

#include <fmt/format.h>

#include "applink/jira/endpoints.h"
#include "applink/jira/request_url.h"
#include "cli/link_choice.h"
#include "cli/storeless.h"
#include "cli/token_choice.h"
#include "cli/token_state.h"

namespace applink::cli {
namespace {

/// A method of the other kind would find nothing to sign with.
Result<void> check_kind(const jira::ApplicationLink& link, oauth1::SignatureMethod method) {
  if (oauth1::is_rsa(method) == jira::signs_with_key(link)) return {};
  return fail(ErrorCode::usage,
              fmt::format("the link {} signs with {}, and {} takes {}", link.name,
                          jira::signs_with_key(link) ? "a key" : "a consumer secret",
                          oauth1::to_string(method),
                          oauth1::is_rsa(method) ? "a key" : "a consumer secret"),
              "choose another method, or go without a store: --consumer-key KEY");
}

Result<void> apply(const ClientFlags& flags, jira::ApplicationLink& link) {
  if (flags.signature_method) {
    TRY(check_kind(link, *flags.signature_method));
    link.signature_method = *flags.signature_method;
  }
  if (flags.placement) link.placement = *flags.placement;
  if (flags.body_hash) link.body_hash = oauth1::BodyHash::sent;
  if (flags.realm) link.realm = flags.realm->empty() ? std::nullopt : flags.realm;
  return jira::check_link(link);
}

signing::SigningChoices choices_of(const ClientFlags& flags) {
  return {.nonce = flags.nonce,
          .timestamp = flags.timestamp,
          .version =
              flags.no_version ? oauth1::VersionParameter::omitted : oauth1::VersionParameter::sent,
          .placement = flags.placement};
}

/// What would not be proven is not begun.
Result<void> check_impersonation(const ClientFlags& flags, const jira::ApplicationLink& link) {
  if (flags.impersonated->empty()) {
    return fail(ErrorCode::usage, "--impersonate names no user", "--impersonate USER");
  }
  if (flags.user_label) {
    return fail(ErrorCode::usage, "--user and --impersonate exclude each other",
                "--user LABEL takes a token of that user, --impersonate USER needs none");
  }
  if (flags.nonce) {
    return fail(ErrorCode::usage, "--impersonate makes two requests, and a nonce is good for one",
                "leave --nonce out");
  }
  if (link.two_legged == jira::TwoLegged::no) {
    return fail(ErrorCode::usage,
                fmt::format("the link {} makes no calls without a user's token", link.name),
                fmt::format("if {} allows this client to impersonate: applink link set {} "
                            "--two-legged",
                            jira::provider_word(link), link.name));
  }
  if (jira::says_who_is_logged_in(link)) return {};
  return fail(ErrorCode::usage,
              fmt::format("nothing at {} is known to prove whom a call runs as", link.base_url),
              fmt::format("applink link set {} --identity-url URL", link.name));
}

Result<void> check_token_flags(const ClientFlags& flags, const std::optional<std::string>& token) {
  if (flags.token && flags.user_label) {
    return fail(ErrorCode::usage, "--user picks a token of the store, and --token brings one",
                "give one of the two");
  }
  if (token && flags.impersonated) {
    return fail(ErrorCode::usage, "--impersonate needs no token, and one is given",
                "leave --token out, or APPLINK_TOKEN");
  }
  if (flags.verifier && !token) {
    return fail(ErrorCode::usage, "--verifier goes with the request token that it was given for",
                "--token REQUEST-TOKEN");
  }
  if (flags.token_secret_file && !token) {
    return fail(ErrorCode::usage, "--token-secret-file goes with a token", "--token VALUE");
  }
  return {};
}

/// An empty token where the client acts for itself: to Jira a request without oauth_token is not
/// OAuth at all.
Result<signing::Credentials> kept_credentials(Context& context, const ClientFlags& flags,
                                              const jira::ApplicationLink& link) {
  if (flags.callback) return signing::Credentials{};
  if (flags.impersonated) return signing::Credentials{.token = ""};
  if (link.two_legged == jira::TwoLegged::yes && !flags.user_label) {
    return signing::Credentials{.token = ""};
  }
  TRY_ASSIGN(store::Vault* const vault, context.vault());
  TRY_ASSIGN(const auto token, token_of(*vault, link, flags.label()));
  if (const auto caution = word_of_caution(token, context.clock().now())) {
    context.console().warn(*caution);
  }
  return signing::credentials_of(token.credentials);
}

Result<signing::Credentials> given_credentials(const std::optional<std::string>& token,
                                               const std::optional<std::string>& secret_file) {
  TRY_ASSIGN(Secret secret, token_secret_of(secret_file));
  return signing::Credentials{.token = token, .token_secret = std::move(secret)};
}

Result<signing::ClientProof> kept_proof(Context& context, const jira::ApplicationLink& link) {
  TRY_ASSIGN(store::Vault* const vault, context.vault());
  if (jira::signs_with_key(link)) {
    TRY_ASSIGN(store::KeyPair pair, vault->key(link.key_name));
    return signing::ClientProof(std::move(pair.private_key));
  }
  TRY_ASSIGN(Secret secret, vault->consumer_secret(link));
  return signing::ClientProof(std::move(secret));
}

Result<Client> client_of_store(Context& context, const ClientFlags& flags,
                               std::string_view path_or_url) {
  TRY_ASSIGN(const auto escaped, jira::escaped_url(path_or_url));
  TRY_ASSIGN(auto link, link_for_call(context, flags.link, escaped, flags.label()));
  TRY(apply(flags, link));
  TRY(check_token_flags(flags, flags.token));
  if (flags.impersonated) TRY(check_impersonation(flags, link));
  auto credentials = flags.token ? given_credentials(flags.token, flags.token_secret_file)
                                 : kept_credentials(context, flags, link);
  if (!credentials) return tl::unexpected(std::move(credentials).error());
  TRY_ASSIGN(auto proof, kept_proof(context, link));
  return Client{std::move(link), std::move(proof), *std::move(credentials), choices_of(flags)};
}

Result<Client> client_without_store(Context& context, const ClientFlags& flags,
                                    std::string_view path_or_url) {
  const auto& environment = context.environment();
  TRY_ASSIGN(auto link, storeless_link(flags, environment, path_or_url));
  TRY(apply(flags, link));
  link.name = name_without_store;
  if (!link.key_name.empty()) link.key_name = name_without_store;
  const auto token = storeless_token(flags, environment);
  TRY(check_token_flags(flags, token));
  if (flags.impersonated) TRY(check_impersonation(flags, link));
  const std::string& variable = environment.storeless.token_secret_file;
  const auto secret_file = flags.token_secret_file || variable.empty() ? flags.token_secret_file
                                                                       : std::optional(variable);
  TRY_ASSIGN(auto credentials, given_credentials(token, secret_file));
  TRY_ASSIGN(auto proof, storeless_proof(context, flags, link.signature_method));
  return Client{std::move(link), std::move(proof), std::move(credentials), choices_of(flags)};
}

}  // namespace

Result<Client> client_of(Context& context, const ClientFlags& flags, std::string_view path_or_url) {
  const bool storeless = flags.is_storeless(context.environment());
  TRY(check_way(flags, context.environment()));
  TRY(check_readers_of_stdin(flags.readers_of_stdin()));
  auto client = storeless ? client_without_store(context, flags, path_or_url)
                          : client_of_store(context, flags, path_or_url);
  if (!client) return client;
  client->credentials.callback = flags.callback;
  client->credentials.verifier = flags.verifier;
  client->credentials.session_handle = flags.session_handle;
  return client;
}

Result<std::string> BaseStringSigner::sign(std::string_view base_string) const {
  return signing::signer_of(proof, method, token_secret)->sign(base_string);
}

Result<BaseStringSigner> base_string_signer_of(Context& context, const ClientFlags& flags) {
  TRY(check_way(flags, context.environment()));
  TRY(check_readers_of_stdin(flags.readers_of_stdin()));
  TRY_ASSIGN(Secret token_secret, token_secret_of(flags.token_secret_file));
  if (flags.is_storeless(context.environment())) {
    const auto method = storeless_method(flags);
    TRY_ASSIGN(auto proof, storeless_proof(context, flags, method));
    return BaseStringSigner{method, std::move(proof), std::move(token_secret)};
  }
  TRY_ASSIGN(auto link, chosen_link(context, flags.link));
  TRY(apply(flags, link));
  TRY_ASSIGN(auto proof, kept_proof(context, link));
  return BaseStringSigner{link.signature_method, std::move(proof), std::move(token_secret)};
}

Result<void> check_readers_of_stdin(const std::vector<std::string>& readers) {
  if (readers.size() < 2) return {};
  return fail(ErrorCode::usage,
              fmt::format("{} and {} cannot both read standard input", readers[0], readers[1]),
              "name a file for one of them");
}

void warn_of_plain_http(Context& context, const http::Url& url) {
  if (url.scheme() == "https" || url.is_loopback()) return;
  context.console().warn(fmt::format(
      "{} is plain http: everybody on the way can read and change what is sent", url.text()));
}

}  // namespace applink::cli

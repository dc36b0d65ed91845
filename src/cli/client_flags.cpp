// The flags that say which client signs, and how.
#include <fmt/format.h>

#include "applink/base/text.h"
#include "cli/client.h"
#include "cli/values.h"

namespace applink::cli {
namespace {

/// A value that goes into the signature as it is.
Result<void> take_nonce(std::optional<std::string>& into, const std::string& typed) {
  if (typed.empty() || terminal_safe(typed) != typed) {
    return fail(ErrorCode::usage,
                typed.empty() ? "the nonce is empty"
                              : fmt::format("the nonce \"{}\" has characters that cannot be seen",
                                            terminal_safe(typed)),
                "any text that was not used before; left out, a random one is made");
  }
  into = typed;
  return {};
}

}  // namespace

void ClientFlags::declare(Arguments& arguments) {
  arguments.option("-l,--link", "NAME", link, "the link (the default one)");
  arguments.option("-u,--user", "LABEL", user_label, "whose token, as login --user said");
  arguments.option("--token", "VALUE", token, "this token, in place of a kept one");
  arguments.option("--token-secret-file", "FILE", token_secret_file,
                   "its secret, which HMAC and PLAINTEXT take; - is standard input");
  arguments.option("--consumer-key", "KEY", consumer_key, "sign as this client, without a store");
  arguments.option("--key-file", "FILE", key_file,
                   "its private key, in any form; - is standard input");
  passphrase.declare(arguments, "passphrase", "the passphrase of --key-file");
  arguments.option("--consumer-secret-file", "FILE", consumer_secret_file,
                   "its secret, for HMAC and PLAINTEXT; - is standard input");
  arguments.option("--base-url", "URL", base_url,
                   "where a path is under, and what no signature leaves");
  arguments.option(
      "--product", "NAME",
      [this](const std::string& word) -> Result<void> {
        TRY_ASSIGN(product, jira::product_named(word));
        return {};
      },
      "without a store: jira (the usual), confluence, bitbucket, bamboo or generic");
  arguments.flag("--allow-http", allow_http,
                 "without a store: let plain http go to another machine");
  declare_signing(arguments);
}

void ClientFlags::declare_signing(Arguments& arguments) {
  arguments.option(
      "--signature-method", "NAME",
      [this](const std::string& word) -> Result<void> {
        TRY_ASSIGN(signature_method, parse_signature_method(word));
        return {};
      },
      "RSA-SHA1, RSA-SHA256, RSA-SHA512, HMAC-SHA1, HMAC-SHA256, HMAC-SHA512, PLAINTEXT");
  arguments.option(
      "--placement", "PLACE",
      [this](const std::string& word) -> Result<void> {
        TRY_ASSIGN(placement, oauth1::placement_named(word));
        return {};
      },
      "where the signature goes: header, query or body");
  arguments.flag("--body-hash", body_hash, "sign a hash of a body that is no form");
  arguments.option("--realm", "TEXT", realm, "realm in the Authorization header; '' for none");
  arguments.option(
      "--nonce", "TEXT", [this](const std::string& typed) { return take_nonce(nonce, typed); },
      "this nonce in place of a random one");
  arguments.option(
      "--timestamp", "SECONDS",
      [this](const std::string& typed) -> Result<void> {
        TRY_ASSIGN(timestamp, parse_timestamp(typed));
        return {};
      },
      "this time in place of now, in seconds since 1970");
  arguments.flag("--no-version", no_version, "leave oauth_version out");
}

void ClientFlags::declare_dance(Arguments& arguments) {
  arguments.option("--callback", "URL", callback,
                   "oauth_callback, for the request token of a dance by hand; oob without one");
  arguments.option("--verifier", "CODE", verifier,
                   "oauth_verifier, for its access token; --token is the request token");
  arguments.option("--session-handle", "VALUE", session_handle,
                   "oauth_session_handle, for the renewal of a token");
}

void ClientFlags::declare_impersonation(Arguments& arguments) {
  arguments.option("--impersonate", "USER", impersonated,
                   "call as this user, without a token: two-legged");
}

std::string ClientFlags::label() const {
  return user_label.value_or(std::string(jira::default_user_label));
}

bool ClientFlags::is_storeless(const Environment& environment) const {
  if (link) return false;
  return consumer_key || key_file || consumer_secret_file ||
         !environment.storeless.consumer_key.empty();
}

std::vector<std::string> ClientFlags::readers_of_stdin() const {
  std::vector<std::string> readers;
  if (key_file == "-") readers.emplace_back("--key-file");
  if (passphrase.reads_stdin()) readers.push_back(passphrase.given_flag());
  if (consumer_secret_file == "-") readers.emplace_back("--consumer-secret-file");
  if (token_secret_file == "-") readers.emplace_back("--token-secret-file");
  return readers;
}

}  // namespace applink::cli

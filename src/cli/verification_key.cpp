// Reads a public key out of whatever file has one, and secrets out of files or the store.
#include "cli/verification_key.h"

#include <utility>

#include <fmt/format.h>

#include "applink/base/files.h"
#include "applink/base/text.h"
#include "applink/crypto/key_inspection.h"
#include "cli/input.h"

namespace applink::cli {
namespace {

constexpr std::size_t largest_verification_key = std::size_t{4} << 20;

Result<Secret> bytes_of(const std::string& path) {
  return path == "-" ? read_secret_from_stdin(largest_verification_key)
                     : read_secret_file(path, largest_verification_key);
}

/// That of the token in the store; empty where it has none of that name.
Result<Secret> stored_token_secret(const store::Vault& vault, const jira::ApplicationLink& link,
                                   std::string_view token) {
  TRY_ASSIGN(const auto tokens, vault.tokens());
  for (const store::Token& stored : tokens) {
    if (stored.link == link.name && stored.credentials.token == token) {
      return stored.credentials.secret.copy();
    }
  }
  return Secret();
}

Result<VerificationKey> of_store(Context& context, const jira::ApplicationLink& link,
                                 std::string_view token) {
  TRY_ASSIGN(store::Vault* const vault, context.vault());
  if (jira::signs_with_key(link)) {
    TRY_ASSIGN(const store::KeyPair pair, vault->key(link.key_name));
    return VerificationKey{pair.private_key.public_key(),
                           fmt::format("the key {} of the link {}", link.key_name, link.name)};
  }
  TRY_ASSIGN(Secret client, vault->consumer_secret(link));
  TRY_ASSIGN(Secret token_secret, stored_token_secret(*vault, link, token));
  const bool lacks_token = !token.empty() && token_secret.empty();
  return VerificationKey{
      calls::SharedSecrets{std::move(client), std::move(token_secret)},
      fmt::format("the secrets of the link {}{}", link.name,
                  lacks_token ? ", which has no secret of this token (--consumer-secret-file and "
                                "--token-secret-file give both)"
                              : "")};
}

}  // namespace

void VerificationKeyFlags::declare(Arguments& arguments) {
  arguments.option(
      "--public-key", "FILE", public_key_,
      "the client's key: SPKI, certificate, JWK, or a private key, of which the public "
      "half is taken");
  passphrase_.declare(arguments, "passphrase", "the passphrase of the file of --public-key");
  consumer_secret_.declare(arguments, "consumer-secret", "the consumer secret, for HMAC");
  token_secret_.declare(arguments, "token-secret", "the token secret, for HMAC");
}

std::vector<std::string> VerificationKeyFlags::readers_of_stdin() const {
  std::vector<std::string> readers;
  if (public_key_ == "-") readers.emplace_back("--public-key");
  for (const auto* const secret : {&passphrase_, &consumer_secret_, &token_secret_}) {
    if (secret->reads_stdin()) readers.push_back(secret->given_flag());
  }
  return readers;
}

Result<VerificationKey> VerificationKeyFlags::of_file(Context& context) const {
  const std::string name = *public_key_ == "-" ? "standard input" : *public_key_;
  TRY_ASSIGN(const Secret bytes, bytes_of(*public_key_));
  auto report = crypto::inspect_key_file(bytes.reveal(), context.clock().now(), [&] {
    return passphrase_.read(context.terminal(),
                            fmt::format("Passphrase of {}:", terminal_safe(name)));
  });
  if (report.key) {
    return VerificationKey{*std::move(report.key), fmt::format("{}: {}", name, report.description)};
  }
  return fail(
      ErrorCode::failed,
      fmt::format("{} has no RSA key to verify with: it is {}", terminal_safe(name),
                  report.description),
      report.advice.empty() ? "name a public key, a certificate or a private key" : report.advice);
}

Result<VerificationKey> VerificationKeyFlags::of_flags(Context& context) const {
  if (public_key_ && secrets_are_given()) {
    return fail(ErrorCode::usage, "a client signs with a key or with secrets",
                "--public-key FILE for RSA-SHA1, --consumer-secret-file FILE for HMAC-SHA1");
  }
  if (public_key_) return of_file(context);
  calls::SharedSecrets secrets;
  if (consumer_secret_.is_given()) {
    TRY_ASSIGN(secrets.client, consumer_secret_.read(context.terminal(), "Consumer secret:"));
  }
  if (token_secret_.is_given()) {
    TRY_ASSIGN(secrets.token, token_secret_.read(context.terminal(), "Token secret:"));
  }
  return VerificationKey{std::move(secrets), "the secrets that were given"};
}

Result<VerificationKey> VerificationKeyFlags::read(Context& context,
                                                   const jira::ApplicationLink* link,
                                                   std::string_view token) const {
  if (is_given() || link == nullptr) return of_flags(context);
  return of_store(context, *link, token);
}

}  // namespace applink::cli

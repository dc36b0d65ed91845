// The link, the proof and the token that the command line brings.
#include "cli/storeless.h"

#include <array>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "applink/base/text.h"
#include "applink/http/url.h"
#include "applink/keyring/key_file.h"
#include "cli/input.h"
#include "cli/secret_source.h"
#include "cli/store_passphrase.h"

namespace applink::cli {
namespace {

constexpr std::size_t largest_key_file = std::size_t{1} << 20;

std::optional<std::string> either(const std::optional<std::string>& flag,
                                  const std::string& variable) {
  if (flag) return flag;
  return variable.empty() ? std::nullopt : std::optional(variable);
}

/// The first flag that means something without a store alone.
std::optional<std::string_view> storeless_flag(const ClientFlags& flags) {
  if (flags.consumer_key) return "--consumer-key";
  if (flags.key_file) return "--key-file";
  if (flags.passphrase.is_given()) return "--passphrase";
  if (flags.consumer_secret_file) return "--consumer-secret-file";
  if (flags.base_url) return "--base-url";
  if (flags.product) return "--product";
  if (flags.allow_http) return "--allow-http";
  return std::nullopt;
}

Result<void> check_with_store(const ClientFlags& flags) {
  const auto flag = storeless_flag(flags);
  if (!flag) return {};
  if (flags.link) {
    return fail(ErrorCode::usage,
                fmt::format("-l names a link of the store, and {} is for use without one", *flag),
                "leave one of the two out");
  }
  return fail(ErrorCode::usage, fmt::format("{} is for use without a store", *flag),
              "say who signs: --consumer-key KEY --key-file FILE");
}

/// Scheme, host and port of a URL as it was typed.
Result<std::string> origin_in(std::string_view typed) {
  const auto scheme = typed.find("://");
  if (typed.starts_with('/') || scheme == std::string_view::npos) {
    return fail(ErrorCode::usage,
                fmt::format("\"{}\" is {}", terminal_safe(typed),
                            typed.starts_with('/') ? "a path, and there is no base URL" : "no URL"),
                typed.starts_with('/') ? "--base-url URL, or write the whole URL"
                                       : "write it with its scheme: https://HOST/PATH");
  }
  const auto origin = typed.substr(0, typed.find_first_of("/?#", scheme + 3));
  TRY_ASSIGN(const auto url, http::Url::parse(origin));
  return url.text();
}

Result<void> check_scheme(const std::string& base_url, const ClientFlags& flags) {
  TRY_ASSIGN(const auto url, http::Url::parse(base_url));
  if (url.scheme() == "https" || url.is_loopback() || flags.allow_http) return {};
  return fail(
      ErrorCode::usage,
      fmt::format("{} is plain http: whoever is on the way reads and alters what passes", base_url),
      fmt::format("write https{}; where there is no https: --allow-http",
                  base_url.substr(std::string_view("http").size())));
}

Result<std::string> base_url_of(const ClientFlags& flags, const Environment& environment,
                                std::string_view path_or_url) {
  const auto given = either(flags.base_url, environment.storeless.base_url);
  if (!given) return origin_in(path_or_url);
  return jira::checked_base_url(*given, jira::AllowHttp::yes);
}

Result<std::string> consumer_key_of(const ClientFlags& flags, const Environment& environment) {
  const auto given = either(flags.consumer_key, environment.storeless.consumer_key);
  if (given) return *given;
  return fail(ErrorCode::usage, "--consumer-key is missing: who signs?",
              "--consumer-key KEY, as Jira's administrator entered it, or APPLINK_CONSUMER_KEY");
}

Result<Secret> passphrase_of(Context& context, const ClientFlags& flags, const std::string& file) {
  if (!flags.passphrase.is_given()) {
    TRY_ASSIGN(auto passphrase, passphrase_of_variables(context.environment()));
    if (passphrase) return std::move(*passphrase);
  }
  auto passphrase = flags.passphrase.read(context.terminal(),
                                          fmt::format("Passphrase of {}:", terminal_safe(file)));
  if (passphrase) return passphrase;
  return tl::unexpected(in_context("the private key is encrypted", std::move(passphrase).error()));
}

Result<signing::ClientProof> key_of(Context& context, const ClientFlags& flags,
                                    oauth1::SignatureMethod method) {
  const auto file = either(flags.key_file, context.environment().storeless.key_file);
  if (flags.consumer_secret_file) {
    return fail(ErrorCode::usage,
                fmt::format("{} signs with a key, and not with a consumer secret",
                            oauth1::to_string(method)),
                "--key-file FILE, or a method that takes a secret: --signature-method HMAC-SHA1");
  }
  if (!file) {
    return fail(ErrorCode::usage,
                fmt::format("--key-file is missing: {} signs with a private key",
                            oauth1::to_string(method)),
                "--key-file FILE, or APPLINK_KEY_FILE; a key of the store goes with -l LINK");
  }
  const auto ask = [&]() { return passphrase_of(context, flags, *file); };
  if (*file != "-") {
    TRY_ASSIGN(auto key, keyring::load_private_key_file(*file, ask, keyring::KeyCheck::numbers));
    return signing::ClientProof(std::move(key));
  }
  TRY_ASSIGN(const Secret bytes, read_secret_from_stdin(largest_key_file));
  auto read = crypto::read_private_key(bytes, ask);
  if (!read) return tl::unexpected(in_context("standard input", std::move(read).error()));
  return signing::ClientProof(std::move(read->key));
}

Result<signing::ClientProof> secret_of(const ClientFlags& flags, const Environment& environment,
                                       oauth1::SignatureMethod method) {
  const auto file = either(flags.consumer_secret_file, environment.storeless.consumer_secret_file);
  if (flags.key_file) {
    return fail(ErrorCode::usage,
                fmt::format("{} signs with a consumer secret, and not with a key",
                            oauth1::to_string(method)),
                "--consumer-secret-file FILE, or a method that takes a key: --signature-method "
                "RSA-SHA1");
  }
  if (!file) {
    return fail(ErrorCode::usage,
                fmt::format("--consumer-secret-file is missing: {} signs with a consumer secret",
                            oauth1::to_string(method)),
                "--consumer-secret-file FILE, or APPLINK_CONSUMER_SECRET_FILE");
  }
  auto secret = read_secret_line(*file, longest_secret);
  if (!secret) return tl::unexpected(in_context("the consumer secret", std::move(secret).error()));
  TRY(jira::check_consumer_secret(secret->reveal()));
  return signing::ClientProof(*std::move(secret));
}

struct Wording {
  std::string_view kept;       ///< what is said of a link of a store
  std::string_view storeless;  ///< what can be done without one
};

/// The longer before what it begins with.
constexpr std::array<Wording, 9> wordings{
    {{" to the link (no store), whose base URL is", " to the base URL"},
     {"public_key.pem of: applink key export (no store) --all",
      "the key of --key-file: applink key inspect FILE"},
     {"applink link show (no store)", "--consumer-key and --base-url"},
     {"applink link set (no store) --url", "--base-url"},
     {"applink link set (no store) --consumer-secret", "--consumer-secret-file FILE"},
     {"applink link set (no store) --identity-url URL",
      "keep the provider as a link that has an --identity-url: applink link add"},
     {"applink link set (no store) ", ""},
     {"applink login (no store)", "applink login LINK, where a store has the link"},
     {"applink token renew (no store)", "applink token renew LINK, where a store has the link"}}};

std::string reworded(std::string text) {
  for (const auto& [kept, storeless] : wordings) {
    for (auto at = text.find(kept); at != std::string::npos; at = text.find(kept, at)) {
      text.replace(at, kept.size(), storeless);
      at += storeless.size();
    }
  }
  return text;
}

}  // namespace

Error in_storeless_words(Error error) {
  error.message = reworded(std::move(error.message));
  error.hint = reworded(std::move(error.hint));
  return error;
}

Result<void> in_storeless_words(Result<void> result) {
  if (result) return result;
  return tl::unexpected(in_storeless_words(std::move(result).error()));
}

Result<void> check_way(const ClientFlags& flags, const Environment& environment) {
  if (!flags.is_storeless(environment)) return check_with_store(flags);
  if (!flags.user_label) return {};
  return fail(ErrorCode::usage, "--user picks a token of the store, and here none is used",
              "give the token itself: --token VALUE, or APPLINK_TOKEN");
}

oauth1::SignatureMethod storeless_method(const ClientFlags& flags) {
  return flags.signature_method.value_or(oauth1::SignatureMethod::rsa_sha1);
}

Result<jira::ApplicationLink> storeless_link(const ClientFlags& flags,
                                             const Environment& environment,
                                             std::string_view path_or_url) {
  jira::ApplicationLink link;
  link.signature_method = storeless_method(flags);
  // Atlassian's products take nothing else.
  link.product = flags.product.value_or(link.signature_method == oauth1::SignatureMethod::rsa_sha1
                                            ? jira::Product::jira
                                            : jira::Product::generic);
  TRY_ASSIGN(link.consumer_key, consumer_key_of(flags, environment));
  TRY_ASSIGN(link.base_url, base_url_of(flags, environment, path_or_url));
  TRY(check_scheme(link.base_url, flags));
  link.allow_http = flags.allow_http ? jira::AllowHttp::yes : jira::AllowHttp::no;
  link.two_legged =
      storeless_token(flags, environment) ? jira::TwoLegged::no : jira::TwoLegged::yes;
  // check_link() wants names, which nothing here has.
  link.name = "none";
  link.key_name = jira::signs_with_key(link) ? "none" : "";
  return link;
}

Result<signing::ClientProof> storeless_proof(Context& context, const ClientFlags& flags,
                                             oauth1::SignatureMethod method) {
  if (oauth1::is_rsa(method)) return key_of(context, flags, method);
  return secret_of(flags, context.environment(), method);
}

std::optional<std::string> storeless_token(const ClientFlags& flags,
                                           const Environment& environment) {
  return either(flags.token, environment.storeless.token);
}

Result<Secret> token_secret_of(const std::optional<std::string>& named) {
  if (!named) return Secret();
  auto secret = read_secret_line(*named, longest_secret);
  if (secret) return secret;
  return tl::unexpected(in_context("the token secret", std::move(secret).error()));
}

}  // namespace applink::cli

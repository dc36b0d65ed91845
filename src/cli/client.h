// The client that a command signs as: a link of the store, or what the command line and the
// environment say without any store.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "applink/base/clock.h"
#include "applink/base/result.h"
#include "applink/base/secret.h"
#include "applink/http/url.h"
#include "applink/jira/application_link.h"
#include "applink/signing/request_signer.h"
#include "cli/arguments.h"
#include "cli/context.h"
#include "cli/secret_source.h"

namespace applink::cli {

/// Which client, which token, and what a signature says otherwise than usual. The same flags on
/// sign, request and curl.
struct ClientFlags {
  ClientFlags() = default;
  ClientFlags(const ClientFlags&) = delete;  // what it declares refers to it
  ClientFlags& operator=(const ClientFlags&) = delete;

  void declare(Arguments& arguments);
  /// For a dance that is walked by hand: --callback, --verifier, --session-handle.
  void declare_dance(Arguments& arguments);
  void declare_impersonation(Arguments& arguments);

  [[nodiscard]] std::string label() const;
  /// Whether no store is opened: a flag or APPLINK_CONSUMER_KEY brings what the store would, and no
  /// -l names a link of it.
  [[nodiscard]] bool is_storeless(const Environment& environment) const;
  /// The flags that read standard input, which serves one alone.
  [[nodiscard]] std::vector<std::string> readers_of_stdin() const;

  std::optional<std::string> link;
  std::optional<std::string> user_label;
  std::optional<std::string> impersonated;

  // Without a store.
  std::optional<std::string> consumer_key;
  std::optional<std::string> key_file;
  SecretSource passphrase;
  std::optional<std::string> consumer_secret_file;
  std::optional<std::string> base_url;
  std::optional<jira::Product> product;
  bool allow_http = false;

  // With and without.
  std::optional<std::string> token;
  std::optional<std::string> token_secret_file;
  std::optional<oauth1::SignatureMethod> signature_method;
  std::optional<oauth1::Placement> placement;
  bool body_hash = false;
  std::optional<std::string> realm;
  std::optional<std::string> nonce;
  std::optional<Timestamp> timestamp;
  bool no_version = false;

  std::optional<std::string> callback;
  std::optional<std::string> verifier;
  std::optional<std::string> session_handle;

 private:
  void declare_signing(Arguments& arguments);
};

struct Client {
  jira::ApplicationLink link;  ///< with what the flags say otherwise; checked
  signing::ClientProof proof;
  signing::Credentials credentials;  ///< without a token where none is given nor kept
  signing::SigningChoices choices;
};

/// `path_or_url` says which link of the store is meant where none is named, and without a store and
/// --base-url where requests go.
Result<Client> client_of(Context& context, const ClientFlags& flags, std::string_view path_or_url);

/// What signs a base string that somebody else made: no request, so no URL and no consumer key.
struct BaseStringSigner {
  oauth1::SignatureMethod method;
  signing::ClientProof proof;
  Secret token_secret;

  [[nodiscard]] Result<std::string> sign(std::string_view base_string) const;
};
Result<BaseStringSigner> base_string_signer_of(Context& context, const ClientFlags& flags);

/// `readers` are flags that read standard input: one at most may.
Result<void> check_readers_of_stdin(const std::vector<std::string>& readers);

/// The end of a command as it may be told: where there is no store, an error speaks of flags and
/// not of a link that could be set.
Result<void> in_storeless_words(Result<void> result);
Error in_storeless_words(Error error);

/// Each time that something is signed for plain http to another machine.
void warn_of_plain_http(Context& context, const http::Url& url);

}  // namespace applink::cli

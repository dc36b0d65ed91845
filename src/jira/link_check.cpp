// What a whole link may be: each value by itself, and all of them together.
#include "jira/link_check.h"

#include <algorithm>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "applink/base/text.h"
#include "applink/http/url.h"
#include "jira/proxy.h"

namespace applink::jira {
namespace {

using oauth1::Placement;
using oauth1::SignatureMethod;

constexpr std::size_t longest_text = 4096;
constexpr std::chrono::seconds longest_time = std::chrono::hours(24);

/// For texts that are free but go into files, headers and terminals.
Result<void> check_text(std::string_view what, std::string_view text) {
  if (text.size() > longest_text) {
    return fail(ErrorCode::usage, fmt::format("the {} is {} bytes long", what, text.size()),
                fmt::format("at most {} are kept", longest_text));
  }
  if (terminal_safe(text) == text) return {};
  return fail(
      ErrorCode::usage,
      fmt::format("the {} \"{}\" has characters that cannot be seen", what, terminal_safe(text)),
      "type it again instead of pasting it");
}

/// It goes into the Authorization header as it is.
Result<void> check_realm(const ApplicationLink& link) {
  if (!link.realm) return {};
  TRY(check_text("realm", *link.realm));
  const bool is_ascii = std::all_of(link.realm->begin(), link.realm->end(),
                                    [](char c) { return static_cast<unsigned char>(c) < 0x80; });
  if (!is_ascii) {
    return fail(ErrorCode::usage, fmt::format("the realm \"{}\" is not plain ASCII", *link.realm),
                "it is part of a header: Jira does without one");
  }
  if (link.placement == Placement::header) return {};
  return fail(ErrorCode::usage,
              fmt::format("a realm goes into the Authorization header, and the signature of this "
                          "link into the {}",
                          to_string(link.placement)),
              "leave one of the two out: --realm= --placement header");
}

/// The URLs at which a signature goes out.
std::vector<std::string> signed_urls(const ApplicationLink& link) {
  std::vector<std::string> urls{link.base_url};
  if (link.endpoints) {
    urls.push_back(link.endpoints->temporary_credentials);
    urls.push_back(link.endpoints->token_credentials);
  }
  return urls;
}

//= rfc5849#3.4.4
//# It MUST be used with a transport-layer mechanism such as TLS or SSL (or sent over a secure channel
//# with equivalent protections).
// --allow-http does not reach so far: here the secrets themselves would be on the wire.
Result<void> check_plaintext(const ApplicationLink& link) {
  if (link.placement == oauth1::Placement::query) {
    return fail(ErrorCode::usage,
                "PLAINTEXT in the query leaves the secrets in every log that keeps URLs",
                "place it elsewhere: --placement header");
  }
  for (const std::string& text : signed_urls(link)) {
    const auto url = http::Url::parse(text);
    if (url && (url->scheme() == "https" || url->is_loopback())) continue;
    return fail(ErrorCode::usage,
                fmt::format("PLAINTEXT sends the secrets themselves, and {} is not https", text),
                "sign with HMAC-SHA256 or HMAC-SHA1 there: --signature-method HMAC-SHA256");
  }
  return {};
}

Result<void> check_signing(const ApplicationLink& link) {
  const auto method = to_string(link.signature_method);
  if (link.product != Product::generic && link.signature_method != SignatureMethod::rsa_sha1) {
    return fail(
        ErrorCode::usage,
        fmt::format("{} takes no signature but RSA-SHA1, and not {}", to_string(link.product),
                    method),
        "leave --signature-method out, or say --product generic where it is another server");
  }
  if (signs_with_key(link)) {
    if (!link.key_name.empty()) return check_name("key", link.key_name);
    return fail(ErrorCode::usage, fmt::format("{} signs with a key, and none is named", method),
                "--key NAME; those that there are: applink key list");
  }
  if (link.signature_method == SignatureMethod::plaintext &&
      link.body_hash == oauth1::BodyHash::sent) {
    return fail(ErrorCode::usage, "PLAINTEXT signs nothing, so a hash of the body proves nothing",
                "leave it out: --no-body-hash");
  }
  if (!link.key_name.empty()) {
    return fail(ErrorCode::usage,
                fmt::format("{} signs with a consumer secret, and not with a key", method),
                "leave --key out: --consumer-secret-file FILE, or it is asked for");
  }
  return link.signature_method == SignatureMethod::plaintext ? check_plaintext(link)
                                                             : Result<void>{};
}

Result<http::Url> url_in(std::string_view what, const std::string& text) {
  TRY(check_text(what, text));
  auto url = http::Url::parse(text);
  if (!url) return tl::unexpected(in_context(fmt::format("the {}", what), std::move(url).error()));
  if (has_dot_segments(url->path())) {
    return fail(ErrorCode::usage,
                fmt::format("the {} has \".\" or \"..\" among its segments", what),
                "write the path that is left when they are followed");
  }
  if (url->fragment()) {
    return fail(ErrorCode::usage, fmt::format("the {} has a fragment, which is never sent", what),
                "leave out what begins with #");
  }
  //= rfc5849#2
  //# the query MUST NOT contain any parameters beginning with the "oauth_" prefix
  const auto query = fmt::format("&{}", url->query().value_or(""));
  if (query.find("&oauth_") != std::string::npos) {
    return fail(ErrorCode::usage, fmt::format("the {} has a parameter of OAuth in its query", what),
                "leave it out: what begins with oauth_ is added when it is sent");
  }
  return url;
}

Result<void> check_endpoint(const ApplicationLink& link, std::string_view what,
                            const std::string& text) {
  TRY_ASSIGN(const auto url, url_in(what, text));
  TRY(check_scheme(url, link.allow_http));
  TRY_ASSIGN(const auto base, http::Url::parse(link.base_url));
  if (base.same_origin(url) || link.allow_other_hosts == AllowOtherHosts::yes) return {};
  return fail(
      ErrorCode::usage,
      fmt::format("the {} {} is on another host than the base URL {}", what, text, link.base_url),
      "where the provider has it there, give --allow-other-hosts");
}

Result<void> check_provider(const ApplicationLink& link) {
  const bool is_generic = link.product == Product::generic;
  if (!is_generic && (link.endpoints || !link.identity_url.empty())) {
    return fail(ErrorCode::usage,
                fmt::format("{} has its own URLs for the dance and for who is logged in",
                            to_string(link.product)),
                "give them with --product generic, or take them away: --request-token-url= "
                "--authorize-url= --access-token-url= --identity-url=");
  }
  if (link.endpoints) {
    TRY(check_endpoint(link, "request token URL", link.endpoints->temporary_credentials));
    TRY(check_endpoint(link, "authorize URL", link.endpoints->authorization));
    TRY(check_endpoint(link, "access token URL", link.endpoints->token_credentials));
  }
  if (link.identity_url.empty()) return {};
  TRY_ASSIGN(const auto identity, url_in("identity URL", link.identity_url));
  if (belongs_to(link, identity)) return {};
  return fail(ErrorCode::usage,
              fmt::format("the identity URL {} is not under the base URL {}", link.identity_url,
                          link.base_url),
              "it is asked with the user's token, which goes nowhere else: choose a base URL that "
              "holds it");
}

Result<void> check_callback(const ApplicationLink& link) {
  if (link.callback_url.empty()) return {};
  TRY_ASSIGN(const auto url, url_in("callback URL", link.callback_url));
  return check_scheme(url, link.allow_http);
}

Result<void> check_time(std::string_view what, std::chrono::seconds time) {
  if (time > std::chrono::seconds::zero() && time <= longest_time) return {};
  return fail(ErrorCode::usage, fmt::format("the {} is not between a second and a day", what),
              "for example 90s, 5m, 1h");
}

Result<void> check_connection(const ApplicationLink& link) {
  TRY(check_text("path of the CA file", link.ca_file));
  TRY(check_text("path of the client certificate", link.client_certificate));
  TRY(check_text("path of the client key", link.client_key));
  if (link.client_certificate.empty() != link.client_key.empty()) {
    return fail(ErrorCode::usage,
                fmt::format("a client {} alone proves nothing",
                            link.client_key.empty() ? "certificate" : "key"),
                "give both: --client-certificate FILE --client-key FILE; they may be one file");
  }
  TRY(check_proxy(link.proxy));
  TRY(check_time("time limit", link.timeout));
  return check_time("time limit for connecting", link.connect_timeout);
}

}  // namespace

Result<void> check_link(const ApplicationLink& link) {
  TRY(check_name("link", link.name));
  TRY(check_consumer_key(link.consumer_key));
  TRY_ASSIGN(const auto base_url, checked_base_url(link.base_url, link.allow_http));
  if (base_url != link.base_url) {
    return fail(ErrorCode::bug, "the base URL of the link is not in the form that is kept");
  }
  TRY(check_provider(link));
  TRY(check_signing(link));
  TRY(check_realm(link));
  TRY(check_callback(link));
  return check_connection(link);
}

}  // namespace applink::jira

// An application link as we know it: where the product is, who we are there, which key signs.
#pragma once

#include <chrono>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "applink/base/result.h"
#include "applink/jira/connection.h"
#include "applink/oauth1/placement.h"
#include "applink/oauth1/sign.h"
#include "applink/oauth1/signature_method.h"

namespace applink::http {
class Url;
}

namespace applink::jira {

/// The user label of a token where the user did not give one.
inline constexpr std::string_view default_user_label = "default";

enum class Product { jira, confluence, bitbucket, bamboo, generic };

/// The word that flags, listings and stored records use: "jira".
std::string_view to_string(Product product);
Result<Product> product_named(std::string_view word);

/// As people write it: "Jira"; of a generic provider, "the provider".
std::string_view product_title(Product product);

/// Whether plain http may go to a host that is not this machine.
enum class AllowHttp { no, yes };

/// Whether a generic provider's dance may be on other hosts than its base URL.
enum class AllowOtherHosts { no, yes };

/// Whether a provider may speak OAuth 1.0, in which a stranger can end a login that another began.
enum class AcceptOAuth10 { no, yes };

/// Whether calls may be made with no user's token: two-legged OAuth.
enum class TwoLegged { no, yes };

/// Where a generic provider has the three legs of RFC 5849 section 2: whole URLs.
struct ProviderEndpoints {
  std::string temporary_credentials;
  std::string authorization;
  std::string token_credentials;

  friend bool operator==(const ProviderEndpoints&, const ProviderEndpoints&) = default;
};

struct ApplicationLink {
  std::string name;
  std::string base_url;  ///< as checked_base_url() returns it: no trailing slash
  Product product = Product::jira;
  std::optional<ProviderEndpoints> endpoints;  ///< of a generic provider; others have fixed paths
  std::string identity_url;  ///< of a generic provider: says who is logged in; may be empty
  AllowOtherHosts allow_other_hosts = AllowOtherHosts::no;

  std::string consumer_key;
  std::string key_name;  ///< the key that signs; empty where a consumer secret does
  oauth1::SignatureMethod signature_method = oauth1::SignatureMethod::rsa_sha1;
  oauth1::Placement placement = oauth1::Placement::header;
  oauth1::BodyHash body_hash = oauth1::BodyHash::omitted;
  std::optional<std::string> realm;  ///< sent in the Authorization header, never signed
  AcceptOAuth10 accept_oauth_1_0 = AcceptOAuth10::no;
  TwoLegged two_legged = TwoLegged::no;
  std::string callback_url;  ///< where a login's answer goes; empty: to this machine

  std::string ca_file;             ///< PEM; empty: the authorities of the system
  std::string client_certificate;  ///< PEM; empty: none is shown
  std::string client_key;          ///< PEM, of that certificate
  std::string proxy;               ///< empty: as the environment says; may hold a password
  std::chrono::seconds connect_timeout{10};
  std::chrono::seconds timeout{60};  ///< of a whole exchange
  IpVersion ip_version = IpVersion::any;
  HttpVersion http_version = HttpVersion::automatic;
  AllowHttp allow_http = AllowHttp::no;

  friend bool operator==(const ApplicationLink&, const ApplicationLink&) = default;
};

/// Whether what was given to one serves the other: the same provider, and to it the same client.
bool same_client(const ApplicationLink& one, const ApplicationLink& other);

/// Whether the link signs with a key; else it signs with the consumer secret.
bool signs_with_key(const ApplicationLink& link);

/// What messages call the other side: "jira", or "the provider" of a generic link.
std::string_view provider_word(const ApplicationLink& link);

/// 1 to 64 of [A-Za-z0-9._-], the first a letter or a digit. `kind` is the word for the message:
/// "link", "key", "user label".
Result<void> check_name(std::string_view kind, std::string_view name);

/// One word, as Jira demands of it.
Result<void> check_consumer_key(std::string_view consumer_key);

/// The secret that a client shares with its provider. The message does not repeat it.
Result<void> check_consumer_secret(std::string_view secret);

/// A base URL as it is kept: the scheme said, trailing slashes gone, the context path as typed.
/// Refused with the URL that was probably meant: no scheme, plain http to another machine, query,
/// fragment, userinfo, dot segments, and the address of a page copied from the browser.
Result<std::string> checked_base_url(std::string_view typed, AllowHttp allow_http);

/// Everything that can be said of a link by itself, before it is kept: each of its values, and that
/// they go together.
Result<void> check_link(const ApplicationLink& link);

/// The URL of a proxy as it may be shown: without the login that it may hold.
std::string proxy_without_login(std::string_view proxy);

/// Scheme, host and port equal, and the link's path a prefix by whole segments. A URL with dot
/// segments, encoded ones included, belongs nowhere.
bool belongs_to(const ApplicationLink& link, const http::Url& url);

/// Where a signature of this link may go: what belongs to it, and the two URLs at which a generic
/// provider gives credentials.
bool may_be_signed(const ApplicationLink& link, const http::Url& url);

/// The links whose base URL is the longest one that `url` belongs to; several may share it.
std::vector<ApplicationLink> links_for(std::span<const ApplicationLink> links,
                                       const http::Url& url);

/// "/rest/api/2/myself" under the base URL of the link, or a whole URL, which must belong to it.
Result<http::Url> resolve(const ApplicationLink& link, std::string_view path_or_url);

}  // namespace applink::jira

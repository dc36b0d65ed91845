// An application link as we know it: where the product is, who we are there, which key signs.
#pragma once

#include <chrono>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "applink/base/result.h"

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

/// Whether plain http may go to a host that is not this machine.
enum class AllowHttp { no, yes };

struct ApplicationLink {
  std::string name;
  std::string base_url;  ///< as checked_base_url() returns it: no trailing slash
  Product product = Product::jira;
  std::string consumer_key;
  std::string key_name;
  std::string ca_file;  ///< PEM; empty: the authorities of the system
  std::string proxy;    ///< empty: as the environment says
  std::chrono::seconds timeout{60};
  std::optional<std::string> realm;  ///< sent in the Authorization header, never signed
  AllowHttp allow_http = AllowHttp::no;

  friend bool operator==(const ApplicationLink&, const ApplicationLink&) = default;
};

/// Whether what was given to one serves the other: the same provider, and to it the same client.
bool same_client(const ApplicationLink& one, const ApplicationLink& other);

/// What messages call the other side: "jira", or "the provider" of a generic link.
std::string_view provider_word(const ApplicationLink& link);

/// 1 to 64 of [A-Za-z0-9._-], the first a letter or a digit. `kind` is the word for the message:
/// "link", "key", "user label".
Result<void> check_name(std::string_view kind, std::string_view name);

/// One word, as Jira demands of it.
Result<void> check_consumer_key(std::string_view consumer_key);

/// A base URL as it is kept: the scheme said, trailing slashes gone, the context path as typed.
/// Refused with the URL that was probably meant: no scheme, plain http to another machine, query,
/// fragment, userinfo, dot segments, and the address of a page copied from the browser.
Result<std::string> checked_base_url(std::string_view typed, AllowHttp allow_http);

/// All of the above for a link that is about to be kept.
Result<void> check_link(const ApplicationLink& link);

/// Scheme, host and port equal, and the link's path a prefix by whole segments. A URL with dot
/// segments, encoded ones included, belongs nowhere.
bool belongs_to(const ApplicationLink& link, const http::Url& url);

/// The links whose base URL is the longest one that `url` belongs to; several may share it.
std::vector<ApplicationLink> links_for(std::span<const ApplicationLink> links,
                                       const http::Url& url);

/// "/rest/api/2/myself" under the base URL of the link, or a whole URL, which must belong to it.
Result<http::Url> resolve(const ApplicationLink& link, std::string_view path_or_url);

}  // namespace applink::jira

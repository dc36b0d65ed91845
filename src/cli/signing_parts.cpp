// Reads keys and secrets from the vault, and the link's settings into those of HTTP.
#include "cli/signing_parts.h"

#include <utility>

#include <fmt/format.h>

#include "applink/http/curl_transport.h"
#include "applink/http/url.h"
#include "cli/client.h"

namespace applink::cli {

namespace {

http::IpVersion version_of(jira::IpVersion version) {
  switch (version) {
    case jira::IpVersion::any:
      break;
    case jira::IpVersion::v4:
      return http::IpVersion::v4;
    case jira::IpVersion::v6:
      return http::IpVersion::v6;
  }
  return http::IpVersion::any;
}

http::HttpVersion version_of(jira::HttpVersion version) {
  switch (version) {
    case jira::HttpVersion::automatic:
      break;
    case jira::HttpVersion::http_1_1:
      return http::HttpVersion::http_1_1;
    case jira::HttpVersion::http_2:
      return http::HttpVersion::http_2;
  }
  return http::HttpVersion::automatic;
}

Result<void> warn_of(Context& context, const std::string& text) {
  TRY_ASSIGN(const http::Url url, http::Url::parse(text));
  warn_of_plain_http(context, url);
  return {};
}

}  // namespace

Result<signing::RequestSigner> signer_of(Context& context, const jira::ApplicationLink& link) {
  TRY_ASSIGN(store::Vault* const vault, context.vault());
  if (jira::signs_with_key(link)) {
    TRY_ASSIGN(store::KeyPair pair, vault->key(link.key_name));
    return signing::RequestSigner(link, std::move(pair.private_key), context.clock(),
                                  context.nonces());
  }
  TRY_ASSIGN(Secret secret, vault->consumer_secret(link));
  return signing::RequestSigner(link, std::move(secret), context.clock(), context.nonces());
}

Result<std::unique_ptr<http::Transport>> transport_of(Context& context,
                                                      const jira::ApplicationLink& link,
                                                      Answers answers) {
  TRY(warn_of(context, link.base_url));
  if (link.endpoints) {
    TRY(warn_of(context, link.endpoints->temporary_credentials));
    TRY(warn_of(context, link.endpoints->token_credentials));
  }
  http::TransportOptions options;
  options.ca_file = link.ca_file;
  options.client_certificate = link.client_certificate;
  options.client_key = link.client_key;
  options.proxy = link.proxy;
  options.ip_version = version_of(link.ip_version);
  options.http_version = version_of(link.http_version);
  options.connect_timeout = link.connect_timeout;
  options.timeout = link.timeout;
  options.user_agent = fmt::format("applink/{}", APPLINK_VERSION);
  if (answers == Answers::of_the_dance) options.max_body = std::size_t{1} << 20;
  return http::make_curl_transport(std::move(options));
}

}  // namespace applink::cli

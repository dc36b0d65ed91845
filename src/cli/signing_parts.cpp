#include "cli/signing_parts.h"

#include <utility>

#include <fmt/format.h>

#include "applink/http/curl_transport.h"
#include "applink/http/url.h"

namespace applink::cli {

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
                                                      const jira::ApplicationLink& link) {
  TRY_ASSIGN(const http::Url url, http::Url::parse(link.base_url));
  if (url.scheme() == "http" && !url.is_loopback()) {
    context.console().warn(fmt::format(
        "{} is plain http: everybody on the way can read and change what is sent", link.base_url));
  }
  http::TransportOptions options;
  options.ca_file = link.ca_file;
  options.proxy = link.proxy;
  options.connect_timeout = link.connect_timeout;
  options.timeout = link.timeout;
  options.user_agent = fmt::format("applink/{}", APPLINK_VERSION);
  return http::make_curl_transport(std::move(options));
}

}  // namespace applink::cli

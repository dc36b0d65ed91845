// A link as rows and as JSON.
#include "cli/link_description.h"

#include <string_view>

#include <fmt/format.h>

namespace applink::cli {
namespace {

template <class Add>
void add_provider(const jira::ApplicationLink& link, const Add& add) {
  if (link.endpoints) {
    add("request token URL", link.endpoints->temporary_credentials);
    add("authorize URL", link.endpoints->authorization);
    add("access token URL", link.endpoints->token_credentials);
  }
  add("identity URL", link.identity_url);
  if (link.allow_other_hosts == jira::AllowOtherHosts::yes) add("other hosts", "allowed");
}

template <class Add>
void add_connection(const jira::ApplicationLink& link, const Add& add) {
  add("CA file", link.ca_file);
  add("client certificate", link.client_certificate);
  add("client key", link.client_key);
  add("proxy", jira::proxy_without_login(link.proxy));
  add("connect timeout", fmt::format("{} s", link.connect_timeout.count()));
  add("max time", fmt::format("{} s", link.timeout.count()));
  if (link.ip_version != jira::IpVersion::any) add("IP version", to_string(link.ip_version));
  if (link.http_version != jira::HttpVersion::automatic) {
    add("HTTP version", to_string(link.http_version));
  }
  if (link.allow_http == jira::AllowHttp::yes) add("plain http", "allowed");
}

}  // namespace

Json json_of(const jira::ApplicationLink& link, const std::optional<std::string>& default_link) {
  Json object;
  const auto url_or_null = [&](std::string jira::ProviderEndpoints::*url) {
    return link.endpoints ? Json((*link.endpoints).*url) : Json(nullptr);
  };
  object["name"] = link.name;
  object["url"] = link.base_url;
  object["product"] = jira::to_string(link.product);
  object["consumer_key"] = link.consumer_key;
  object["key"] = json_or_null(link.key_name);
  object["default"] = link.name == default_link;
  object["request_token_url"] = url_or_null(&jira::ProviderEndpoints::temporary_credentials);
  object["authorize_url"] = url_or_null(&jira::ProviderEndpoints::authorization);
  object["access_token_url"] = url_or_null(&jira::ProviderEndpoints::token_credentials);
  object["identity_url"] = json_or_null(link.identity_url);
  object["allow_other_hosts"] = link.allow_other_hosts == jira::AllowOtherHosts::yes;
  object["signature_method"] = oauth1::to_string(link.signature_method);
  object["placement"] = oauth1::to_string(link.placement);
  object["body_hash"] = link.body_hash == oauth1::BodyHash::sent;
  object["realm"] = link.realm ? Json(*link.realm) : Json(nullptr);
  object["callback_url"] = json_or_null(link.callback_url);
  object["two_legged"] = link.two_legged == jira::TwoLegged::yes;
  object["accept_oauth_1_0"] = link.accept_oauth_1_0 == jira::AcceptOAuth10::yes;
  object["ca_file"] = json_or_null(link.ca_file);
  object["client_certificate"] = json_or_null(link.client_certificate);
  object["client_key"] = json_or_null(link.client_key);
  object["proxy"] = json_or_null(jira::proxy_without_login(link.proxy));
  object["connect_timeout_seconds"] = link.connect_timeout.count();
  object["max_time_seconds"] = link.timeout.count();
  object["ip_version"] = jira::to_string(link.ip_version);
  object["http_version"] = jira::to_string(link.http_version);
  object["allow_http"] = link.allow_http == jira::AllowHttp::yes;
  return object;
}

std::vector<Row> rows_of(const jira::ApplicationLink& link,
                         const std::optional<std::string>& default_link) {
  std::vector<Row> rows{{"name", link.name},
                        {"url", link.base_url},
                        {"product", std::string(jira::to_string(link.product))},
                        {"consumer key", link.consumer_key},
                        {jira::signs_with_key(link) ? "key" : "consumer secret",
                         jira::signs_with_key(link) ? link.key_name : "kept, and not shown"}};
  const auto add = [&rows](const char* name, std::string_view value) {
    if (!value.empty()) rows.push_back({name, std::string(value)});
  };
  if (link.name == default_link) add("default", "yes");
  add_provider(link, add);
  add("signature method", oauth1::to_string(link.signature_method));
  if (link.placement != oauth1::Placement::header) add("placement", to_string(link.placement));
  if (link.body_hash == oauth1::BodyHash::sent) add("body hash", "sent");
  if (link.realm) rows.push_back({"realm", *link.realm});
  add("callback URL", link.callback_url);
  if (link.two_legged == jira::TwoLegged::yes) add("two-legged", "yes");
  if (link.accept_oauth_1_0 == jira::AcceptOAuth10::yes) add("OAuth 1.0", "accepted");
  add_connection(link, add);
  return rows;
}

}  // namespace applink::cli

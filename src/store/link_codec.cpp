// Links as records: the numbers of fields are those of docs/formats.md.
#include <utility>

#include "applink/oauth1/placement.h"
#include "applink/oauth1/sign.h"
#include "applink/oauth1/signature_method.h"
#include "store/codec.h"
#include "store/decoding.h"
#include "store/fields.h"

namespace applink::store {
namespace {

constexpr std::uint8_t link_version = 2;

namespace link_field {
enum : std::uint8_t {
  base_url = 1,
  product,
  consumer_key,
  key_name,
  ca_file,
  proxy,
  timeout,
  realm,
  allow_http,
  // Since version 2.
  signature_method,
  placement,
  body_hash,
  temporary_credentials_url,
  authorization_url,
  token_credentials_url,
  identity_url,
  accept_oauth_1_0,
  two_legged,
  callback_url,
  connect_timeout,
  client_certificate,
  client_key,
  ip_version,
  http_version,
  allow_other_hosts
};
}
std::uint64_t seconds_number(std::chrono::seconds time) {
  return static_cast<std::uint64_t>(time.count());
}

std::chrono::seconds seconds_in(std::uint64_t number) {
  return std::chrono::seconds(static_cast<std::int64_t>(number));
}

/// All three, or none.
Result<std::optional<jira::ProviderEndpoints>> endpoints_in(FieldReader& fields) {
  auto temporary = fields.optional_text(link_field::temporary_credentials_url);
  auto authorization = fields.optional_text(link_field::authorization_url);
  auto token = fields.optional_text(link_field::token_credentials_url);
  if (!temporary && !authorization && !token) return std::nullopt;
  if (!temporary || !authorization || !token) return unreadable_fields();
  return jira::ProviderEndpoints{*std::move(temporary), *std::move(authorization),
                                 *std::move(token)};
}

/// What a link says since version 2.
Result<void> decode_rest(jira::ApplicationLink& link, FieldReader& fields, Meanings& meanings) {
  link.signature_method = meanings.word(link_field::signature_method,
                                        oauth1::signature_method_named, link.signature_method);
  link.placement = meanings.word(link_field::placement, oauth1::placement_named, link.placement);
  link.body_hash =
      meanings.choice(link_field::body_hash, oauth1::BodyHash::omitted, oauth1::BodyHash::sent);
  TRY_ASSIGN(link.endpoints, endpoints_in(fields));
  link.identity_url = fields.text(link_field::identity_url);
  link.accept_oauth_1_0 = meanings.choice(link_field::accept_oauth_1_0, jira::AcceptOAuth10::no,
                                          jira::AcceptOAuth10::yes);
  link.two_legged =
      meanings.choice(link_field::two_legged, jira::TwoLegged::no, jira::TwoLegged::yes);
  link.callback_url = fields.text(link_field::callback_url);
  link.connect_timeout = seconds_in(fields.number(link_field::connect_timeout));
  link.client_certificate = fields.text(link_field::client_certificate);
  link.client_key = fields.text(link_field::client_key);
  link.ip_version = meanings.word(link_field::ip_version, jira::ip_version_named, link.ip_version);
  link.http_version =
      meanings.word(link_field::http_version, jira::http_version_named, link.http_version);
  link.allow_other_hosts = meanings.choice(link_field::allow_other_hosts, jira::AllowOtherHosts::no,
                                           jira::AllowOtherHosts::yes);
  return {};
}

/// The part of a link that version 2 added.
void write_rest(FieldWriter& fields, const jira::ApplicationLink& link) {
  fields.text(link_field::signature_method, oauth1::to_string(link.signature_method));
  fields.text(link_field::placement, oauth1::to_string(link.placement));
  fields.number(link_field::body_hash, link.body_hash == oauth1::BodyHash::sent ? 1 : 0);
  if (link.endpoints) {
    fields.text(link_field::temporary_credentials_url, link.endpoints->temporary_credentials);
    fields.text(link_field::authorization_url, link.endpoints->authorization);
    fields.text(link_field::token_credentials_url, link.endpoints->token_credentials);
  }
  fields.text(link_field::identity_url, link.identity_url);
  fields.number(link_field::accept_oauth_1_0,
                link.accept_oauth_1_0 == jira::AcceptOAuth10::yes ? 1 : 0);
  fields.number(link_field::two_legged, link.two_legged == jira::TwoLegged::yes ? 1 : 0);
  fields.text(link_field::callback_url, link.callback_url);
  fields.number(link_field::connect_timeout, seconds_number(link.connect_timeout));
  fields.text(link_field::client_certificate, link.client_certificate);
  fields.text(link_field::client_key, link.client_key);
  fields.text(link_field::ip_version, jira::to_string(link.ip_version));
  fields.text(link_field::http_version, jira::to_string(link.http_version));
  fields.number(link_field::allow_other_hosts,
                link.allow_other_hosts == jira::AllowOtherHosts::yes ? 1 : 0);
}

}  // namespace

Secret encode(const jira::ApplicationLink& link) {
  FieldWriter fields(link_version);
  fields.text(link_field::base_url, link.base_url);
  fields.text(link_field::product, to_string(link.product));
  fields.text(link_field::consumer_key, link.consumer_key);
  fields.text(link_field::key_name, link.key_name);
  fields.text(link_field::ca_file, link.ca_file);
  fields.text(link_field::proxy, link.proxy);
  fields.number(link_field::timeout, seconds_number(link.timeout));
  fields.optional_text(link_field::realm, link.realm);
  fields.number(link_field::allow_http, link.allow_http == jira::AllowHttp::yes ? 1 : 0);
  write_rest(fields, link);
  return fields.content();
}

Result<jira::ApplicationLink> decode_link(std::string name, const Secret& content) {
  FieldReader fields(content.reveal());
  Meanings meanings(fields);
  jira::ApplicationLink link;
  link.name = std::move(name);
  link.base_url = fields.text(link_field::base_url);
  link.product = meanings.word(link_field::product, jira::product_named, link.product);
  link.consumer_key = fields.text(link_field::consumer_key);
  link.key_name = fields.text(link_field::key_name);
  link.ca_file = fields.text(link_field::ca_file);
  link.proxy = fields.text(link_field::proxy);
  link.timeout = seconds_in(fields.number(link_field::timeout));
  link.realm = fields.optional_text(link_field::realm);
  link.allow_http =
      meanings.choice(link_field::allow_http, jira::AllowHttp::no, jira::AllowHttp::yes);
  if (fields.version() >= link_version) TRY(decode_rest(link, fields, meanings));
  TRY(check(fields, link_version));
  TRY(meanings.check());
  return link;
}

}  // namespace applink::store

// One pair of functions a kind of record; the numbers of fields are those of docs/formats.md.
#include "store/codec.h"

#include <utility>

#include "applink/crypto/key_formats.h"
#include "store/fields.h"

namespace applink::store {
namespace {

constexpr std::uint8_t content_version = 1;  // of every kind, so far

namespace key_field {
enum : std::uint8_t { private_key = 1, certificate, created };
}
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
  allow_http
};
}
namespace token_field {
enum : std::uint8_t {
  token = 1,
  secret,
  user_name,
  consumer_key,
  created,
  expires,
  session_handle,
  session_expires
};
}
namespace login_field {
enum : std::uint8_t { token = 1, secret, callback, created, unproven };
}
constexpr std::uint8_t setting_value = 1;

tl::unexpected<Error> unreadable_fields() {
  return fail(ErrorCode::failed, "its fields cannot be read", "restore the store from a backup");
}

Result<void> check(const FieldReader& fields) {
  if (fields.version() > content_version) {
    return fail(ErrorCode::failed, "it was written by a newer applink",
                "use that applink, or install it here");
  }
  if (fields.version() == content_version && fields.complete()) return {};
  return unreadable_fields();
}

Result<Token> decode_token(std::string link, std::string user_label, std::string_view content) {
  FieldReader fields(content);
  Token token;
  token.link = std::move(link);
  token.user_label = std::move(user_label);
  token.credentials = {fields.text(token_field::token), fields.secret(token_field::secret)};
  token.user_name = fields.text(token_field::user_name);
  token.consumer_key = fields.text(token_field::consumer_key);
  token.created = fields.time(token_field::created);
  token.expires = fields.optional_time(token_field::expires);
  token.session_handle = fields.secret(token_field::session_handle);
  token.session_expires = fields.optional_time(token_field::session_expires);
  TRY(check(fields));
  return token;
}

}  // namespace

Secret encode(const KeyPair& key) {
  FieldWriter fields(content_version);
  fields.secret(key_field::private_key, crypto::to_pkcs8_der(key.private_key));
  fields.text(key_field::certificate, key.certificate_pem);
  fields.time(key_field::created, key.created);
  return fields.content();
}

Result<KeyPair> decode_key(std::string name, const Secret& content) {
  FieldReader fields(content.reveal());
  const Secret der = fields.secret(key_field::private_key);
  std::string certificate = fields.text(key_field::certificate);
  const Timestamp created = fields.time(key_field::created);
  TRY(check(fields));
  TRY_ASSIGN(auto private_key, crypto::private_key_from_pkcs8_der(der));
  return KeyPair{std::move(name), std::move(private_key), std::move(certificate), created};
}

Secret encode(const jira::ApplicationLink& link) {
  FieldWriter fields(content_version);
  fields.text(link_field::base_url, link.base_url);
  fields.text(link_field::product, to_string(link.product));
  fields.text(link_field::consumer_key, link.consumer_key);
  fields.text(link_field::key_name, link.key_name);
  fields.text(link_field::ca_file, link.ca_file);
  fields.text(link_field::proxy, link.proxy);
  fields.number(link_field::timeout, static_cast<std::uint64_t>(link.timeout.count()));
  fields.optional_text(link_field::realm, link.realm);
  fields.number(link_field::allow_http, link.allow_http == jira::AllowHttp::yes ? 1 : 0);
  return fields.content();
}

Result<jira::ApplicationLink> decode_link(std::string name, const Secret& content) {
  FieldReader fields(content.reveal());
  jira::ApplicationLink link;
  link.name = std::move(name);
  link.base_url = fields.text(link_field::base_url);
  const std::string product = fields.text(link_field::product);
  link.consumer_key = fields.text(link_field::consumer_key);
  link.key_name = fields.text(link_field::key_name);
  link.ca_file = fields.text(link_field::ca_file);
  link.proxy = fields.text(link_field::proxy);
  const auto timeout = static_cast<std::int64_t>(fields.number(link_field::timeout));
  link.timeout = std::chrono::seconds(timeout);
  link.realm = fields.optional_text(link_field::realm);
  const std::uint64_t allow_http = fields.number(link_field::allow_http);
  TRY(check(fields));
  if (allow_http > 1) return unreadable_fields();
  TRY_ASSIGN(link.product, jira::product_named(product));
  link.allow_http = allow_http == 1 ? jira::AllowHttp::yes : jira::AllowHttp::no;
  return link;
}

Secret encode(const Token& token) {
  FieldWriter fields(content_version);
  fields.text(token_field::token, token.credentials.token);
  fields.secret(token_field::secret, token.credentials.secret);
  fields.text(token_field::user_name, token.user_name);
  fields.text(token_field::consumer_key, token.consumer_key);
  fields.time(token_field::created, token.created);
  fields.optional_time(token_field::expires, token.expires);
  fields.secret(token_field::session_handle, token.session_handle);
  fields.optional_time(token_field::session_expires, token.session_expires);
  return fields.content();
}

Result<Token> decode_token(std::string link, std::string user_label, const Secret& content) {
  return decode_token(std::move(link), std::move(user_label), content.reveal());
}

Secret encode(const PendingLogin& login) {
  FieldWriter fields(content_version);
  fields.text(login_field::token, login.credentials.token);
  fields.secret(login_field::secret, login.credentials.secret);
  fields.text(login_field::callback, login.callback);
  fields.time(login_field::created, login.created);
  if (login.unproven) fields.secret(login_field::unproven, encode(*login.unproven));
  return fields.content();
}

Result<PendingLogin> decode_pending_login(std::string link, std::string user_label,
                                          const Secret& content) {
  FieldReader fields(content.reveal());
  PendingLogin login;
  login.credentials = {fields.text(login_field::token), fields.secret(login_field::secret)};
  login.callback = fields.text(login_field::callback);
  login.created = fields.time(login_field::created);
  const auto unproven = fields.optional_bytes(login_field::unproven);
  TRY(check(fields));
  if (unproven) {
    TRY_ASSIGN(login.unproven, decode_token(link, user_label, *unproven));
  }
  login.link = std::move(link);
  login.user_label = std::move(user_label);
  return login;
}

Secret encode_setting(std::string_view value) {
  FieldWriter fields(content_version);
  fields.text(setting_value, value);
  return fields.content();
}

Result<std::string> decode_setting(const Secret& content) {
  FieldReader fields(content.reveal());
  std::string value = fields.text(setting_value);
  TRY(check(fields));
  return value;
}

}  // namespace applink::store

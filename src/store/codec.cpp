// One pair of functions a kind of record, links in link_codec.cpp; the numbers of fields are those
// of docs/formats.md.
#include "store/codec.h"

#include <utility>

#include "applink/crypto/key_formats.h"
#include "applink/crypto/key_reading.h"
#include "store/decoding.h"
#include "store/fields.h"

namespace applink::store {
namespace {

constexpr std::uint8_t login_version = 2;

namespace key_field {
enum : std::uint8_t { private_key = 1, certificate, created };
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
enum : std::uint8_t {
  token = 1,
  secret,
  callback,
  created,
  unproven,
  callback_confirmed  ///< since version 2
};
}
constexpr std::uint8_t setting_value = 1;
constexpr std::uint8_t consumer_secret = 1;

Result<Token> token_of(std::string link, std::string user_label, std::string_view content) {
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

Secret encode_consumer_secret(const Secret& secret) {
  FieldWriter fields(content_version);
  fields.secret(consumer_secret, secret);
  return fields.content();
}

Result<Secret> decode_consumer_secret(const Secret& content) {
  FieldReader fields(content.reveal());
  Secret secret = fields.secret(consumer_secret);
  TRY(check(fields));
  return secret;
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
  return token_of(std::move(link), std::move(user_label), content.reveal());
}

Secret encode(const PendingLogin& login) {
  FieldWriter fields(login_version);
  fields.text(login_field::token, login.credentials.token);
  fields.secret(login_field::secret, login.credentials.secret);
  fields.text(login_field::callback, login.callback);
  fields.time(login_field::created, login.created);
  if (login.unproven) fields.secret(login_field::unproven, encode(*login.unproven));
  fields.number(login_field::callback_confirmed,
                login.credentials.callback_confirmed == oauth1::CallbackConfirmed::yes ? 1 : 0);
  return fields.content();
}

Result<PendingLogin> decode_pending_login(std::string link, std::string user_label,
                                          const Secret& content) {
  FieldReader fields(content.reveal());
  Meanings meanings(fields);
  PendingLogin login;
  login.credentials.token = fields.text(login_field::token);
  login.credentials.secret = fields.secret(login_field::secret);
  login.callback = fields.text(login_field::callback);
  login.created = fields.time(login_field::created);
  const auto unproven = fields.optional_bytes(login_field::unproven);
  if (fields.version() >= login_version) {
    login.credentials.callback_confirmed =
        meanings.choice(login_field::callback_confirmed, oauth1::CallbackConfirmed::no,
                        oauth1::CallbackConfirmed::yes);
  }
  TRY(check(fields, login_version));
  TRY(meanings.check());
  if (unproven) {
    TRY_ASSIGN(login.unproven, token_of(link, user_label, *unproven));
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

// What the vault keeps, as the content of records: docs/formats.md section 6.
#pragma once

#include <string>

#include "applink/base/result.h"
#include "applink/base/secret.h"
#include "applink/jira/application_link.h"
#include "applink/store/key_pair.h"
#include "applink/store/pending_login.h"
#include "applink/store/token.h"

namespace applink::store {

// Names are not part of the content: they are those of the record, and sealed as such.

Secret encode(const KeyPair& key);
Result<KeyPair> decode_key(std::string name, const Secret& content);

Secret encode(const jira::ApplicationLink& link);
Result<jira::ApplicationLink> decode_link(std::string name, const Secret& content);

Secret encode_consumer_secret(const Secret& secret);
Result<Secret> decode_consumer_secret(const Secret& content);

Secret encode(const Token& token);
Result<Token> decode_token(std::string link, std::string user_label, const Secret& content);

Secret encode(const PendingLogin& login);
Result<PendingLogin> decode_pending_login(std::string link, std::string user_label,
                                          const Secret& content);

Secret encode_setting(std::string_view value);
Result<std::string> decode_setting(const Secret& content);

}  // namespace applink::store

// Copies of what is not copied by accident.
#include "applink/store/token.h"

#include "applink/store/pending_login.h"

namespace applink::store {

Token Token::copy() const {
  Token other;
  other.link = link;
  other.user_label = user_label;
  other.credentials = credentials.copy();
  other.user_name = user_name;
  other.consumer_key = consumer_key;
  other.created = created;
  other.expires = expires;
  other.session_handle = session_handle.copy();
  other.session_expires = session_expires;
  return other;
}

PendingLogin PendingLogin::copy() const {
  PendingLogin other;
  other.link = link;
  other.user_label = user_label;
  other.credentials = credentials.copy();
  other.callback = callback;
  other.created = created;
  if (unproven) other.unproven = unproven->copy();
  return other;
}

}  // namespace applink::store

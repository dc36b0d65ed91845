// Token credentials as they are kept: whose they are, and how long they live.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "applink/base/clock.h"
#include "applink/base/secret.h"
#include "applink/jira/application_link.h"
#include "applink/oauth1/credentials.h"

namespace applink::store {

using jira::default_user_label;

struct Token {
  std::string link;
  std::string user_label{default_user_label};
  oauth1::TokenCredentials credentials;
  std::string user_name;     ///< who the product says it speaks for
  std::string consumer_key;  ///< of the link when the token was made: it serves no other
  Timestamp created;
  std::optional<Timestamp> expires;
  Secret session_handle;  ///< what renews it; empty where the product gave none
  std::optional<Timestamp> session_expires;

  [[nodiscard]] Token copy() const;
};

}  // namespace applink::store

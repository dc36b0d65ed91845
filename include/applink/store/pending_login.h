// A login between its two sittings.
#pragma once

#include <optional>
#include <string>

#include "applink/base/clock.h"
#include "applink/oauth1/credentials.h"
#include "applink/store/token.h"

namespace applink::store {

struct PendingLogin {
  std::string link;
  std::string user_label{default_user_label};
  oauth1::TemporaryCredentials credentials;
  std::string callback;
  Timestamp created;
  std::optional<Token> unproven;  ///< exchanged, and not yet proven to speak for anybody

  [[nodiscard]] PendingLogin copy() const;
};

}  // namespace applink::store

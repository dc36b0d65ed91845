// Browsers: who is logged in, and the token that a form must bring back.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "applink/base/clock.h"

namespace applink::sandbox {

struct WebSession {
  std::string id;          ///< value of the cookie
  std::string xsrf_token;  ///< value of the form field atl_token
  std::string user;        ///< empty before the login
  Timestamp last_use;
};

/// Sessions in memory: at most a thousand, each for five hours after its last use.
class WebSessions {
 public:
  /// Null where there is none of that cookie; valid until the next call.
  const WebSession* find(std::string_view id, Timestamp now);
  /// A new session for a browser without one.
  const WebSession& start(Timestamp now);
  /// A new session of `user` in place of the session `id`: what was known of the old one before
  /// the login, by whomever, opens nothing after it.
  const WebSession& log_in(std::string_view id, std::string_view user, Timestamp now);
  void end(std::string_view id);
  [[nodiscard]] std::size_t size() const { return sessions_.size(); }

 private:
  void make_room();

  std::map<std::string, WebSession, std::less<>> sessions_;
};

}  // namespace applink::sandbox

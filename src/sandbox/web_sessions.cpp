// Sessions by their cookie.
#include "sandbox/web_sessions.h"

#include <algorithm>

#include "applink/base/secret.h"
#include "crypto/random.h"

namespace applink::sandbox {
namespace {

constexpr std::size_t most_sessions = 1000;
constexpr std::size_t session_id_length = 32;

}  // namespace

const WebSession* WebSessions::find(std::string_view id, Timestamp now) {
  const auto found = sessions_.find(id);
  if (found == sessions_.end()) return nullptr;
  if (now - found->second.last_use > std::chrono::hours(5)) {
    sessions_.erase(found);
    return nullptr;
  }
  found->second.last_use = now;
  return &found->second;
}

const WebSession& WebSessions::start(Timestamp now) {
  make_room();
  WebSession session{crypto::random_alphanumeric(session_id_length),
                     crypto::random_alphanumeric(session_id_length),
                     {},
                     now};
  std::string id = session.id;
  return sessions_.emplace(std::move(id), std::move(session)).first->second;
}

const WebSession& WebSessions::log_in(std::string_view id, std::string_view user, Timestamp now) {
  end(id);
  const std::string fresh = start(now).id;
  WebSession& session = sessions_.find(fresh)->second;
  session.user = user;
  return session;
}

void WebSessions::end(std::string_view id) {
  const auto found = sessions_.find(id);
  if (found != sessions_.end()) sessions_.erase(found);
}

void WebSessions::make_room() {
  if (sessions_.size() < most_sessions) return;
  sessions_.erase(std::min_element(
      sessions_.begin(), sessions_.end(),
      [](const auto& a, const auto& b) { return a.second.last_use < b.second.last_use; }));
}

}  // namespace applink::sandbox

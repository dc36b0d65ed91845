// A token as rows and as JSON.
#include "cli/token_description.h"

#include "cli/token_state.h"

namespace applink::cli {

Json json_of(const store::Token& token, Timestamp now) {
  Json object;
  object["link"] = token.link;
  object["user_label"] = token.user_label;
  object["user_name"] = json_or_null(token.user_name);
  object["consumer_key"] = token.consumer_key;
  object["state"] = to_string(state_of(token, now));
  object["created"] = json_time(token.created);
  object["expires"] = json_time(token.expires);
  object["renewable_until"] =
      token.session_handle.empty() ? Json(nullptr) : json_time(token.session_expires);
  return object;
}

}  // namespace applink::cli

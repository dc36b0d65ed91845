#include "cli/json_text.h"

#include <utility>

namespace applink::cli {

std::string json_text(const std::string& name, Json value) {
  Json document;
  document["version"] = json_version;
  document[name] = std::move(value);
  return document.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

Json json_time(std::optional<Timestamp> time) {
  return time ? Json(to_rfc3339(*time)) : Json(nullptr);
}

Json json_or_null(const std::string& text) {
  return text.empty() ? Json(nullptr) : Json(text);
}

}  // namespace applink::cli

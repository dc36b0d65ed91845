#include "support/json_at.h"

#include <nlohmann/json.hpp>

namespace applink::test {

std::string json_at(std::string_view text, const std::string& pointer) {
  const auto document = nlohmann::json::parse(text, nullptr, false);
  if (document.is_discarded()) return "not JSON";
  const nlohmann::json::json_pointer place(pointer);
  return document.contains(place) ? document.at(place).dump() : "absent";
}

}  // namespace applink::test

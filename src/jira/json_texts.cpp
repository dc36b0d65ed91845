// Reads by the JSON library, without its exceptions.
#include "jira/json_texts.h"

#include <nlohmann/json.hpp>

namespace applink::jira {

std::optional<JsonTexts> json_texts(std::string_view body) {
  const auto document = nlohmann::json::parse(body, nullptr, false);
  if (!document.is_object()) return std::nullopt;
  JsonTexts texts;
  for (const auto& field : document.items()) {
    if (field.value().is_string()) texts.emplace(field.key(), field.value().get<std::string>());
  }
  return texts;
}

bool is_json(std::string_view body) {
  return nlohmann::json::accept(body);
}

std::string text_at(const JsonTexts& texts, std::string_view name) {
  const auto found = texts.find(name);
  return found == texts.end() ? std::string() : found->second;
}

}  // namespace applink::jira

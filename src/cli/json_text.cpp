// Printed by the JSON library, in the order in which it was put together.
#include "cli/json_text.h"

#include <algorithm>
#include <utility>

#include <nlohmann/json.hpp>

namespace applink::cli {
namespace {

using Printable = nlohmann::ordered_json;

Printable printable(const Json& json);

struct ToPrintable {
  Printable operator()(const Json::Array& elements) const {
    Printable array = Printable::array();
    for (const Json& element : elements) array.push_back(printable(element));
    return array;
  }
  Printable operator()(const Json::Object& fields) const {
    Printable object = Printable::object();
    for (const auto& [name, value] : fields) object[name] = printable(value);
    return object;
  }
  Printable operator()(const auto& scalar) const { return scalar; }
};

Printable printable(const Json& json) {
  return std::visit(ToPrintable{}, json.value());
}

std::string text_of(const Json& json) {
  return printable(json).dump(2, ' ', false, Printable::error_handler_t::replace);
}

}  // namespace

Json Json::array() {
  Json array;
  array.value_ = Array{};
  return array;
}

Json Json::array(const std::vector<std::string>& texts) {
  Json all = array();
  for (const std::string& text : texts) all.push_back(text);
  return all;
}

Json& Json::operator[](std::string_view name) {
  if (!std::holds_alternative<Object>(value_)) value_ = Object{};
  auto& fields = std::get<Object>(value_);
  const auto found = std::find_if(fields.begin(), fields.end(),
                                  [&](const auto& field) { return field.first == name; });
  return found != fields.end() ? found->second : fields.emplace_back(name, Json{}).second;
}

void Json::push_back(Json element) {
  std::get<Array>(value_).push_back(std::move(element));
}

std::string json_text(std::string_view name, Json value) {
  Json document;
  document["version"] = json_version;
  document[name] = std::move(value);
  return text_of(document) + "\n";
}

JsonArrayText::JsonArrayText(std::string_view name) {
  constexpr std::string_view end_of_empty = "]\n}\n";
  pending_ = json_text(name, Json::array());
  pending_.resize(pending_.size() - end_of_empty.size());
}

std::string JsonArrayText::next(const Json& element) {
  std::string text = std::exchange(pending_, ",");
  text += '\n';
  text.append(4, ' ');
  for (const char letter : text_of(element)) {
    text += letter;
    if (letter == '\n') text.append(4, ' ');  // never within a text: there it is an escape
  }
  empty_ = false;
  return text;
}

std::string JsonArrayText::end() {
  return empty_ ? pending_ + "]\n}\n" : "\n  ]\n}\n";
}

Json json_time(std::optional<Timestamp> time) {
  return time ? Json(to_rfc3339(*time)) : Json(nullptr);
}

Json json_or_null(const std::string& text) {
  return text.empty() ? Json(nullptr) : Json(text);
}

}  // namespace applink::cli

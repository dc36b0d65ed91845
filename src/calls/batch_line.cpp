// Reads JSON as it comes, without a tree of it: a tree would lose fields that are there twice.
#include "calls/batch_line.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>
#include <variant>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "applink/base/text.h"

namespace applink::calls {
namespace {

using nlohmann::json;

enum class Field {
  id,
  method,
  url,
  body,
  content_type,
  form,
  nonce,
  timestamp,
  realm,
  callback,
  verifier,
  unknown
};

constexpr std::array<std::string_view, 11> names = {
    "id",    "method",    "url",   "body",     "content_type", "form",
    "nonce", "timestamp", "realm", "callback", "verifier"};

/// With which editors and shells of Windows begin a file.
constexpr std::string_view byte_order_mark = "\xef\xbb\xbf";

constexpr std::string_view example = R"({"id": 1, "method": "GET", "url": "/rest/api/2/myself"})";

Field field_named(std::string_view name) {
  return static_cast<Field>(std::find(names.begin(), names.end(), name) - names.begin());
}

Error no_such_field(std::string_view name) {
  const std::vector<std::string> known(names.begin(), names.end());
  const auto meant = nearest(name, known);
  return {ErrorCode::usage, fmt::format("there is no field \"{}\"", terminal_safe(name)),
          meant ? fmt::format("did you mean {}?", *meant)
                : fmt::format("the fields are {}", fmt::join(names, ", "))};
}

Error malformed(std::string message) {
  return {ErrorCode::usage, std::move(message), fmt::format("a line is one object: {}", example)};
}

Error wrong_kind(Field field) {
  const auto name = names.at(static_cast<std::size_t>(field));
  switch (field) {
    case Field::id:
      return {ErrorCode::usage, "the field id is neither a text nor a whole number",
              R"(write it as "id": "a" or "id": 1)"};
    case Field::timestamp:
      return {ErrorCode::usage, "the field timestamp is not a whole number of seconds",
              R"(write it as "timestamp": 1137242137)"};
    case Field::form:
      return {ErrorCode::usage, "the field form is not an object of texts",
              R"(write it as "form": {"a": "1", "b": ["2", "3"]})"};
    default:
      return {ErrorCode::usage, fmt::format("the field {} is not a text", name),
              fmt::format(R"(write it as "{}": "…")", name)};
  }
}

using Scalar = std::variant<std::monostate, std::int64_t, std::uint64_t, std::string>;

/// The parser's events, with how deep they are: the object is 1, what is in `form` 2, the values
/// of a name in there 3. The first refusal stays; reading goes on, for the id may come last.
class LineEvents final : public nlohmann::json_sax<json> {
 public:
  BatchLine line() && {
    if (!refusal_) check_needed();
    if (refusal_) return {std::move(id_), tl::unexpected(*std::move(refusal_))};
    return {std::move(id_), std::move(request_)};
  }

  bool null() override { return take({}); }
  bool boolean(bool) override { return take({}); }
  bool number_integer(number_integer_t value) override { return take(value); }
  bool number_unsigned(number_unsigned_t value) override { return take(value); }
  bool number_float(number_float_t, const string_t&) override { return take({}); }
  bool string(string_t& value) override { return take(std::move(value)); }
  bool binary(binary_t&) override { return take({}); }

  bool start_object(std::size_t) override {
    ++depth_;
    if (depth_ == 1) return true;
    if (depth_ == 2 && field_ == Field::form) {
      request_.form.emplace();
      return true;
    }
    return refuse_value();
  }
  bool key(string_t& name) override {
    if (depth_ == 1) begin_field(name);
    if (depth_ == 2) name_in_form_ = std::move(name);
    return true;
  }
  bool end_object() override { return leave(); }

  bool start_array(std::size_t) override {
    ++depth_;
    return (depth_ == 3 && request_.form) || refuse_value();
  }
  bool end_array() override { return leave(); }

  bool parse_error(std::size_t position, const std::string&,
                   const nlohmann::detail::exception&) override {
    id_ = "null";
    refusal_ = malformed(fmt::format("the line is no JSON from character {} on", position));
    return false;
  }

 private:
  void refuse(Error error) {
    if (!refusal_) refusal_ = std::move(error);
  }
  /// What belongs to an unknown field was refused with it.
  bool refuse_value() {
    if (field_ != Field::unknown) refuse(wrong_kind(field_));
    return true;
  }
  bool leave() {
    --depth_;
    return true;
  }

  void begin_field(std::string_view name) {
    field_ = field_named(name);
    if (field_ == Field::unknown) return refuse(no_such_field(name));
    if (std::exchange(seen_.at(static_cast<std::size_t>(field_)), true)) {
      refuse({ErrorCode::usage, fmt::format("the field {} is there twice", name), "write it once"});
    }
  }

  bool take(Scalar value) {
    if (depth_ > 1) return take_in_form(std::move(value));
    if (field_ == Field::id) return take_id(value);
    if (field_ == Field::timestamp) return take_timestamp(value);
    auto* const text = std::get_if<std::string>(&value);
    std::string* const into = text == nullptr ? nullptr : text_field();
    if (into == nullptr) return refuse_value();
    *into = std::move(*text);
    return true;
  }

  bool take_in_form(Scalar value) {
    auto* const text = std::get_if<std::string>(&value);
    if (text == nullptr || field_ != Field::form) return refuse_value();
    if (request_.form) request_.form->push_back({name_in_form_, std::move(*text)});
    return true;
  }

  bool take_id(const Scalar& value) {
    if (const auto* const text = std::get_if<std::string>(&value)) {
      id_ = json(*text).dump();
      return true;
    }
    if (const auto* const number = std::get_if<std::int64_t>(&value)) {
      id_ = fmt::format("{}", *number);
      return true;
    }
    const auto* const number = std::get_if<std::uint64_t>(&value);
    if (number == nullptr) return refuse_value();
    id_ = fmt::format("{}", *number);
    return true;
  }

  bool take_timestamp(const Scalar& value) {
    const auto* const seconds = std::get_if<std::uint64_t>(&value);
    if (seconds == nullptr || *seconds > latest) return refuse_value();
    request_.timestamp = Timestamp(std::chrono::seconds(*seconds));
    return true;
  }

  /// Where the text of the field goes; null where it takes none.
  std::string* text_field() {
    switch (field_) {
      case Field::method:
        return &request_.method;
      case Field::url:
        return &request_.url;
      case Field::body:
        return &request_.body.emplace();
      case Field::content_type:
        return &request_.content_type.emplace();
      case Field::nonce:
        return &request_.nonce.emplace();
      case Field::realm:
        return &request_.realm.emplace();
      case Field::callback:
        return &request_.callback.emplace();
      case Field::verifier:
        return &request_.verifier.emplace();
      default:
        return nullptr;
    }
  }

  void check_needed() {
    for (const Field field : {Field::method, Field::url}) {
      const auto at = static_cast<std::size_t>(field);
      if (seen_.at(at)) continue;
      refuse({ErrorCode::usage, fmt::format("the field {} is missing", names.at(at)),
              fmt::format("a line is at least: {}", example)});
    }
  }

  static constexpr std::uint64_t latest = 253'402'300'799;  // the last second of the year 9999

  BatchRequest request_;
  std::string id_ = "null";
  std::optional<Error> refusal_;
  std::array<bool, names.size()> seen_{};
  std::string name_in_form_;
  Field field_ = Field::unknown;
  int depth_ = 0;
};

}  // namespace

BatchLine read_batch_line(std::string_view line) {
  if (line.starts_with(byte_order_mark)) line.remove_prefix(byte_order_mark.size());
  const auto text = trim_ascii(line);
  if (text.empty()) return {"null", tl::unexpected(malformed("the line is empty"))};
  if (!text.starts_with('{')) {
    return {"null", tl::unexpected(malformed("the line is no JSON object"))};
  }
  LineEvents events;
  json::sax_parse(line, &events);
  return std::move(events).line();
}

}  // namespace applink::calls

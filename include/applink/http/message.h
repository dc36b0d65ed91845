// HTTP messages as values: what is sent and what came back, byte for byte.
#pragma once

#include <cstddef>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "applink/http/url.h"

namespace applink::http {

struct Header {
  std::string name;
  std::string value;

  friend bool operator==(const Header&, const Header&) = default;
};

/// Header fields in their order, repeats kept; names are found in any letter case.
class Headers {
 public:
  using value_type = Header;
  using const_iterator = std::vector<Header>::const_iterator;

  Headers() = default;
  Headers(std::initializer_list<Header> fields) : fields_(fields) {}

  /// The value of the first field of this name, valid until the next change.
  [[nodiscard]] std::optional<std::string_view> find(std::string_view name) const;
  [[nodiscard]] std::vector<std::string_view> all(std::string_view name) const;

  /// Appends a field, whatever is there already.
  void add(std::string name, std::string value);
  /// Puts the one field of this name in place of every other.
  void set(std::string name, std::string value);
  void remove(std::string_view name);

  [[nodiscard]] const_iterator begin() const { return fields_.begin(); }
  [[nodiscard]] const_iterator end() const { return fields_.end(); }
  [[nodiscard]] std::size_t size() const { return fields_.size(); }
  [[nodiscard]] bool empty() const { return fields_.empty(); }

  friend bool operator==(const Headers&, const Headers&) = default;

 private:
  std::vector<Header> fields_;
};

struct Request {
  std::string method;
  Url url;
  Headers headers;
  std::string body;

  friend bool operator==(const Request&, const Request&) = default;
};

struct Response {
  int status = 0;
  Headers headers;
  std::string body;

  friend bool operator==(const Response&, const Response&) = default;
};

struct Exchange {
  Request request;
  Response response;
};

/// The media type that Content-Type names, in lower case and without parameters; empty where there
/// is none. "text/html" of "Text/HTML; charset=UTF-8".
std::string media_type(const Headers& headers);

/// RFC 9110's token: what a method or a field name consists of.
bool is_token(std::string_view text);
/// What a field value may hold: no control character but the tab, no white space at either end.
bool is_field_value(std::string_view text);

/// IANA's registered words for a status: "Not Found"; empty for one without.
std::string_view reason_phrase(int status);

}  // namespace applink::http

// A URL as it was written: taken apart, never altered.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "applink/base/result.h"

namespace applink::http {

/// An absolute http or https URL, RFC 3986. A signature covers the bytes that are sent, so nothing
/// here tidies, decodes or re-encodes: `text()` is what `parse` was given. The parts are views into
/// this object.
class Url {
 public:
  /// Refuses what two programs might read differently, or what no server accepts: other schemes,
  /// user names and passwords, an empty host, ports outside 1 to 65535, IPv4 addresses in any form
  /// but four decimal numbers, characters that RFC 3986 does not allow, and a stray '%'.
  /// ErrorCode::usage; the message does not repeat the URL, which may hold a secret.
  static Result<Url> parse(std::string_view text);

  [[nodiscard]] const std::string& text() const { return text_; }
  /// "http" or "https", however it was written.
  [[nodiscard]] std::string_view scheme() const;
  /// As written; an IPv6 address with its brackets.
  [[nodiscard]] std::string_view host() const { return part(host_); }
  [[nodiscard]] std::optional<std::uint16_t> explicit_port() const { return explicit_port_; }
  /// The explicit port, else the scheme's own: 80 or 443.
  [[nodiscard]] std::uint16_t port() const;
  /// As written; empty where the URL ends after its authority.
  [[nodiscard]] std::string_view path() const { return part(path_); }
  /// Without '?'; none is not the same as empty.
  [[nodiscard]] std::optional<std::string_view> query() const { return part(query_); }
  /// Without '#'.
  [[nodiscard]] std::optional<std::string_view> fragment() const { return part(fragment_); }

  /// 127.0.0.0/8, ::1 in any spelling, or the name "localhost".
  [[nodiscard]] bool is_loopback() const { return loopback_; }
  /// The same scheme, host (in any case) and port.
  [[nodiscard]] bool same_origin(const Url& other) const;

  friend bool operator==(const Url& a, const Url& b) { return a.text_ == b.text_; }

 private:
  struct Part {
    std::size_t begin = 0;
    std::size_t size = 0;
  };
  enum class Scheme { http, https };

  explicit Url(std::string_view text) : text_(text) {}
  Result<void> take_apart();
  Result<std::size_t> take_scheme();
  Result<void> take_authority(Part authority);
  void take_rest(std::size_t begin);
  [[nodiscard]] std::string_view part(Part p) const {
    return std::string_view(text_).substr(p.begin, p.size);
  }
  [[nodiscard]] std::optional<std::string_view> part(const std::optional<Part>& p) const;

  std::string text_;
  Scheme scheme_ = Scheme::http;
  Part host_;
  Part path_;
  std::optional<Part> query_;
  std::optional<Part> fragment_;
  std::optional<std::uint16_t> explicit_port_;
  bool loopback_ = false;
};

}  // namespace applink::http

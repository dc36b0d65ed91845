// The items of an Authorization or WWW-Authenticate header: name="value", name="value".
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace applink::oauth1 {

inline constexpr std::size_t longest_auth_header = std::size_t{16} * 1024;
inline constexpr std::size_t most_auth_parameters = 64;

/// What follows the scheme "OAuth" (RFC 7235: in any case, and then at least one space); nothing
/// where the scheme is another one.
std::optional<std::string_view> after_oauth_scheme(std::string_view header_value);

enum class Quoting { quoted, bare };

/// Views into the header, exactly as written: neither unquoted nor decoded.
struct RawAuthParameter {
  std::string_view name;
  std::string_view value;
  Quoting quoting = Quoting::quoted;
};

/// Undoes the backslashes of RFC 9110's quoted-string.
std::string unquote(std::string_view raw_value);

/// Reads item after item, and stops for good at the end or at what is no item.
class AuthParameterScanner {
 public:
  explicit AuthParameterScanner(std::string_view text) : text_(text) {}

  std::optional<RawAuthParameter> next();
  /// Whether next() stopped at something else than the end, and where, counted from 1.
  [[nodiscard]] bool failed() const { return failed_; }
  [[nodiscard]] std::size_t position() const { return at_ + 1; }

 private:
  [[nodiscard]] bool at_end() const { return at_ == text_.size(); }
  [[nodiscard]] bool at(char c) const { return !at_end() && text_[at_] == c; }
  void skip_blanks();
  std::string_view take_name();
  std::optional<RawAuthParameter> take_quoted(std::string_view name);
  RawAuthParameter take_bare(std::string_view name);
  void take_separator();

  std::string_view text_;
  std::size_t at_ = 0;
  bool failed_ = false;
};

}  // namespace applink::oauth1

// A URL taken apart by RFC 3986, sections 3 and appendix B.
#include "applink/http/url.h"

#include <algorithm>

#include <arpa/inet.h>
#include <fmt/format.h>

#include "applink/base/number.h"
#include "applink/base/text.h"

namespace applink::http {
namespace {

constexpr std::string_view sub_delimiters = "!$&'()*+,;=";

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool is_hex_digit(char c) {
  return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

bool is_alphanumeric(char c) {
  return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/// What path, query and fragment consist of, '%' included.
bool is_url_character(char c) {
  return is_alphanumeric(c) || std::string_view("-._~:@/?%").find(c) != std::string_view::npos ||
         sub_delimiters.find(c) != std::string_view::npos;
}

Result<void> refuse(std::string message, std::string hint) {
  return fail(ErrorCode::usage, std::move(message), std::move(hint));
}

/// The bytes of a character that has no place in a URL, as they may stand there.
std::string escaped(std::string_view character) {
  std::string text;
  for (const char c : character) text += fmt::format("%{:02X}", static_cast<unsigned char>(c));
  return text;
}

/// The whole UTF-8 character that begins at `at`, as far as its lead byte tells.
std::string_view character_at(std::string_view text, std::size_t at) {
  const auto lead = static_cast<unsigned char>(text[at]);
  const std::size_t size = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc0 ? 2 : 1;
  return text.substr(at, size);
}

/// Checks text[begin, end), all of it after the authority.
Result<void> check_characters(std::string_view text, std::size_t begin) {
  bool in_fragment = false;
  for (std::size_t i = begin; i < text.size(); ++i) {
    if (text[i] == '#' && !in_fragment) {
      in_fragment = true;
      continue;
    }
    if (!is_url_character(text[i])) {
      const auto character = character_at(text, i);
      return refuse(fmt::format("the URL has \"{}\" at character {}, which no URL may contain",
                                terminal_safe(character), i + 1),
                    "write it as " + escaped(character));
    }
    if (text[i] != '%') continue;
    if (text.size() - i < 3 || !is_hex_digit(text[i + 1]) || !is_hex_digit(text[i + 2])) {
      return refuse(fmt::format("the URL has a \"%\" at character {} that begins no escape", i + 1),
                    "write a percent sign as %25");
    }
  }
  return {};
}

std::optional<unsigned> decimal(std::string_view digits, unsigned limit) {
  if (digits.empty() || (digits.size() > 1 && digits.front() == '0')) return std::nullopt;
  const auto value = number_in<unsigned>(digits);
  return value && *value <= limit ? value : std::nullopt;
}

bool is_hex_number(std::string_view label) {
  return label.size() >= 2 && label[0] == '0' && (label[1] == 'x' || label[1] == 'X') &&
         std::all_of(label.begin() + 2, label.end(), is_hex_digit);
}

/// Whether resolvers take a name for an IPv4 address: its last label is a number.
bool looks_like_ipv4(std::string_view host) {
  if (host.ends_with('.')) host.remove_suffix(1);
  const auto last = host.substr(host.rfind('.') + 1);
  return (!last.empty() && std::all_of(last.begin(), last.end(), is_digit)) || is_hex_number(last);
}

/// "127.1" and "0177.0.0.1" are addresses too, but not to every program, nor the same ones.
bool is_ipv4(std::string_view host) {
  int numbers = 0;
  for (std::size_t begin = 0; begin <= host.size();) {
    const auto end = std::min(host.find('.', begin), host.size());
    if (!decimal(host.substr(begin, end - begin), 255)) return false;
    ++numbers;
    begin = end + 1;
  }
  return numbers == 4;
}

std::optional<in6_addr> ipv6(std::string_view host) {
  if (!host.ends_with(']')) return std::nullopt;
  const std::string address(host.substr(1, host.size() - 2));
  in6_addr parsed{};
  if (::inet_pton(AF_INET6, address.c_str(), &parsed) != 1) return std::nullopt;
  return parsed;
}

Result<void> check_name(std::string_view host) {
  for (std::size_t i = 0; i < host.size(); ++i) {
    if (is_alphanumeric(host[i]) || host[i] == '-' || host[i] == '.' || host[i] == '_') continue;
    return refuse(fmt::format("the URL's host has \"{}\", which no host name may contain",
                              terminal_safe(character_at(host, i))),
                  "write an international name in its ASCII form, which begins with xn--");
  }
  if (host.starts_with('.') || host.find("..") != std::string_view::npos) {
    return refuse("the URL's host name has an empty label", "look for a dot too many in the host");
  }
  if (looks_like_ipv4(host) && !is_ipv4(host)) {
    return refuse("the URL's host is not an IPv4 address that every program reads alike",
                  "write it as four decimal numbers, as in 127.0.0.1");
  }
  return {};
}

Result<void> check_host(std::string_view host) {
  if (host.empty()) {
    return refuse("the URL has no host", "write it as https://HOST/PATH");
  }
  if (host.front() != '[') return check_name(host);
  if (host.find('\0') == std::string_view::npos && ipv6(host)) return {};
  return refuse("the URL's host is not an IPv6 address", "write it in brackets, as in [::1]");
}

bool names_loopback(std::string_view host) {
  if (host.front() != '[') {
    return to_lower_ascii(host) == "localhost" || (is_ipv4(host) && host.starts_with("127."));
  }
  const auto address = ipv6(host);
  return address && IN6_IS_ADDR_LOOPBACK(&*address);
}

/// Where the host ends in an authority and its port, if any, begins with ':'.
std::size_t end_of_host(std::string_view authority) {
  if (!authority.starts_with('[')) return std::min(authority.find(':'), authority.size());
  const auto bracket = authority.find(']');
  return bracket == std::string_view::npos ? authority.size() : bracket + 1;
}

}  // namespace

Result<Url> Url::parse(std::string_view text) {
  Url url(text);
  TRY(url.take_apart());
  return url;
}

Result<void> Url::take_apart() {
  TRY_ASSIGN(const auto begin, take_scheme());
  const auto end = std::min(text_.find_first_of("/?#", begin), text_.size());
  TRY(take_authority({begin, end - begin}));
  TRY(check_characters(text_, end));
  take_rest(end);
  return {};
}

Result<std::size_t> Url::take_scheme() {
  const auto end = text_.find("://");
  const auto scheme = to_lower_ascii(std::string_view(text_).substr(0, end));
  if (end == std::string::npos || scheme.find_first_of("/?#") != std::string::npos) {
    return fail(ErrorCode::usage, "the URL has no scheme", "begin it with https://");
  }
  if (scheme != "https" && scheme != "http") {
    return fail(ErrorCode::usage,
                fmt::format("the URL's scheme is \"{}\", not https or http", terminal_safe(scheme)),
                "begin it with https://");
  }
  scheme_ = scheme == "https" ? Scheme::https : Scheme::http;
  return end + 3;
}

Result<void> Url::take_authority(Part authority) {
  const auto text = part(authority);
  if (text.find('@') != std::string_view::npos) {
    return refuse("the URL holds a user name or a password",
                  "leave out what stands before the @: a signed request needs neither");
  }
  host_ = {authority.begin, end_of_host(text)};
  TRY(check_host(host()));
  loopback_ = names_loopback(host());
  if (host_.size == text.size()) return {};
  const auto digits = text.substr(host_.size + 1);
  const auto port = text[host_.size] == ':' ? decimal(digits, 65535) : std::nullopt;
  if (!port || *port == 0) {
    return refuse("the URL's port is not a number from 1 to 65535",
                  "write it as https://HOST:PORT/PATH, or leave out the colon");
  }
  explicit_port_ = static_cast<std::uint16_t>(*port);
  return {};
}

void Url::take_rest(std::size_t begin) {
  const auto hash = std::min(text_.find('#', begin), text_.size());
  const auto question = std::min(text_.find('?', begin), hash);
  path_ = {begin, question - begin};
  if (question < hash) query_ = Part{question + 1, hash - question - 1};
  if (hash < text_.size()) fragment_ = Part{hash + 1, text_.size() - hash - 1};
}

std::string_view Url::scheme() const {
  return scheme_ == Scheme::https ? "https" : "http";
}

std::uint16_t Url::port() const {
  return explicit_port_.value_or(scheme_ == Scheme::https ? 443 : 80);
}

bool Url::same_origin(const Url& other) const {
  return scheme_ == other.scheme_ && port() == other.port() &&
         to_lower_ascii(host()) == to_lower_ascii(other.host());
}

std::optional<std::string_view> Url::part(const std::optional<Part>& p) const {
  if (!p) return std::nullopt;
  return part(*p);
}

}  // namespace applink::http

// Base strings put together in the right way, and in all the wrong ones.
#include "applink/calls/signed_text.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "applink/base/encoding.h"
#include "applink/base/text.h"
#include "applink/http/form.h"
#include "applink/http/url.h"
#include "applink/oauth1/percent_encoding.h"
#include "oauth1/header_parameters.h"

namespace applink::calls {
namespace {

using oauth1::Parameter;
using oauth1::Parameters;
using Encoding = SignedText::Encoding;
using Joining = SignedText::Joining;

std::string replaced(std::string_view text, std::string_view part, std::string_view by) {
  std::string result;
  for (auto at = text.find(part); at != std::string_view::npos; at = text.find(part)) {
    result.append(text.substr(0, at)).append(by);
    text.remove_prefix(at + part.size());
  }
  return result.append(text);
}

std::string with_lower_case_digits(std::string text) {
  for (std::size_t at = text.find('%'); at != std::string::npos; at = text.find('%', at + 3)) {
    text.replace(at, 3, to_lower_ascii(std::string_view(text).substr(at, 3)));
  }
  return text;
}

std::string with_raw_marks(std::string text) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 5> marks{
      {{"%21", "!"}, {"%27", "'"}, {"%28", "("}, {"%29", ")"}, {"%2A", "*"}}};
  for (const auto& [escaped, mark] : marks) text = replaced(text, escaped, mark);
  return text;
}

std::string encoded(Encoding encoding, std::string_view text) {
  std::string standard = oauth1::percent_encode(text);
  switch (encoding) {
    case Encoding::standard:
      return standard;
    case Encoding::lower_case:
      return with_lower_case_digits(std::move(standard));
    case Encoding::plus_for_space:
      return replaced(standard, "%20", "+");
    case Encoding::of_a_form:
      return replaced(replaced(replaced(standard, "%20", "+"), "%2A", "*"), "~", "%7E");
    case Encoding::marks_raw:
      return with_raw_marks(std::move(standard));
    case Encoding::tilde_escaped:
      return replaced(standard, "~", "%7E");
    case Encoding::twice:
      return oauth1::percent_encode(standard);
    case Encoding::none:
      return std::string(text);
  }
  return standard;
}

/// A client has one function for all that it encodes, and calls it once more for the whole.
std::string encoded_whole(Encoding encoding, std::string_view text) {
  const bool same = encoding == Encoding::lower_case || encoding == Encoding::marks_raw;
  return encoded(same ? encoding : Encoding::standard, text);
}

void put_in_order(Parameters& pairs, SignedText::Order order) {
  if (order == SignedText::Order::by_bytes) std::sort(pairs.begin(), pairs.end());
  if (order != SignedText::Order::by_name_alone) return;
  std::stable_sort(pairs.begin(), pairs.end(),
                   [](const Parameter& a, const Parameter& b) { return a.name < b.name; });
}

std::string normalized(const SignedText& text) {
  Parameters pairs;
  for (const auto* const source : {&text.query, &text.protocol, &text.form}) {
    for (const auto& [name, value] : *source) {
      pairs.push_back({encoded(text.encoding, name), encoded(text.encoding, value)});
    }
  }
  put_in_order(pairs, text.order);
  std::string joined;
  for (const auto& [name, value] : pairs) {
    joined.append(joined.empty() ? "" : "&").append(name).append("=").append(value);
  }
  return joined;
}

std::string upper_case(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(), [](char c) {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  });
  return text;
}

Parameters parameters_in(std::string_view form) {
  Parameters parameters;
  for (http::FormPair& pair : http::parse_form(form)) {
    parameters.push_back({std::move(pair.name), std::move(pair.value)});
  }
  return parameters;
}

bool form_counts(const http::Request& request, oauth1::FormBodyRule rule) {
  return http::is_form(request.headers) &&
         (rule == oauth1::FormBodyRule::every_method || to_lower_ascii(request.method) == "post");
}

std::optional<std::uint16_t> port_of(const http::Url& url) {
  const std::uint16_t usual = url.scheme() == "https" ? 443 : 80;
  if (url.port() == usual) return std::nullopt;
  return url.port();
}

}  // namespace

Result<SignedText> signed_text_of(const http::Request& request, oauth1::FormBodyRule rule) {
  SignedText text;
  TRY_ASSIGN(text.protocol, oauth1::header_parameters(request));
  const http::Url& url = request.url;
  text.method = upper_case(request.method);
  text.scheme = url.scheme();
  text.host = to_lower_ascii(url.host());
  text.port = port_of(url);
  text.path = url.path().empty() ? "/" : url.path();
  text.query = parameters_in(url.query().value_or(""));
  if (form_counts(request, rule)) text.form = parameters_in(request.body);
  for (auto* const source : {&text.query, &text.protocol, &text.form}) {
    std::erase_if(*source, [](const Parameter& p) { return p.name == "oauth_signature"; });
  }
  std::erase_if(text.protocol,
                [](const Parameter& p) { return to_lower_ascii(p.name) == "realm"; });
  return text;
}

std::string url_of(const SignedText& text) {
  const std::string port = text.port ? fmt::format(":{}", *text.port) : "";
  return fmt::format("{}://{}{}{}{}", text.scheme, text.host, port, text.path, text.query_in_url);
}

std::string text_of(const SignedText& text) {
  const bool url_is_raw = text.joining == Joining::url_raw || text.joining == Joining::both_raw;
  const bool parameters_are_raw =
      text.joining == Joining::parameters_raw || text.joining == Joining::both_raw;
  const std::string url = url_of(text);
  const std::string parameters = normalized(text);
  const std::string whole =
      fmt::format("{}&{}&{}", encoded_whole(text.encoding, text.method),
                  url_is_raw ? url : encoded_whole(text.encoding, url),
                  parameters_are_raw ? parameters : encoded_whole(text.encoding, parameters));
  return ended(whole, text.ending, text.hash);
}

std::string ended(std::string_view whole, SignedText::Ending ending, crypto::Digest hash) {
  switch (ending) {
    case SignedText::Ending::none:
      break;
    case SignedText::Ending::line_end:
      return fmt::format("{}\n", whole);
    case SignedText::Ending::hashed:
      return crypto::digest(hash, whole);
    case SignedText::Ending::hashed_in_hex:
      return hex_encode(crypto::digest(hash, whole));
    case SignedText::Ending::hashed_in_base64:
      return base64_encode(crypto::digest(hash, whole));
  }
  return std::string(whole);
}

}  // namespace applink::calls

// RFC 5849 section 3.4 once more, as plainly as it goes.
#include "sandbox/client.h"

#include <algorithm>
#include <cctype>
#include <stdexcept>
#include <utility>
#include <vector>

#include "applink/base/encoding.h"

namespace applink::test {
namespace {

http::Url url_of(const std::string& text) {
  auto url = http::Url::parse(text);
  if (!url) throw std::invalid_argument(text);
  return *std::move(url);
}

using Pairs = std::vector<std::pair<std::string, std::string>>;

Pairs pairs_of(std::string_view text) {
  Pairs out;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('&'), text.size());
    const std::string_view pair = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    const std::size_t equals = std::min(pair.find('='), pair.size());
    out.emplace_back(decoded(pair.substr(0, equals)),
                     decoded(pair.substr(std::min(equals + 1, pair.size()))));
  }
  return out;
}

crypto::RsaPrivateKey new_key() {
  auto key = crypto::RsaPrivateKey::generate(2048);
  if (!key) throw std::runtime_error(key.error().message);
  return *std::move(key);
}

}  // namespace

std::string encoded(std::string_view text) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (std::isalnum(byte) != 0 || std::string_view("-._~").find(c) != std::string_view::npos) {
      out += c;
    } else {
      out += {'%', digits[byte >> 4], digits[byte & 15]};
    }
  }
  return out;
}

std::string decoded(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%') {
      out += static_cast<char>(std::stoi(std::string(text.substr(i + 1, 2)), nullptr, 16));
      i += 2;
    } else {
      out += text[i] == '+' ? ' ' : text[i];
    }
  }
  return out;
}

std::map<std::string, std::string> form_of(std::string_view body) {
  std::map<std::string, std::string> out;
  for (const auto& pair : pairs_of(body)) out[pair.first] = pair.second;
  return out;
}

const crypto::RsaPrivateKey& hub_key() {
  static const crypto::RsaPrivateKey key = new_key();
  return key;
}

const crypto::RsaPrivateKey& other_key() {
  static const crypto::RsaPrivateKey key = new_key();
  return key;
}

Call& Call::add(std::string name, std::string value) {
  parameters_.push_back({std::move(name), std::move(value)});
  return *this;
}

Call& Call::set(std::string_view name, std::string value) {
  without(name);
  return add(std::string(name), std::move(value));
}

Call& Call::without(std::string_view name) {
  parameters_.erase(std::remove_if(parameters_.begin(), parameters_.end(),
                                   [name](const auto& one) { return one.name == name; }),
                    parameters_.end());
  return *this;
}

Call& Call::header(std::string name, std::string value) {
  headers_.add(std::move(name), std::move(value));
  return *this;
}

Call& Call::form(std::string body) {
  form_ = true;
  body_ = std::move(body);
  return header("Content-Type", "application/x-www-form-urlencoded");
}

Call& Call::json(std::string body) {
  body_ = std::move(body);
  return header("Content-Type", "application/json");
}

std::string Call::base_string() const {
  Pairs pairs;
  for (const auto& one : parameters_) pairs.emplace_back(one.name, one.value);
  const std::size_t query = url_.find('?');
  const auto more = [&pairs](std::string_view text) {
    for (auto& pair : pairs_of(text)) pairs.push_back(std::move(pair));
  };
  if (query != std::string::npos) more(std::string_view(url_).substr(query + 1));
  if (form_ && method_ == "POST") more(body_);
  for (auto& pair : pairs) pair = {encoded(pair.first), encoded(pair.second)};
  std::sort(pairs.begin(), pairs.end());
  std::string normalized;
  for (const auto& pair : pairs) {
    normalized += (normalized.empty() ? "" : "&") + pair.first + '=' + pair.second;
  }
  return method_ + '&' + encoded(url_.substr(0, query)) + '&' + encoded(normalized);
}

std::string Call::signature(const crypto::RsaPrivateKey& key) const {
  return base64_encode(key.sign(crypto::Digest::sha1, base_string()).value());
}

http::Request Call::request(const std::string& url, const oauth1::Parameters& in_header) const {
  http::Headers headers = headers_;
  std::string items;
  for (const auto& one : in_header) {
    items += (items.empty() ? "" : ", ") + encoded(one.name) + "=\"" + encoded(one.value) + '"';
  }
  if (!in_header.empty()) headers.add("Authorization", "OAuth " + items);
  return {method_, url_of(url), std::move(headers), body_};
}

http::Request Call::signed_by(const crypto::RsaPrivateKey& key) const {
  oauth1::Parameters all = parameters_;
  all.push_back({"oauth_signature", signature(key)});
  return request(url_, all);
}

http::Request Call::signed_in_query(const crypto::RsaPrivateKey& key) const {
  std::string url = url_ + (url_.find('?') == std::string::npos ? "?" : "&");
  for (const auto& one : parameters_) url += encoded(one.name) + '=' + encoded(one.value) + '&';
  return request(url + "oauth_signature=" + encoded(signature(key)), {});
}

http::Request Call::as_it_is() const {
  return request(url_, parameters_);
}

}  // namespace applink::test

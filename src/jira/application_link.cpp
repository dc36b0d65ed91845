// What a link may consist of. Which URLs are its own stands in link_urls.cpp.
#include "applink/jira/application_link.h"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "applink/base/text.h"
#include "jira/proxy.h"

namespace applink::jira {
namespace {

constexpr std::array<std::pair<Product, std::string_view>, 5> product_words{
    {{Product::jira, "jira"},
     {Product::confluence, "confluence"},
     {Product::bitbucket, "bitbucket"},
     {Product::bamboo, "bamboo"},
     {Product::generic, "generic"}}};

constexpr std::size_t longest_name = 64;
constexpr std::size_t longest_consumer_key = 255;
constexpr std::size_t longest_text = 4096;
constexpr std::string_view name_rule =
    "a name is 1 to 64 letters, digits, '.', '_' or '-', the first a letter or a digit";

bool is_alphanumeric(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

bool may_be_in_name(char c) {
  return is_alphanumeric(c) || c == '.' || c == '_' || c == '-';
}

/// For texts that are free but go into files, headers and terminals.
Result<void> check_text(std::string_view what, std::string_view text) {
  if (text.size() > longest_text) {
    return fail(ErrorCode::usage, fmt::format("the {} is {} bytes long", what, text.size()),
                fmt::format("at most {} are kept", longest_text));
  }
  if (terminal_safe(text) == text) return {};
  return fail(
      ErrorCode::usage,
      fmt::format("the {} \"{}\" has characters that cannot be seen", what, terminal_safe(text)),
      "type it again instead of pasting it");
}

/// It goes into the Authorization header as it is.
Result<void> check_realm(std::string_view realm) {
  TRY(check_text("realm", realm));
  const bool is_ascii = std::all_of(realm.begin(), realm.end(),
                                    [](char c) { return static_cast<unsigned char>(c) < 0x80; });
  if (is_ascii) return {};
  return fail(ErrorCode::usage, fmt::format("the realm \"{}\" is not plain ASCII", realm),
              "it is part of a header: Jira does without one");
}

}  // namespace

std::string_view to_string(Product product) {
  for (const auto& [known, word] : product_words) {
    if (known == product) return word;
  }
  return "generic";
}

Result<Product> product_named(std::string_view word) {
  std::vector<std::string> words;
  for (const auto& [product, known] : product_words) {
    if (known == word) return product;
    words.emplace_back(known);
  }
  const auto meant = nearest(word, words);
  return fail(ErrorCode::usage, fmt::format("\"{}\" is not a product", terminal_safe(word)),
              meant ? fmt::format("did you mean {}?", *meant)
                    : "one of: jira, confluence, bitbucket, bamboo, generic");
}

bool same_client(const ApplicationLink& one, const ApplicationLink& other) {
  return one.base_url == other.base_url && one.consumer_key == other.consumer_key;
}

std::string_view provider_word(const ApplicationLink& link) {
  return link.product == Product::generic ? "the provider" : to_string(link.product);
}

Result<void> check_name(std::string_view kind, std::string_view name) {
  const auto hint = std::string(name_rule);
  if (name.empty()) return fail(ErrorCode::usage, fmt::format("the {} has no name", kind), hint);
  if (name.size() > longest_name) {
    return fail(ErrorCode::usage,
                fmt::format("the name of the {} is {} bytes long", kind, name.size()), hint);
  }
  if (!is_alphanumeric(name.front()) || !std::all_of(name.begin(), name.end(), may_be_in_name)) {
    return fail(ErrorCode::usage,
                fmt::format("\"{}\" cannot be the name of a {}", terminal_safe(name), kind), hint);
  }
  return {};
}

Result<void> check_consumer_key(std::string_view consumer_key) {
  if (consumer_key.empty()) {
    return fail(ErrorCode::usage, "the consumer key is empty",
                "it is a word of your choice, the same here and in the application link");
  }
  if (consumer_key.size() > longest_consumer_key) {
    return fail(ErrorCode::usage,
                fmt::format("the consumer key is {} bytes long", consumer_key.size()),
                fmt::format("Jira keeps at most {}", longest_consumer_key));
  }
  TRY(check_text("consumer key", consumer_key));
  const bool one_word =
      std::none_of(consumer_key.begin(), consumer_key.end(), [](char c) { return c == ' '; }) &&
      consumer_key.find("\u00a0") == std::string_view::npos;
  if (one_word) return {};
  return fail(ErrorCode::usage,
              fmt::format("the consumer key \"{}\" has a space, which Jira does not take",
                          terminal_safe(consumer_key)),
              "choose one word, the same here and in the application link");
}

Result<void> check_link(const ApplicationLink& link) {
  TRY(check_name("link", link.name));
  TRY(check_name("key", link.key_name));
  TRY(check_consumer_key(link.consumer_key));
  TRY_ASSIGN(const auto base_url, checked_base_url(link.base_url, link.allow_http));
  if (base_url != link.base_url) {
    return fail(ErrorCode::bug, "the base URL of the link is not in the form that is kept");
  }
  TRY(check_text("path of the CA file", link.ca_file));
  TRY(check_text("proxy", link.proxy));
  TRY(check_proxy(link.proxy));
  if (link.realm) TRY(check_realm(*link.realm));
  if (link.timeout <= std::chrono::seconds::zero()) {
    return fail(ErrorCode::usage, "the time limit is not a positive number of seconds",
                "how long an answer may take, for example 60s");
  }
  return {};
}

}  // namespace applink::jira

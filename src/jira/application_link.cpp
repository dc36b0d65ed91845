// The words and names of links. What a whole link may be stands in link_check.cpp, which URLs are
// its own in link_urls.cpp.
#include "applink/jira/application_link.h"

#include <algorithm>

#include <fmt/format.h>

#include "applink/base/text.h"
#include "jira/words.h"

namespace applink::jira {
namespace {

constexpr Words<Product, 5> product_words{{{Product::jira, "jira"},
                                           {Product::confluence, "confluence"},
                                           {Product::bitbucket, "bitbucket"},
                                           {Product::bamboo, "bamboo"},
                                           {Product::generic, "generic"}}};

constexpr Words<Product, 5> product_titles{{{Product::jira, "Jira"},
                                            {Product::confluence, "Confluence"},
                                            {Product::bitbucket, "Bitbucket"},
                                            {Product::bamboo, "Bamboo"},
                                            {Product::generic, "the provider"}}};

constexpr std::size_t longest_name = 64;
constexpr std::size_t longest_consumer_key = 255;
constexpr std::size_t longest_consumer_secret = 4096;
constexpr std::string_view name_rule =
    "a name is 1 to 64 letters, digits, '.', '_' or '-', the first a letter or a digit";

bool is_alphanumeric(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

bool may_be_in_name(char c) {
  return is_alphanumeric(c) || c == '.' || c == '_' || c == '-';
}

}  // namespace

std::string_view to_string(Product product) {
  return word_of(product_words, product);
}

Result<Product> product_named(std::string_view word) {
  return value_named(product_words, "a product", word);
}

std::string_view product_title(Product product) {
  return word_of(product_titles, product);
}

bool same_client(const ApplicationLink& one, const ApplicationLink& other) {
  return one.base_url == other.base_url && one.consumer_key == other.consumer_key &&
         one.endpoints == other.endpoints;
}

bool signs_with_key(const ApplicationLink& link) {
  return oauth1::is_rsa(link.signature_method);
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
  if (terminal_safe(consumer_key) != consumer_key) {
    return fail(ErrorCode::usage,
                fmt::format("the consumer key \"{}\" has characters that cannot be seen",
                            terminal_safe(consumer_key)),
                "type it again instead of pasting it");
  }
  const bool one_word =
      std::none_of(consumer_key.begin(), consumer_key.end(), [](char c) { return c == ' '; }) &&
      consumer_key.find("\u00a0") == std::string_view::npos;
  if (one_word) return {};
  return fail(ErrorCode::usage,
              fmt::format("the consumer key \"{}\" has a space, which Jira does not take",
                          terminal_safe(consumer_key)),
              "choose one word, the same here and in the application link");
}

Result<void> check_consumer_secret(std::string_view secret) {
  if (secret.empty()) {
    return fail(ErrorCode::usage, "the consumer secret is empty",
                "the provider shows it beside the consumer key");
  }
  if (secret.size() > longest_consumer_secret) {
    return fail(ErrorCode::usage,
                fmt::format("the consumer secret is {} bytes long", secret.size()),
                fmt::format("at most {} are kept: is it the right file?", longest_consumer_secret));
  }
  const bool is_one_line = std::none_of(secret.begin(), secret.end(), [](char c) {
    return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
  });
  if (is_one_line) return {};
  return fail(ErrorCode::usage, "the consumer secret has a line break or a control character in it",
              "give the secret alone, in one line");
}

}  // namespace applink::jira

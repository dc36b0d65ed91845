// What tells the products apart.
#include "sandbox/product.h"

#include <array>
#include <vector>

#include <fmt/format.h>

#include "applink/base/text.h"

namespace applink::sandbox {
namespace {

struct ProductEntry {
  Product product;
  std::string_view word;
  std::string_view name;
  std::string_view type_id;
  std::string_view context_path;
  std::string_view cloud_context_path;
};

constexpr std::array<ProductEntry, 4> products{
    {{Product::jira, "jira", "Jira", "jira", "/jira", ""},
     {Product::confluence, "confluence", "Confluence", "confluence", "/confluence", "/wiki"},
     {Product::bitbucket, "bitbucket", "Bitbucket", "stash", "/bitbucket", ""},
     {Product::bamboo, "bamboo", "Bamboo", "bamboo", "/bamboo", ""}}};

const ProductEntry& entry_of(Product product) {
  for (const ProductEntry& entry : products) {
    if (entry.product == product) return entry;
  }
  return products.front();
}

struct JiraRelease {
  int major;
  std::string_view version;
  int build_number;
};

constexpr std::array<JiraRelease, 4> jira_releases{{{7, "7.13.0", 713000},
                                                    {8, "8.20.10", 820010},
                                                    {9, "9.12.4", 9120004},
                                                    {10, "10.3.0", 10030000}}};

// Null where the release is none of Jira on one's own machines.
const JiraRelease* jira_release(const Release& release) {
  if (release.product != Product::jira || release.deployment == Deployment::cloud) return nullptr;
  for (const JiraRelease& known : jira_releases) {
    if (known.major == release.major) return &known;
  }
  return nullptr;
}

}  // namespace

Result<Product> product_named(std::string_view word) {
  std::vector<std::string> words;
  for (const ProductEntry& entry : products) {
    if (entry.word == word) return entry.product;
    words.emplace_back(entry.word);
  }
  const auto near = nearest(word, words);
  return fail(ErrorCode::usage,
              fmt::format("\"{}\" is no product of the sandbox", terminal_safe(word)),
              near ? fmt::format("did you mean {}?", *near)
                   : fmt::format("one of: {}", fmt::join(words, ", ")));
}

Result<Deployment> deployment_named(std::string_view word) {
  if (word == "server") return Deployment::server;
  if (word == "cloud") return Deployment::cloud;
  return fail(ErrorCode::usage, fmt::format("\"{}\" is no deployment", terminal_safe(word)),
              "one of: server, which is Data Center too, and cloud");
}

std::string Release::version() const {
  if (deployment == Deployment::cloud) return "1001.0.0-SNAPSHOT";
  const JiraRelease* known = jira_release(*this);
  return known != nullptr ? std::string(known->version) : fmt::format("{}.0.0", major);
}

std::optional<int> Release::build_number() const {
  const JiraRelease* known = jira_release(*this);
  return known != nullptr ? std::optional(known->build_number) : std::nullopt;
}

std::string_view Release::name() const {
  return entry_of(product).name;
}

std::string_view Release::type_id() const {
  return entry_of(product).type_id;
}

std::string_view Release::context_path() const {
  const ProductEntry& entry = entry_of(product);
  return deployment == Deployment::cloud ? entry.cloud_context_path : entry.context_path;
}

Result<void> check(const Release& release) {
  if (release.major < oldest_version || release.major > newest_version) {
    return fail(ErrorCode::usage, fmt::format("the sandbox has no version {}", release.major),
                fmt::format("one of {} to {}", oldest_version, newest_version));
  }
  const bool is_on_premises =
      release.product == Product::bitbucket || release.product == Product::bamboo;
  if (release.deployment == Deployment::server || !is_on_premises) return {};
  return fail(ErrorCode::usage,
              fmt::format("in the cloud {} has no such OAuth 1.0a", release.name()),
              "jira and confluence have it there");
}

}  // namespace applink::sandbox

// Which of Atlassian's products a sandbox stands in for, and where it is hosted.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "applink/base/result.h"

namespace applink::sandbox {

enum class Product { jira, confluence, bitbucket, bamboo };
enum class Deployment { server, cloud };

/// "jira"
Result<Product> product_named(std::string_view word);
/// "server", which is Data Center too, and "cloud"
Result<Deployment> deployment_named(std::string_view word);

inline constexpr int oldest_version = 7;
inline constexpr int newest_version = 10;
inline constexpr int usual_version = 9;

/// A release of a product. What is known to differ between the versions is their number alone.
struct Release {
  Product product = Product::jira;
  Deployment deployment = Deployment::server;
  int major = usual_version;

  /// As the product writes it: "9.12.4". A known release of Jira; of the others MAJOR.0.0.
  [[nodiscard]] std::string version() const;
  /// None where it is not known.
  [[nodiscard]] std::optional<int> build_number() const;
  /// "Jira"
  [[nodiscard]] std::string_view name() const;
  /// As application links call it: "jira", and "stash" for Bitbucket.
  [[nodiscard]] std::string_view type_id() const;
  /// Where the product is usually found: "/jira", and empty in the cloud.
  [[nodiscard]] std::string_view context_path() const;
};

/// Refuses a version that is not among those known, and a cloud that has no OAuth 1.0a.
Result<void> check(const Release& release);

}  // namespace applink::sandbox

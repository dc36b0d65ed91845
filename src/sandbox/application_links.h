// The product's application links: what other programs may be, as its administrator keeps it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace applink::sandbox {

struct ApplicationLink {
  std::string id;  ///< derived from rpc_url, as of every link whose type is generic
  std::string name;
  std::string rpc_url;
  std::string display_url;
  std::string consumer_key = {};  ///< of the incoming side; empty: there is none
};

class ApplicationLinks {
 public:
  /// Looks like a UUID; the same for the same URL.
  static std::string id_of(std::string_view rpc_url);

  /// Null where there is none.
  [[nodiscard]] ApplicationLink* find(std::string_view id);
  [[nodiscard]] const ApplicationLink* named(std::string_view name) const;
  [[nodiscard]] const std::vector<ApplicationLink>& all() const { return links_; }

  ApplicationLink& add(std::string name, std::string rpc_url, std::string display_url);
  void remove(std::string_view id);

 private:
  std::vector<ApplicationLink> links_;
};

}  // namespace applink::sandbox

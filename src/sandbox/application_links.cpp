// A list of links.
#include "sandbox/application_links.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "applink/base/encoding.h"
#include "applink/crypto/digest.h"

namespace applink::sandbox {

std::string ApplicationLinks::id_of(std::string_view rpc_url) {
  const std::string digits = hex_encode(crypto::digest(crypto::Digest::sha256, rpc_url));
  const std::string_view hex = digits;
  return fmt::format("{}-{}-3{}-a{}-{}", hex.substr(0, 8), hex.substr(8, 4), hex.substr(13, 3),
                     hex.substr(17, 3), hex.substr(20, 12));
}

ApplicationLink* ApplicationLinks::find(std::string_view id) {
  const auto found = std::find_if(links_.begin(), links_.end(),
                                  [id](const ApplicationLink& link) { return link.id == id; });
  return found == links_.end() ? nullptr : &*found;
}

const ApplicationLink* ApplicationLinks::named(std::string_view name) const {
  const auto found =
      std::find_if(links_.begin(), links_.end(),
                   [name](const ApplicationLink& link) { return link.name == name; });
  return found == links_.end() ? nullptr : &*found;
}

ApplicationLink& ApplicationLinks::add(std::string name, std::string rpc_url,
                                       std::string display_url) {
  std::string id = id_of(rpc_url);
  return links_.emplace_back(
      ApplicationLink{std::move(id), std::move(name), std::move(rpc_url), std::move(display_url)});
}

void ApplicationLinks::remove(std::string_view id) {
  std::erase_if(links_, [id](const ApplicationLink& link) { return link.id == id; });
}

}  // namespace applink::sandbox

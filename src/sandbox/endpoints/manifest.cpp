// Name, version, address.
#include "sandbox/endpoints/manifest.h"

#include <array>
#include <charconv>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "applink/base/encoding.h"
#include "applink/crypto/digest.h"
#include "sandbox/rest_answers.h"

namespace applink::sandbox {
namespace {

using nlohmann::json;

constexpr std::string_view title = "applink sandbox";
constexpr std::array<std::string_view, 3> authentication_types{
    "com.atlassian.applinks.api.auth.types.OAuthAuthenticationProvider",
    "com.atlassian.applinks.api.auth.types.TwoLeggedOAuthAuthenticationProvider",
    "com.atlassian.applinks.api.auth.types.TwoLeggedOAuthWithImpersonationAuthenticationProvider"};

// The same for as long as the address is.
std::string server_id(const Config& config) {
  const std::string hex = hex_encode(crypto::digest(crypto::Digest::sha256, config.base_url()));
  const std::string_view h = hex;
  return fmt::format("{}-{}-8{}-a{}-{}", h.substr(0, 8), h.substr(8, 4), h.substr(12, 3),
                     h.substr(15, 3), h.substr(18, 12));
}

json version_numbers(std::string_view version) {
  json out = json::array();
  const char* at = version.data();
  const char* const end = at + version.size();
  while (at != end) {
    int number = 0;
    const auto [stop, error] = std::from_chars(at, end, number);
    if (error != std::errc()) break;
    out.push_back(number);
    at = stop == end || *stop != '.' ? end : stop + 1;
  }
  return out;
}

json manifest_fields(const Config& config) {
  json out{{"id", server_id(config)},
           {"name", config.release.name()},
           {"typeId", config.release.type_id()},
           {"version", config.release.version()},
           {"inboundAuthenticationTypes", authentication_types},
           {"outboundAuthenticationTypes", json::array()},
           {"publicSignup", false},
           {"url", config.base_url()}};
  if (const auto number = config.release.build_number()) out["buildNumber"] = *number;
  return out;
}

std::string element(std::string_view name, const json& value) {
  const std::string text = value.is_string() ? value.get<std::string>() : value.dump();
  return fmt::format("<{0}>{1}</{0}>", name, xml_text(text));
}

std::string as_xml(const json& fields) {
  std::string out = "<manifest>";
  for (const auto& field : fields.items()) {
    if (!field.value().is_array()) out += element(field.key(), field.value());
    if (!field.value().is_array()) continue;
    for (const json& item : field.value()) out += element(field.key(), item);
  }
  return out + "</manifest>";
}

}  // namespace

http::Response server_info(const Site& site) {
  const Release& release = site.config.release;
  const std::string version = release.version();
  json document{{"baseUrl", site.config.base_url()},
                {"version", version},
                {"versionNumbers", version_numbers(version)},
                {"deploymentType", release.deployment == Deployment::cloud ? "Cloud" : "Server"},
                {"serverTime", jira_time(site.clock.now())},
                {"scmInfo", title},
                {"serverTitle", title}};
  if (const auto number = release.build_number()) {
    document["buildNumber"] = document["databaseBuildNumber"] = *number;
  }
  if (release.deployment == Deployment::cloud) document["defaultLocale"] = {{"locale", "en_US"}};
  return json_answer(200, document);
}

http::Response manifest(const Site& site, const Incoming& incoming) {
  if (!is_get(incoming)) return method_not_allowed("GET, HEAD");
  const json fields = manifest_fields(site.config);
  if (wants_json(incoming)) return json_answer(200, fields);
  return xml_answer(200, as_xml(fields));
}

}  // namespace applink::sandbox

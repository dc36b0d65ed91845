// The words for versions of IP and HTTP.
#include "applink/jira/connection.h"

#include "jira/words.h"

namespace applink::jira {
namespace {

constexpr Words<IpVersion, 3> ip_versions{
    {{IpVersion::any, "any"}, {IpVersion::v4, "4"}, {IpVersion::v6, "6"}}};

constexpr Words<HttpVersion, 3> http_versions{
    {{HttpVersion::automatic, "auto"}, {HttpVersion::http_1_1, "1.1"}, {HttpVersion::http_2, "2"}}};

}  // namespace

std::string_view to_string(IpVersion version) {
  return word_of(ip_versions, version);
}

Result<IpVersion> ip_version_named(std::string_view word) {
  return value_named(ip_versions, "a version of IP", word);
}

std::string_view to_string(HttpVersion version) {
  return word_of(http_versions, version);
}

Result<HttpVersion> http_version_named(std::string_view word) {
  return value_named(http_versions, "a version of HTTP", word);
}

}  // namespace applink::jira

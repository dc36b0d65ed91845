#include "cli/link_description.h"

namespace applink::cli {

Json json_of(const jira::ApplicationLink& link, const std::optional<std::string>& default_link) {
  Json object;
  object["name"] = link.name;
  object["url"] = link.base_url;
  object["product"] = jira::to_string(link.product);
  object["consumer_key"] = link.consumer_key;
  object["key"] = link.key_name;
  object["default"] = link.name == default_link;
  object["ca_file"] = json_or_null(link.ca_file);
  object["proxy"] = json_or_null(link.proxy);
  object["timeout_seconds"] = link.timeout.count();
  object["realm"] = link.realm ? Json(*link.realm) : Json(nullptr);
  object["allow_http"] = link.allow_http == jira::AllowHttp::yes;
  return object;
}

}  // namespace applink::cli

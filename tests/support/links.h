// Application links for tests.
#pragma once

#include "applink/http/url.h"
#include "applink/jira/application_link.h"

namespace applink::test {

/// A Jira with a context path.
inline jira::ApplicationLink jira_link() {
  return {.name = "prod",
          .base_url = "https://jira.example.com/jira",
          .product = jira::Product::jira,
          .consumer_key = "hub",
          .key_name = "hubkey",
          .ca_file = "",
          .proxy = "",
          .timeout = std::chrono::seconds(60),
          .realm = std::nullopt,
          .allow_http = jira::AllowHttp::no};
}

inline http::Url url(std::string_view text) {
  return http::Url::parse(text).value();
}

}  // namespace applink::test

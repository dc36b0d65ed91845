// Application links for tests.
#pragma once

#include "applink/http/url.h"
#include "applink/jira/application_link.h"
#include "support/url.h"

namespace applink::test {

/// A Jira with a context path.
inline jira::ApplicationLink jira_link() {
  jira::ApplicationLink link;
  link.name = "prod";
  link.base_url = "https://jira.example.com/jira";
  link.consumer_key = "hub";
  link.key_name = "hubkey";
  return link;
}

/// A provider of another make, with its dance beside its base URL.
inline jira::ApplicationLink generic_link() {
  jira::ApplicationLink link = jira_link();
  link.name = "photos";
  link.base_url = "https://photos.example.net/api";
  link.product = jira::Product::generic;
  link.endpoints = jira::ProviderEndpoints{"https://photos.example.net/initiate",
                                           "https://photos.example.net/authorize",
                                           "https://photos.example.net/token"};
  link.identity_url = "https://photos.example.net/api/me";
  return link;
}

/// The same, signing with a consumer secret.
inline jira::ApplicationLink secret_link(
    oauth1::SignatureMethod method = oauth1::SignatureMethod::hmac_sha256) {
  jira::ApplicationLink link = generic_link();
  link.signature_method = method;
  link.key_name.clear();
  return link;
}

}  // namespace applink::test

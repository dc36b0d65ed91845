#include "cli/link_flags.h"

#include <filesystem>
#include <utility>

#include <fmt/format.h>

#include "applink/base/files.h"
#include "applink/base/text.h"
#include "applink/crypto/certificate.h"
#include "applink/http/url.h"
#include "applink/jira/deployment.h"

namespace applink::cli {
namespace {

/// The file as an absolute path, for the link is used from other directories too; read once, so
/// that a wrong one is found now and not at the first call.
Result<std::string> checked_ca_file(const std::string& path) {
  if (path.empty()) return path;
  constexpr std::size_t largest = std::size_t{4} << 20;
  TRY_ASSIGN(const std::string content, read_file(path, largest));
  if (const auto certificate = crypto::Certificate::from_pem(content); !certificate) {
    return fail(ErrorCode::usage, fmt::format("no certificate in PEM in {}", terminal_safe(path)),
                "--ca-file names the authority that signed the server's certificate");
  }
  std::error_code unknown;
  const auto absolute = std::filesystem::absolute(path, unknown);
  return (unknown ? std::filesystem::path(path) : absolute).string();
}

}  // namespace

void LinkFlags::declare(Arguments& arguments) {
  arguments.option("--url", "URL", url,
                   "base URL, with the context path: where Jira's pages begin");
  arguments.option("--consumer-key", "KEY", consumer_key, "as Jira's administrator entered it");
  arguments.option("--key", "NAME", key, "the key pair that signs: applink key list");
  arguments.option("--product", "NAME", product,
                   "jira (the usual), confluence, bitbucket, bamboo or generic");
  arguments.option("--ca-file", "FILE", ca_file, "certificate authorities to trust, in PEM");
  arguments.option("--proxy", "URL", proxy, "instead of what https_proxy and no_proxy say");
  arguments.option("--timeout", "TIME", timeout, "how long an answer may take (60s)");
  arguments.option("--realm", "TEXT", realm, "realm in the Authorization header");
  arguments.flag("--allow-http", allow_http, "let plain http go to another machine");
  arguments.flag("--default", make_default, "the link that is meant where none is named");
}

Result<jira::ApplicationLink> LinkFlags::applied_to(jira::ApplicationLink link) const {
  if (allow_http) link.allow_http = jira::AllowHttp::yes;
  if (forbid_http) link.allow_http = jira::AllowHttp::no;
  if (consumer_key) link.consumer_key = *consumer_key;
  if (key) link.key_name = *key;
  if (timeout) link.timeout = *timeout;
  if (realm) link.realm = realm->empty() ? std::nullopt : realm;
  TRY(apply_places(link));
  TRY(jira::check_link(link));
  return link;
}

Result<void> LinkFlags::apply_places(jira::ApplicationLink& link) const {
  if (url) {
    TRY_ASSIGN(link.base_url, jira::checked_base_url(*url, link.allow_http));
  }
  if (product) {
    TRY_ASSIGN(link.product, jira::product_named(*product));
  }
  if (ca_file) {
    TRY_ASSIGN(link.ca_file, checked_ca_file(*ca_file));
  }
  if (proxy) link.proxy = *proxy;
  return {};
}

void warn_of_cloud(const jira::ApplicationLink& link, Console& console) {
  const auto url = http::Url::parse(link.base_url);
  if (!url || !jira::is_cloud_host(url->host())) return;
  console.warn(
      fmt::format("{} is a site of the cloud, where OAuth 1.0a is deprecated and may not work: "
                  "application links are for Server and Data Center; the cloud has API tokens and "
                  "OAuth 2.0",
                  url->host()));
}

}  // namespace applink::cli

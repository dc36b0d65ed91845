// Each flag with the member of the link that it sets.
#include "cli/link_flags.h"

#include <algorithm>

#include <fmt/format.h>

#include "applink/base/text.h"
#include "applink/http/url.h"
#include "applink/jira/connection.h"
#include "applink/jira/deployment.h"
#include "cli/link_files.h"
#include "cli/values.h"

namespace applink::cli {
namespace {

using Link = jira::ApplicationLink;

/// A setting that is a text of the link.
auto text(std::string Link::*member) {
  return [member](Link& link, const std::string& value) -> Result<void> {
    link.*member = value;
    return {};
  };
}

/// One of a known few words.
template <class T>
auto word(T Link::*member, Result<T> (*named)(std::string_view)) {
  return [member, named](Link& link, const std::string& value) -> Result<void> {
    TRY_ASSIGN(link.*member, named(value));
    return {};
  };
}

auto time(std::chrono::seconds Link::*member) {
  return [member](Link& link, const std::string& value) -> Result<void> {
    TRY_ASSIGN(link.*member, parse_duration(value));
    return {};
  };
}

auto endpoint(std::string jira::ProviderEndpoints::*member) {
  return [member](Link& link, const std::string& value) -> Result<void> {
    if (!link.endpoints) link.endpoints.emplace();
    (*link.endpoints).*member = value;
    return {};
  };
}

/// Plain http is looked at when the whole link is known.
Result<void> set_base_url(Link& link, const std::string& value) {
  TRY_ASSIGN(link.base_url, jira::checked_base_url(value, jira::AllowHttp::yes));
  return {};
}

/// All three of a generic provider's URLs, or none.
Result<void> settle_endpoints(Link& link) {
  if (!link.endpoints) return {};
  const auto& [temporary, authorization, token] = *link.endpoints;
  if (temporary.empty() && authorization.empty() && token.empty()) {
    link.endpoints.reset();
    return {};
  }
  for (const auto& [url, flag] :
       {std::pair(&temporary, "--request-token-url"), std::pair(&authorization, "--authorize-url"),
        std::pair(&token, "--access-token-url")}) {
    if (!url->empty()) continue;
    return fail(ErrorCode::usage, fmt::format("{} is missing", flag),
                "a provider has all three: --request-token-url URL --authorize-url URL "
                "--access-token-url URL");
  }
  return {};
}

tl::unexpected<Error> contradiction(std::string_view on, std::string_view off) {
  return fail(ErrorCode::usage, fmt::format("{} and {} contradict each other", on, off),
              "say one of the two");
}

}  // namespace

void LinkFlags::setting(Arguments& arguments, const std::string& flag, std::string value_name,
                        Setting set, std::string help) {
  const auto take = [this, flag, set = std::move(set)](const std::string& value) -> Result<void> {
    said_.emplace_back(flag, [set, value](Link& link) { return set(link, value); });
    return {};
  };
  arguments.option(flag, std::move(value_name), take, std::move(help));
}

void LinkFlags::declare(Arguments& arguments) {
  declare_client(arguments);
  declare_provider(arguments);
  declare_signing(arguments);
  declare_login(arguments);
  declare_connection(arguments);
  arguments.flag("--default", make_default_, "the link that is meant where none is named");
}

void LinkFlags::declare_for_onboarding(Arguments& arguments) {
  setting(arguments, "--consumer-key", "KEY", text(&Link::consumer_key),
          "what the other side will know us by (NAME)");
  setting(arguments, "--key", "NAME", text(&Link::key_name),
          "the key pair that signs, made where there is none (NAME)");
  declare_connection(arguments);
  arguments.flag("--default", make_default_, "the link that is meant where none is named");
}

void LinkFlags::declare_client(Arguments& arguments) {
  setting(arguments, "--url", "URL", set_base_url,
          "base URL, with the context path: where Jira's pages begin");
  setting(arguments, "--product", "NAME", word(&Link::product, jira::product_named),
          "jira (the usual), confluence, bitbucket, bamboo or generic");
  setting(arguments, "--consumer-key", "KEY", text(&Link::consumer_key),
          "as Jira's administrator entered it");
  setting(arguments, "--key", "NAME", text(&Link::key_name),
          "the key pair that signs: applink key list");
  arguments.flag("--consumer-secret", ask_for_secret_,
                 "ask for the consumer secret, which HMAC and PLAINTEXT take in place of a key");
  secret_.declare(arguments, "consumer-secret", "the consumer secret");
}

void LinkFlags::declare_provider(Arguments& arguments) {
  setting(arguments, "--request-token-url", "URL",
          endpoint(&jira::ProviderEndpoints::temporary_credentials),
          "of a generic provider: where a login begins");
  setting(arguments, "--authorize-url", "URL", endpoint(&jira::ProviderEndpoints::authorization),
          "of a generic provider: the page with Allow");
  setting(arguments, "--access-token-url", "URL",
          endpoint(&jira::ProviderEndpoints::token_credentials),
          "of a generic provider: where a token is given");
  setting(arguments, "--identity-url", "URL", text(&Link::identity_url),
          "of a generic provider: says who is logged in");
  arguments.flag("--allow-other-hosts", other_hosts_.on,
                 "let these URLs be on other hosts than the base URL");
}

void LinkFlags::declare_signing(Arguments& arguments) {
  setting(arguments, "--signature-method", "NAME",
          word(&Link::signature_method, parse_signature_method),
          "RSA-SHA1 (the usual), RSA-SHA256, RSA-SHA512, HMAC-SHA1, HMAC-SHA256, HMAC-SHA512, "
          "PLAINTEXT");
  setting(arguments, "--placement", "PLACE", word(&Link::placement, oauth1::placement_named),
          "where the signature goes: header (the usual), query or body");
  setting(
      arguments, "--realm", "TEXT",
      [](Link& link, const std::string& value) -> Result<void> {
        link.realm = value.empty() ? std::nullopt : std::optional(value);
        return {};
      },
      "realm in the Authorization header");
  arguments.flag("--body-hash", body_hash_.on, "sign a hash of bodies that are no form");
}

void LinkFlags::declare_login(Arguments& arguments) {
  setting(arguments, "--callback-url", "URL", text(&Link::callback_url),
          "where a login's answer goes, in place of this machine");
  arguments.flag("--two-legged", two_legged_.on, "call with no user's token where none is named");
  arguments.flag("--accept-oauth-1.0", oauth_1_0_.on,
                 "take a provider of OAuth 1.0, whose logins a stranger can end");
}

void LinkFlags::declare_connection(Arguments& arguments) {
  setting(arguments, "--ca-file", "FILE", set_ca_file, "certificate authorities to trust, in PEM");
  setting(
      arguments, "--client-certificate", "FILE",
      [](Link& link, const std::string& value) -> Result<void> {
        link.client_certificate = absolute_path(value);
        return {};
      },
      "certificate to show in TLS, in PEM");
  setting(
      arguments, "--client-key", "FILE",
      [](Link& link, const std::string& value) -> Result<void> {
        link.client_key = absolute_path(value);
        return {};
      },
      "its private key, in PEM");
  setting(arguments, "--proxy", "URL", set_proxy, "instead of what https_proxy and no_proxy say");
  setting(arguments, "--proxy-file", "FILE", set_proxy_from_file,
          "the same from a file, which may hold a login; - is standard input");
  setting(arguments, "--connect-timeout", "TIME", time(&Link::connect_timeout),
          "how long connecting may take (10s)");
  setting(arguments, "--max-time", "TIME", time(&Link::timeout),
          "how long an answer may take (60s)");
  setting(arguments, "--ip-version", "N", word(&Link::ip_version, jira::ip_version_named),
          "any (the usual), 4 or 6");
  setting(arguments, "--http-version", "N", word(&Link::http_version, jira::http_version_named),
          "auto (the usual), 1.1 or 2");
  arguments.flag("--allow-http", http_.on, "let plain http go to another machine");
}

void LinkFlags::declare_opposites(Arguments& arguments) {
  arguments.flag("--forbid-other-hosts", other_hosts_.off, "the opposite of --allow-other-hosts");
  arguments.flag("--no-body-hash", body_hash_.off, "the opposite of --body-hash");
  arguments.flag("--no-two-legged", two_legged_.off, "the opposite of --two-legged");
  arguments.flag("--refuse-oauth-1.0", oauth_1_0_.off, "the opposite of --accept-oauth-1.0");
  arguments.flag("--forbid-http", http_.off, "the opposite of --allow-http");
}

Result<void> LinkFlags::apply_switches(Link& link) const {
  if (body_hash_.on && body_hash_.off) return contradiction("--body-hash", "--no-body-hash");
  if (two_legged_.on && two_legged_.off) return contradiction("--two-legged", "--no-two-legged");
  if (http_.on && http_.off) return contradiction("--allow-http", "--forbid-http");
  if (other_hosts_.on && other_hosts_.off) {
    return contradiction("--allow-other-hosts", "--forbid-other-hosts");
  }
  if (oauth_1_0_.on && oauth_1_0_.off) {
    return contradiction("--accept-oauth-1.0", "--refuse-oauth-1.0");
  }
  if (body_hash_.on) link.body_hash = oauth1::BodyHash::sent;
  if (body_hash_.off) link.body_hash = oauth1::BodyHash::omitted;
  if (two_legged_.on) link.two_legged = jira::TwoLegged::yes;
  if (two_legged_.off) link.two_legged = jira::TwoLegged::no;
  if (http_.on) link.allow_http = jira::AllowHttp::yes;
  if (http_.off) link.allow_http = jira::AllowHttp::no;
  if (other_hosts_.on) link.allow_other_hosts = jira::AllowOtherHosts::yes;
  if (other_hosts_.off) link.allow_other_hosts = jira::AllowOtherHosts::no;
  if (oauth_1_0_.on) link.accept_oauth_1_0 = jira::AcceptOAuth10::yes;
  if (oauth_1_0_.off) link.accept_oauth_1_0 = jira::AcceptOAuth10::no;
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

Result<Link> LinkFlags::applied_to(Link link) const {
  if (said("--proxy") && said("--proxy-file")) return contradiction("--proxy", "--proxy-file");
  for (const auto& [flag, change] : said_) TRY(change(link));
  TRY(apply_switches(link));
  TRY(settle_endpoints(link));
  // A key that no longer signs must not be in the way where it is to be removed.
  if (!jira::signs_with_key(link) && !said("--key")) link.key_name.clear();
  TRY(jira::check_link(link));
  if (said("--client-certificate") || said("--client-key")) TRY(check_client_files(link));
  return link;
}

bool LinkFlags::said(std::string_view flag) const {
  return std::any_of(said_.begin(), said_.end(),
                     [flag](const auto& said) { return said.first == flag; });
}

bool LinkFlags::said() const {
  const auto either = [](const Switch& choice) { return choice.on || choice.off; };
  return !said_.empty() || make_default_ || ask_for_secret_ || secret_.is_given() ||
         either(body_hash_) || either(oauth_1_0_) || either(two_legged_) || either(other_hosts_) ||
         either(http_);
}

}  // namespace applink::cli

// The way through the dance, step by step.
#include "sandbox/test_sandbox.h"

#include <utility>

#include <gtest/gtest.h>

namespace applink::test {
namespace {

std::string between(std::string_view text, std::string_view before, std::string_view after) {
  const std::size_t begin = text.find(before);
  if (begin == std::string_view::npos) return {};
  const std::size_t first = begin + before.size();
  return std::string(text.substr(first, text.find(after, first) - first));
}

std::string absolute(std::string_view path) {
  return std::string(base_url) + std::string(path);
}

}  // namespace

sandbox::Consumer consumer(std::string key, const crypto::RsaPrivateKey& private_key) {
  return {key, key, "", std::nullopt,
          std::make_shared<const crypto::RsaPublicKey>(private_key.public_key())};
}

sandbox::Config test_config() {
  sandbox::Config config;
  config.origin = origin;
  config.context_path = "/jira";
  config.consumers.push_back(consumer("hub", hub_key()));
  return config;
}

TestSandbox::TestSandbox(sandbox::Config config, sandbox::Ledger ledger)
    : provider_(std::move(config), std::move(ledger), clock_) {}

http::Response TestSandbox::get(std::string_view path) {
  return send(Call("GET", absolute(path)).as_it_is());
}

Call TestSandbox::call(std::string method, std::string_view path) {
  Call call(std::move(method), absolute(path));
  call.add("oauth_consumer_key", "hub")
      .add("oauth_signature_method", "RSA-SHA1")
      .add("oauth_timestamp", std::to_string(clock_.now().time_since_epoch().count()))
      .add("oauth_nonce", "nonce" + std::to_string(++nonces_))
      .add("oauth_version", "1.0");
  return call;
}

Call TestSandbox::request_token_call(std::string callback) {
  return call("POST", "/plugins/servlet/oauth/request-token")
      .add("oauth_callback", std::move(callback));
}

Call TestSandbox::exchange_call(const std::string& token, const std::string& verifier) {
  return call("POST", "/plugins/servlet/oauth/access-token")
      .add("oauth_token", token)
      .add("oauth_verifier", verifier);
}

Call TestSandbox::renewal_call(const AccessTokenAnswer& access) {
  return call("POST", "/plugins/servlet/oauth/access-token")
      .add("oauth_token", access.token)
      .add("oauth_session_handle", access.session_handle);
}

Call TestSandbox::resource_call(std::string method, std::string_view path,
                                const std::string& token) {
  return call(std::move(method), path).add("oauth_token", token);
}

RequestTokenAnswer TestSandbox::request_token(std::string callback) {
  const auto response = send(request_token_call(std::move(callback)).signed_by(hub_key()));
  EXPECT_EQ(response.status, 200) << response.body;
  auto form = form_of(response.body);
  return {form["oauth_token"], form["oauth_token_secret"]};
}

std::string TestSandbox::allow(const std::string& token) {
  Browser browser(*this);
  browser.log_in("alice", "alice");
  const auto response = browser.submit_decision(token, "approve=Allow");
  if (response.status == 200) return verifier_in(response.body);
  return between(header_of(response, "Location") + '&', "oauth_verifier=", "&");
}

void TestSandbox::deny(const std::string& token) {
  Browser browser(*this);
  browser.log_in("alice", "alice");
  browser.submit_decision(token, "deny=Deny");
}

AccessTokenAnswer TestSandbox::exchange(const std::string& token, const std::string& verifier) {
  const auto response = send(exchange_call(token, verifier).signed_by(hub_key()));
  EXPECT_EQ(response.status, 200) << response.body;
  auto form = form_of(response.body);
  return {form["oauth_token"], form["oauth_token_secret"], form["oauth_session_handle"]};
}

AccessTokenAnswer TestSandbox::access_token() {
  const auto token = request_token();
  return exchange(token.token, allow(token.token));
}

http::Response Browser::send(http::Request request) {
  if (!cookie_.empty()) request.headers.add("Cookie", "other=1; JSESSIONID=" + cookie_);
  auto response = sandbox_.send(request);
  const std::string set = between(header_of(response, "Set-Cookie"), "JSESSIONID=", ";");
  if (!set.empty()) cookie_ = set;
  return response;
}

http::Response Browser::get(std::string_view path) {
  return send(Call("GET", absolute(path)).as_it_is());
}

http::Response Browser::post(std::string_view path, std::string form) {
  return send(Call("POST", absolute(path)).form(std::move(form)).as_it_is());
}

http::Response Browser::submit(std::string_view page, std::string_view action,
                               const std::string& fields) {
  const std::string xsrf = field_in(get(page).body, "atl_token");
  return post(action, fields + "&atl_token=" + encoded(xsrf));
}

http::Response Browser::log_in(const std::string& user, const std::string& password) {
  return submit("/login.jsp", "/login.jsp",
                "os_username=" + encoded(user) + "&os_password=" + encoded(password));
}

http::Response Browser::submit_decision(const std::string& token, const std::string& fields) {
  const std::string path = "/plugins/servlet/oauth/authorize";
  return submit(path + "?oauth_token=" + token, path, "oauth_token=" + token + '&' + fields);
}

std::string field_in(std::string_view page, std::string_view name) {
  return between(page, "name=\"" + std::string(name) + "\" value=\"", "\"");
}

std::string verifier_in(std::string_view page) {
  return between(page, "id=\"oauth_verifier\">", "<");
}

std::string header_of(const http::Response& response, std::string_view name) {
  return std::string(response.headers.find(name).value_or(""));
}

}  // namespace applink::test

// A sandbox with a clock that stands still, and a consumer and a browser that know the way.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "applink/http/message.h"
#include "sandbox/client.h"
#include "sandbox/config.h"
#include "sandbox/ledger.h"
#include "sandbox/provider.h"
#include "support/fixed_clock.h"

namespace applink::test {

inline constexpr std::string_view origin = "http://127.0.0.1:8090";
inline constexpr std::string_view base_url = "http://127.0.0.1:8090/jira";

/// The consumer "hub", and alice, bob and admin.
sandbox::Config test_config();
sandbox::Consumer consumer(std::string key, const crypto::RsaPrivateKey& private_key);

struct RequestTokenAnswer {
  std::string token;
  std::string secret;
};

struct AccessTokenAnswer {
  std::string token;
  std::string secret;
  std::string session_handle;
};

class TestSandbox {
 public:
  explicit TestSandbox(sandbox::Config config = test_config(), sandbox::Ledger ledger = {});

  http::Response send(const http::Request& request) { return provider_.answer(request).response; }
  http::Response get(std::string_view path);
  FixedClock& clock() { return clock_; }

  /// A call with every protocol parameter but token and signature, with a fresh nonce.
  Call call(std::string method, std::string_view path);
  Call request_token_call(std::string callback = "oob");
  Call exchange_call(const std::string& token, const std::string& verifier);
  Call renewal_call(const AccessTokenAnswer& access);
  Call resource_call(std::string method, std::string_view path, const std::string& token);

  RequestTokenAnswer request_token(std::string callback = "oob");
  /// As alice, with the browser; the verifier from the page.
  std::string allow(const std::string& token);
  void deny(const std::string& token);
  AccessTokenAnswer exchange(const std::string& token, const std::string& verifier);
  /// The whole dance.
  AccessTokenAnswer access_token();

 private:
  FixedClock clock_;
  sandbox::Provider provider_;
  int nonces_ = 0;
};

/// A browser with one cookie.
class Browser {
 public:
  explicit Browser(TestSandbox& sandbox) : sandbox_(sandbox) {}

  http::Response get(std::string_view path);
  /// `form` is percent-encoded already.
  http::Response post(std::string_view path, std::string form);
  /// Loads the page, then posts `fields` with the XSRF token that it holds.
  http::Response submit(std::string_view page, std::string_view action, const std::string& fields);
  http::Response log_in(const std::string& user, const std::string& password);
  http::Response submit_decision(const std::string& token, const std::string& fields);

  [[nodiscard]] const std::string& cookie() const { return cookie_; }
  void set_cookie(std::string cookie) { cookie_ = std::move(cookie); }

 private:
  http::Response send(http::Request request);

  TestSandbox& sandbox_;
  std::string cookie_;
};

/// The value of the form field in a page; empty where there is none.
std::string field_in(std::string_view page, std::string_view name);
/// The verification code in a page; empty where there is none.
std::string verifier_in(std::string_view page);

/// The first header of this name; empty where there is none.
std::string header_of(const http::Response& response, std::string_view name);

}  // namespace applink::test

// The way of a request: control endpoint or context, proxy, token endpoints, filter, page.
#include "sandbox/provider.h"

#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "crypto/random.h"
#include "http/date.h"
#include "sandbox/authentication.h"
#include "sandbox/authorization_parameters.h"
#include "sandbox/browser.h"
#include "sandbox/conditions.h"
#include "sandbox/control.h"
#include "sandbox/endpoints/application_link.h"
#include "sandbox/endpoints/authorization.h"
#include "sandbox/endpoints/home.h"
#include "sandbox/endpoints/login.h"
#include "sandbox/endpoints/resource.h"
#include "sandbox/endpoints/temporary_credentials.h"
#include "sandbox/endpoints/token_credentials.h"
#include "sandbox/interference.h"
#include "sandbox/password_authentication.h"
#include "sandbox/problem_response.h"
#include "sandbox/proxy_mishaps.h"
#include "sandbox/request_record.h"
#include "sandbox/responses.h"
#include "sandbox/token_length.h"
#include "sandbox/wire_mishaps.h"

namespace applink::sandbox {
namespace {

constexpr std::string_view request_token_path = "/plugins/servlet/oauth/request-token";
constexpr std::string_view access_token_path = "/plugins/servlet/oauth/access-token";

/// None where the path is not within the context: "/jirax" is not in "/jira".
std::optional<std::string_view> path_within(std::string_view context, std::string_view path) {
  if (path.empty()) path = "/";
  if (path.substr(0, context.size()) != context) return std::nullopt;
  path.remove_prefix(context.size());
  if (path.empty()) return "/";
  return path.front() == '/' ? std::optional(path) : std::nullopt;
}

bool is_token_endpoint(std::string_view path) {
  return path == request_token_path || path == access_token_path;
}

http::Response token_endpoint(Site& site, const Incoming& incoming) {
  if (incoming.path == request_token_path) return temporary_credentials(site, incoming);
  return token_credentials(site, incoming);
}

// The servlets answer POST alone; what they inherit answers GET with nothing at all.
http::Response inherited(const std::string& method) {
  return empty_response(method == "GET" || method == "HEAD" ? 200 : 405);
}

http::Response page(Site& site, const Incoming& incoming, const User* user) {
  if (incoming.path == authorization_path) return authorization(site, incoming);
  if (incoming.path == login_path) return login(site, incoming);
  if (is_application_link(incoming.path)) return application_link(site, incoming, user);
  if (is_resource(incoming.path)) return resource(site, incoming, user);
  if (incoming.path == "/") return home(site, user);
  return dead_link();
}

http::Response behind_filter(Site& site, const Incoming& incoming) {
  if (auto instead = instead_of_authentication(site, incoming)) return *std::move(instead);
  const User* user = nullptr;
  if (!is_run_as_nobody(incoming)) {
    const auto signer = signing_user(site, incoming);
    if (!signer) return resource_refusal(site.config, signer.error(), incoming.parameters);
    user = *signer != nullptr ? *signer : user_by_header(site, incoming.request);
    if (user == nullptr && presented(incoming.request) != Presented::nothing) {
      return login_failed(incoming.request);
    }
    if (user == nullptr) user = user_of(site, session_of(site, incoming.request));
  }
  auto instead = instead_of_resource(incoming);
  http::Response response = instead ? *std::move(instead) : page(site, incoming, user);
  response.headers.add("X-AUSERNAME", user != nullptr ? user->name : "anonymous");
  mark_as_nobodys(incoming, response);
  return response;
}

void append(oauth1::Parameters& all, const oauth1::Parameters& some) {
  all.insert(all.end(), some.begin(), some.end());
}

// The product, with nothing in front of it. `path` is within the context.
http::Response product(Site& site, const http::Request& request, std::string_view path,
                       const Struck& struck) {
  if (is_token_endpoint(path) && request.method != "POST") return inherited(request.method);
  auto parameters = header_parameters(request.headers);
  if (!parameters) return crash_page("URLDecoder: an escape in the Authorization header is broken");
  Incoming incoming{request,
                    path,
                    *std::move(parameters),
                    query_parameters(request.url),
                    form_parameters(request),
                    struck};
  append(incoming.parameters, incoming.query);
  append(incoming.parameters, incoming.form);
  if (!is_token_endpoint(path)) return behind_filter(site, incoming);
  if (auto instead = instead_of_authentication(site, incoming)) return *std::move(instead);
  return token_endpoint(site, incoming);
}

// By which Atlassian finds a request in the cloud.
void add_traces(http::Response& response) {
  const std::string id = crypto::random_alphanumeric(token_length);
  response.headers.add("atl-traceid", id);
  response.headers.add("atl-request-id", id);
}

Place place_of(std::string_view path) {
  if (path == request_token_path) return Place::request_token;
  if (path == access_token_path) return Place::access_token;
  const bool for_people = path == authorization_path || path == login_path || path == "/";
  return for_people ? Place::authorize : Place::resource;
}

Answered answer_within(Site& site, const http::Request& request, std::string_view path) {
  Struck struck = site.mishaps.strike(place_of(path), request.method);
  if (auto response = answer_of_proxy(struck)) return {*std::move(response), std::move(struck)};
  if (auto response = redirect_of(request, struck))
    return {*std::move(response), std::move(struck)};
  const http::Request seen = passed_on(request, struck, site.config.context_path);
  http::Response response = product(site, seen, path, struck);
  add_bare_challenge(site.config, request, response);
  if (site.config.release.deployment == Deployment::cloud) add_traces(response);
  response.headers.add("Date", http::date_of(clock_of(site, struck)));
  return {std::move(response), std::move(struck)};
}

Answered answer_anywhere(Site& site, const http::Request& request) {
  if (is_control(site.config, request)) return {control(site, request), {}};
  const auto path = path_within(site.config.context_path, request.url.path());
  if (!path) return {dead_link(), {}};
  Answered answered = answer_within(site, request, *path);
  count(site.counters, answered.response);
  return answered;
}

// The link behind a consumer that was there from the start.
void link(Site& site, const Consumer& consumer) {
  const std::string url = fmt::format("https://{}.example.com", consumer.key);
  site.links.add(consumer.name, url, url).consumer_key = consumer.key;
}

}  // namespace

struct Provider::Inside {
  std::mutex mutex;
  Site site;
};

Provider::Provider(Config config, Ledger ledger, const Clock& clock)
    : inside_(new Inside{{}, {std::move(config), std::move(ledger), clock, Issues(clock.now())}}) {
  Site& site = inside_->site;
  for (const Mishap& mishap : site.config.mishaps) site.mishaps.add(mishap);
  for (const Consumer& consumer : site.config.consumers) link(site, consumer);
}

Provider::~Provider() = default;

Answered Provider::answer(const http::Request& request) {
  const std::lock_guard lock(inside_->mutex);
  return answer_anywhere(inside_->site, request);
}

}  // namespace applink::sandbox

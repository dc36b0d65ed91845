// The way of a request through the product: context path, token endpoints, filter, page.
#include "sandbox/provider.h"

#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "sandbox/authentication.h"
#include "sandbox/authorization_parameters.h"
#include "sandbox/browser.h"
#include "sandbox/endpoints/authorization.h"
#include "sandbox/endpoints/home.h"
#include "sandbox/endpoints/login.h"
#include "sandbox/endpoints/resource.h"
#include "sandbox/endpoints/temporary_credentials.h"
#include "sandbox/endpoints/token_credentials.h"
#include "sandbox/problem_response.h"
#include "sandbox/responses.h"

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
  if (incoming.path == "/rest" || incoming.path.substr(0, 6) == "/rest/") {
    return resource(site, incoming, user);
  }
  if (incoming.path == "/") return home(site, user);
  return dead_link();
}

http::Response behind_filter(Site& site, const Incoming& incoming) {
  const auto signer = signing_user(site, incoming);
  if (!signer) return resource_refusal(site.config, signer.error(), incoming.parameters);
  const User* user =
      *signer != nullptr ? *signer : user_of(site, session_of(site, incoming.request));
  http::Response response = page(site, incoming, user);
  response.headers.add("X-AUSERNAME", user != nullptr ? user->name : "anonymous");
  return response;
}

void append(oauth1::Parameters& all, const oauth1::Parameters& some) {
  all.insert(all.end(), some.begin(), some.end());
}

http::Response answer(Site& site, const http::Request& request) {
  const auto path = path_within(site.config.context_path, request.url.path());
  if (!path) return dead_link();
  if (is_token_endpoint(*path) && request.method != "POST") return inherited(request.method);
  auto parameters = header_parameters(request.headers);
  if (!parameters) return crash_page("URLDecoder: an escape in the Authorization header is broken");
  Incoming incoming{request, *path, *std::move(parameters), query_parameters(request.url),
                    form_parameters(request)};
  append(incoming.parameters, incoming.query);
  append(incoming.parameters, incoming.form);
  if (is_token_endpoint(incoming.path)) return token_endpoint(site, incoming);
  return behind_filter(site, incoming);
}

}  // namespace

struct Provider::Inside {
  std::mutex mutex;
  Site site;
};

Provider::Provider(Config config, Ledger ledger, const Clock& clock)
    : inside_(new Inside{
          {}, {std::move(config), std::move(ledger), clock, {}, {}, Issues(clock.now())}}) {}

Provider::~Provider() = default;

http::Response Provider::handle(const http::Request& request) {
  const std::lock_guard lock(inside_->mutex);
  http::Response response = answer(inside_->site, request);
  add_bare_challenge(inside_->site.config, request, response);
  return response;
}

}  // namespace applink::sandbox

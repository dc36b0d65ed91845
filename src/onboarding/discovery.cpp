// Asks at the addresses that may have been meant, the likeliest first.
#include "applink/onboarding/discovery.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <utility>

#include <fmt/format.h>

#include "applink/base/text.h"
#include "applink/http/message.h"
#include "applink/http/url.h"
#include "http/date.h"
#include "jira/page_address.h"
#include "jira/redirect.h"

namespace applink::onboarding {
namespace {

constexpr std::size_t most_addresses = 8;
/// Jira refuses timestamps that are further off.
constexpr std::chrono::seconds tolerance = std::chrono::minutes(5);
constexpr std::array<std::string_view, 5> usual_context_paths{"/jira", "/confluence", "/bitbucket",
                                                              "/bamboo", "/wiki"};

struct Answer {
  http::Url asked;
  http::Response response;
};

Error is_not_well(const http::Url& asked, const http::Response& response) {
  return {ErrorCode::unreachable, fmt::format("{} answered {}", asked.text(), response.status),
          "the server, or a proxy before it, is not well: try again later; its log says why"};
}

/// One search: the addresses that are still worth asking, and what the others said.
class Search {
 public:
  Search(http::Transport& transport, jira::AllowHttp allow_http)
      : transport_(&transport), allow_http_(allow_http) {}

  /// Behind those that were found before, once, and only where a link may be.
  void add(std::string_view address) {
    const auto base_url = jira::checked_base_url(address, allow_http_);
    if (!base_url || queue_.size() == most_addresses) return;
    if (std::find(queue_.begin(), queue_.end(), *base_url) == queue_.end()) {
      queue_.push_back(*base_url);
    }
  }

  /// Nothing else is asked where nothing answered.
  std::optional<std::string> next() {
    while (next_ < queue_.size()) {
      const std::string& base_url = queue_[next_++];
      const auto url = http::Url::parse(base_url);
      const bool is_dead =
          url && std::any_of(dead_.begin(), dead_.end(),
                             [&](const http::Url& one) { return one.same_origin(*url); });
      if (!is_dead) return base_url;
    }
    return std::nullopt;
  }

  Result<Answer> ask(const std::string& base_url, std::string_view path) {
    TRY_ASSIGN(auto url, http::Url::parse(base_url + std::string(path)));
    http::Request request{"GET", url, {{"Accept", "application/json"}}, {}};
    auto response = transport_->send(request);
    if (response && response->status >= 500 && !failure_) failure_ = is_not_well(url, *response);
    if (response) return Answer{std::move(url), *std::move(response)};
    if (!failure_) failure_ = response.error();
    dead_.push_back(std::move(url));
    return tl::unexpected(std::move(response).error());
  }

  /// The first one, which is that of the likeliest address: no answer, or one of a server that is
  /// not well.
  [[nodiscard]] const std::optional<Error>& failure() const { return failure_; }
  [[nodiscard]] jira::AllowHttp allow_http() const { return allow_http_; }

 private:
  http::Transport* transport_;
  jira::AllowHttp allow_http_;
  std::vector<std::string> queue_;
  std::size_t next_ = 0;
  std::vector<http::Url> dead_;
  std::optional<Error> failure_;
};

struct Found {
  jira::Deployment deployment;
  Answer answer;
};

using Parser = Result<jira::Deployment> (*)(std::string_view);

/// The base URL that a redirect gives away, on the host that was asked.
void follow_in_thought(Search& search, const std::string& base_url, const Answer& answer) {
  if (answer.response.status < 300 || answer.response.status > 399) return;
  jira::ApplicationLink link;
  link.base_url = base_url;
  link.allow_http = search.allow_http();
  const auto location = answer.response.headers.find("Location").value_or("");
  const auto meant = jira::base_url_in_redirect(link, answer.asked, location);
  const auto target = meant ? http::Url::parse(*meant) : Result<http::Url>(answer.asked);
  if (!meant || !target) return;
  if (to_lower_ascii(target->host()) == to_lower_ascii(answer.asked.host())) search.add(*meant);
}

std::optional<Found> product_at(Search& search, const std::string& base_url) {
  constexpr std::array<std::pair<std::string_view, Parser>, 2> questions{
      {{"/rest/api/2/serverInfo", jira::parse_server_info},
       {"/rest/applinks/1.0/manifest", jira::parse_manifest}}};
  for (const auto& [path, parse] : questions) {
    auto answer = search.ask(base_url, path);
    if (!answer) return std::nullopt;
    follow_in_thought(search, base_url, *answer);
    if (answer->response.status != 200) continue;
    if (auto deployment = parse(answer->response.body)) {
      return Found{*std::move(deployment), *std::move(answer)};
    }
  }
  return std::nullopt;
}

/// What may have been meant: https in the place of http first, pages cut, and at the end of the
/// list the context paths that installations usually have.
Result<void> add_likely(Search& search, std::string_view typed) {
  const std::string_view text = trim_ascii(typed);
  const auto whole =
      text.find("://") == std::string_view::npos ? jira::with_scheme(text) : std::string(text);
  auto url = http::Url::parse(whole);
  if (!url) return tl::unexpected(in_context("the base URL", std::move(url).error()));
  const std::string origin(jira::origin_of(*url));
  const std::string context(jira::without_trailing_slashes(jira::context_path_in(*url)));
  const std::string secure = url->scheme() == "http" && !url->is_loopback()
                                 ? origin.substr(0, 4) + "s" + origin.substr(4)
                                 : origin;
  for (const std::string& one : {secure, origin}) search.add(one + context);
  if (!context.empty()) search.add(secure);
  if (context.empty()) {
    for (const std::string_view path : usual_context_paths) search.add(secure + std::string(path));
  }
  return {};
}

/// Whether only https was asked of a machine for which http was typed.
bool withheld_http(const Search& search, std::string_view typed) {
  const auto url = http::Url::parse(trim_ascii(typed));
  return url && url->scheme() == "http" && !url->is_loopback() &&
         search.allow_http() == jira::AllowHttp::no;
}

Error nothing_found(const Search& search, std::string_view typed) {
  if (search.failure() && withheld_http(search, typed)) {
    return {search.failure()->code,
            fmt::format("https does not answer there, and {} is plain http: {}",
                        terminal_safe(trim_ascii(typed)), search.failure()->message),
            "where there is no https, and nobody else on the way, say --allow-http"};
  }
  if (search.failure()) return *search.failure();
  return {ErrorCode::failed,
          fmt::format("no product of Atlassian's answers at {}", terminal_safe(typed)),
          "copy the address of the dashboard from the browser, up to the part before /secure; for "
          "another provider of OAuth 1.0a: applink link add NAME --product generic"};
}

void compare_with_typed(Discovery& discovery, std::string_view typed) {
  const auto text = jira::without_trailing_slashes(trim_ascii(typed));
  if (text == discovery.base_url) return;
  discovery.corrections.push_back(
      fmt::format("the base URL is {}, and not {}", discovery.base_url, terminal_safe(text)));
}

void compare_with_configured(Discovery& discovery) {
  const std::string configured(jira::without_trailing_slashes(discovery.deployment.base_url));
  if (configured.empty() || configured == discovery.base_url) return;
  discovery.warnings.push_back(fmt::format(
      "{} takes its own address for {}: its pages and e-mails lead there, and behind a reverse "
      "proxy that is not told to it a signature may fail",
      jira::product_title(discovery.deployment.product), terminal_safe(configured)));
}

void compare_clocks(Discovery& discovery, const http::Response& response, const Clock& clock) {
  const auto date = http::date_in(response.headers.find("Date").value_or(""));
  if (!date) return;
  const std::chrono::seconds ahead = clock.now() - *date;
  if (ahead <= tolerance && ahead >= -tolerance) return;
  discovery.warnings.push_back(fmt::format(
      "this machine's clock is {} seconds {} that of {}, which refuses more than {}: set it, by "
      "NTP for example",
      std::abs(ahead.count()), ahead.count() > 0 ? "ahead of" : "behind",
      jira::product_title(discovery.deployment.product), tolerance.count()));
}

/// Where the product names another address on the same host, it is the better one if it answers.
Found at_configured_address(Search& search, std::string& base_url, Found found) {
  const std::string configured(jira::without_trailing_slashes(found.deployment.base_url));
  const auto named = http::Url::parse(configured);
  const auto reached = http::Url::parse(base_url);
  if (!named || !reached || configured == base_url) return found;
  if (to_lower_ascii(named->host()) != to_lower_ascii(reached->host())) return found;
  const auto checked = jira::checked_base_url(configured, search.allow_http());
  if (!checked || *checked != configured) return found;
  auto there = product_at(search, configured);
  if (!there || there->deployment.base_url != found.deployment.base_url) return found;
  base_url = configured;
  return *std::move(there);
}

}  // namespace

Result<Discovery> discover(http::Transport& transport, std::string_view typed,
                           jira::AllowHttp allow_http, const Clock& clock) {
  Search search(transport, allow_http);
  TRY(add_likely(search, typed));
  while (auto base_url = search.next()) {
    auto found = product_at(search, *base_url);
    if (!found) continue;
    Found best = at_configured_address(search, *base_url, *std::move(found));
    Discovery discovery{*std::move(base_url), std::move(best.deployment), {}, {}};
    compare_with_typed(discovery, typed);
    compare_with_configured(discovery);
    compare_clocks(discovery, best.answer.response, clock);
    return discovery;
  }
  return tl::unexpected(nothing_found(search, typed));
}

}  // namespace applink::onboarding

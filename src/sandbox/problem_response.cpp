// net.oauth's OAuthServlet.handleException, and what Atlassian puts around it.
#include "sandbox/problem_response.h"

#include <string_view>
#include <utility>
#include <variant>

#include <fmt/format.h>

#include "applink/oauth1/percent_encoding.h"
#include "sandbox/pages.h"
#include "sandbox/responses.h"

namespace applink::sandbox {
namespace {

constexpr std::string_view unreadable = "a number in the request's OAuth parameters is no number";

http::Response problem_form(const Config& config, const Problem& problem) {
  return {problem.status(),
          {{"WWW-Authenticate", www_authenticate(config, problem.parameters)},
           {"Content-Type", "application/x-www-form-urlencoded;charset=UTF-8"},
           {"Cache-Control", "no-store"}},
          oauth_form(problem.parameters)};
}

http::Response echo(int status, const Config& config, const oauth1::Parameters& parameters) {
  http::Response response = empty_response(status);
  response.headers.add("WWW-Authenticate", www_authenticate(config, parameters));
  return response;
}

struct Wording {
  std::string_view title;
  std::string_view text;
};

// Jira has words of its own for three problems, and the same ones for all others.
Wording wording_of(std::string_view problem) {
  if (problem == "token_rejected") {
    return {"This request for access is not known",
            "Its token is not, or no longer, one of this server's. Begin again in the application "
            "that sent you here."};
  }
  if (problem == "token_used") {
    return {"This request for access is answered already",
            "Somebody has allowed or denied it. Begin again in the application that sent you "
            "here."};
  }
  if (problem == "token_expired") {
    return {"This request for access is too old",
            "It had to be answered within ten minutes. Begin again in the application that sent "
            "you here."};
  }
  return {"This request for access cannot be read",
          "The application that sent you here made a mistake. Whoever looks after it will know "
          "what to do with the line below."};
}

}  // namespace

std::string www_authenticate(const Config& config, const oauth1::Parameters& parameters) {
  std::string out = fmt::format("OAuth realm=\"{}\"", oauth1::percent_encode(config.base_url()));
  for (const oauth1::Parameter& parameter : parameters) {
    if (parameter.name.rfind("oauth_", 0) != 0) continue;
    out += fmt::format(", {}=\"{}\"", oauth1::percent_encode(parameter.name),
                       oauth1::percent_encode(parameter.value));
  }
  return out;
}

http::Response token_endpoint_refusal(const Config& config, const Refusal& refusal) {
  if (const auto* problem = std::get_if<Problem>(&refusal)) return problem_form(config, *problem);
  return crash_page(unreadable);
}

http::Response resource_refusal(const Config& config, const Refusal& refusal,
                                const oauth1::Parameters& request_parameters) {
  if (const auto* problem = std::get_if<Problem>(&refusal)) return problem_form(config, *problem);
  const int status = std::holds_alternative<LoginRefused>(refusal) ? 401 : 500;
  return echo(status, config, request_parameters);
}

http::Response authorization_refusal(const Config& config, const Problem& problem) {
  const Wording wording = wording_of(problem.name());
  http::Response response = html_response(
      problem.status(), error_page(wording.title, wording.text, oauth_form(problem.parameters)));
  response.headers.add("WWW-Authenticate", www_authenticate(config, problem.parameters));
  return response;
}

void add_bare_challenge(const Config& config, const http::Request& request,
                        http::Response& response) {
  if (response.status != 401) return;
  const std::string_view agent = request.headers.find("User-Agent").value_or("");
  const auto names = [agent](std::string_view client) {
    return agent.find(client) != std::string_view::npos;
  };
  if (names("WebDAVFS") || names("Microsoft-WebDAV-MiniRedir")) return;
  response.headers.add("WWW-Authenticate", www_authenticate(config, {}));
}

}  // namespace applink::sandbox

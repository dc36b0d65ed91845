// Whatever a server answers to the questions of who and what it is, and to any other.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "applink/base/text.h"
#include "applink/http/message.h"
#include "applink/jira/answer.h"
#include "applink/jira/deployment.h"
#include "applink/jira/user.h"
#include "support/links.h"

namespace {

void require(bool condition) {
  if (!condition) std::abort();
}

void fuzz_user(std::string_view body) {
  for (const auto product : {applink::jira::Product::jira, applink::jira::Product::bitbucket}) {
    const auto user = applink::jira::parse_current_user(product, body);
    require(!user || (!user->name.empty() && applink::terminal_safe(user->name) == user->name));
  }
}

/// The first byte chooses the status; what follows is header and body alike.
void fuzz_failure(std::string_view input) {
  if (input.empty()) return;
  const auto link = applink::test::jira_link();
  const std::string text(input.substr(1));
  const auto asked = applink::test::url(link.base_url + "/rest/x");
  const int status = 200 + static_cast<unsigned char>(input.front()) * 2;
  const applink::http::Response response{
      status, {{"Location", text}, {"WWW-Authenticate", text}, {"Content-Type", text}}, text};
  const auto failure = applink::jira::failure_of(response, asked, link);
  require(failure.has_value() == (status >= 300));
  require(!failure || applink::terminal_safe(failure->message) == failure->message);
  require(!failure || applink::terminal_safe(failure->hint) == failure->hint);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  fuzz_user(input);
  const auto deployment = applink::jira::parse_server_info(input);
  require(!deployment || !deployment->version.empty());
  fuzz_failure(input);
  return 0;
}

// Whatever a browser, or somebody else, sends to the callback listener: it is answered with a page
// that repeats nothing, and only a redirect of the expected login to the listener's path counts.
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <utility>

#include "applink/http/url.h"
#include "handshake/callback_inbox.h"
#include "http/request_reader.h"

namespace {

using applink::handshake::CallbackInbox;
using namespace std::chrono_literals;

constexpr std::string_view path = "/callback/path";

void demand(bool holds) {
  if (!holds) std::abort();
}

void visit(const applink::http::Request& request, const std::string& own_path) {
  CallbackInbox inbox(own_path);
  inbox.expect("reqtoken", applink::oauth1::CallbackConfirmed::yes);
  const auto page = inbox.page(request);
  demand(page.status >= 200 && page.status < 500 && !page.body.empty());
  const auto answer = inbox.wait(0s, {});
  if (!answer) {
    demand(answer.error().code == applink::ErrorCode::denied);
  } else if (*answer) {
    demand(request.method == "GET" && !(*answer)->empty() && **answer != "denied");
    demand(own_path.empty() || request.url.path() == own_path);
    demand(inbox.page(request).body != page.body);  // too late
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using applink::http::RequestReader;
  RequestReader reader(std::size_t{1} << 20);
  if (reader.feed({reinterpret_cast<const char*>(data), size}) != RequestReader::State::done) {
    return 0;
  }
  const auto& head = reader.head();
  auto url = applink::http::Url::parse("http://127.0.0.1:4711" + head.target);
  if (!url) return 0;
  const applink::http::Request request{head.method, *std::move(url), head.headers, reader.body()};
  visit(request, std::string(path));
  visit(request, "");
  return 0;
}

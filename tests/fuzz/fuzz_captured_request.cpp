// A captured request: what can be read has the base string that oauth1 makes of it, and every usual
// mistake can be made with it.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "applink/calls/captured_request.h"
#include "applink/calls/signed_text.h"
#include "applink/calls/usual_mistakes.h"
#include "applink/oauth1/signature_base_string.h"

namespace {

using applink::oauth1::FormBodyRule;

class NoFiles final : public applink::calls::CurlFiles {
 public:
  applink::Result<std::string> read(const std::string&) override {
    return applink::fail(applink::ErrorCode::failed, "there are no files here", "name none");
  }
  std::optional<std::string> default_config() override { return std::nullopt; }
};

void make_every_mistake(const applink::http::Request& request,
                        const applink::calls::SignedText& right) {
  const applink::calls::MistakeClues clues{request, "realm", request.url};
  for (const auto& mistake : applink::calls::usual_mistakes()) {
    for (const auto& mistaken : mistake.made(right, clues)) {
      if (mistaken.deed.empty() || applink::calls::text_of(mistaken.text).empty()) std::abort();
    }
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  NoFiles files;
  const auto captured =
      applink::calls::captured_request({reinterpret_cast<const char*>(data), size}, {}, files);
  if (!captured) {
    if (captured.error().message.empty() || captured.error().hint.empty()) std::abort();
    return 0;
  }
  const auto& request = captured->request;
  const auto base_string = applink::oauth1::base_string_of(request, FormBodyRule::every_method);
  const auto text = applink::calls::signed_text_of(request, FormBodyRule::every_method);
  if (!base_string) return 0;
  if (!text || applink::calls::text_of(*text) != *base_string) std::abort();
  make_every_mistake(request, *text);
  return 0;
}

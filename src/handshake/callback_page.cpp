// The pages that the callback listener answers with.
#include "handshake/callback_page.h"

#include <string>

#include <fmt/format.h>

#include "applink/base/encoding.h"
#include "applink/crypto/digest.h"

namespace applink::handshake {
namespace {

constexpr std::string_view style = R"(
:root { color-scheme: light dark }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; background: Canvas;
  color: CanvasText; font: 1.1rem/1.6 system-ui, sans-serif }
main { max-width: 32rem; padding: 2rem }
h1 { margin: 0 0 .5rem; font-size: 1.5rem; font-weight: 600 }
p { margin: 0; opacity: .8 }
)";

/// Names the one style that may apply; everything else is forbidden.
std::string content_security_policy() {
  return fmt::format(
      "default-src 'none'; style-src 'sha256-{}'; base-uri 'none'; form-action 'none'; "
      "frame-ancestors 'none'",
      base64_encode(crypto::digest(crypto::Digest::sha256, style)));
}

}  // namespace

http::Response callback_page(int status, std::string_view title, std::string_view text) {
  return {status,
          {{"Content-Type", "text/html; charset=utf-8"},
           {"Content-Security-Policy", content_security_policy()}},
          fmt::format("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                      "<meta name=\"viewport\" content=\"width=device-width\">\n"
                      "<title>{0}</title>\n<style>{1}</style>\n</head>\n"
                      "<body>\n<main>\n<h1>{0}</h1>\n<p>{2}</p>\n</main>\n</body>\n</html>\n",
                      title, style, text)};
}

}  // namespace applink::handshake

// Shows the page to open, by address, browser or QR code.
#include "cli/login_narrator.h"

#include <fmt/format.h>

#include "cli/browser.h"
#include "cli/qr_code.h"
#include "cli/terminal.h"

namespace applink::cli {

void LoginNarrator::show_authorization_page(const http::Url& page) {
  // From here on the login can be finished in a second sitting.
  advise_on_interrupt(fmt::format("to go on: {} --finish CODE-OR-URL", manner_.login_command));
  auto& console = context_.console();
  const bool elsewhere = manner_.browser == Browser::left_alone;
  if (elsewhere && manner_.callback.needs_tunnel()) {
    console.narrate("for a browser on another machine, run there first:");
    console.narrate("  " + tunnel_command(manner_.callback.listener->port));
  }
  console.narrate("open this page and press Allow:");
  console.insist(page.text());
  show_qr_code(page);
  if (!elsewhere) start_browser(page);
}

void LoginNarrator::start_browser(const http::Url& page) {
  if (open_in_browser(context_.environment(), page.text()) == BrowserStart::started) return;
  const bool tunnel = manner_.callback.needs_tunnel();
  context_.console().narrate(
      fmt::format("no browser can be started here; for one on another machine{}:",
                  tunnel ? ", run there" : ""));
  context_.console().narrate(tunnel ? "  " + tunnel_command(manner_.callback.listener->port)
                                    : fmt::format("  {} --oob", manner_.login_command));
}

void LoginNarrator::show_qr_code(const http::Url& page) {
  if (manner_.qr_code == ShowQrCode::no) return;
  auto& console = context_.console();
  const auto columns = Console::width();
  if (!columns && !console.always_colored()) {
    return console.warn("no QR code outside a terminal; --color always draws it all the same");
  }
  const auto code = qr_code(page.text());
  if (!code) return console.warn(code.error().message);
  if (columns && *columns < drawn_width(*code)) {
    return console.warn(fmt::format("no QR code: it takes {} columns, and the terminal has {}",
                                    drawn_width(*code), *columns));
  }
  const auto ink = console.colored() ? QrInk::black_on_white : QrInk::of_terminal;
  for (const std::string& line : drawn(*code, ink)) console.insist(line);
}

}  // namespace applink::cli

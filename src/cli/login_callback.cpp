// Chooses between listener and hand, and names the port and the tunnel to it.
#include "cli/login_callback.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>
#include <limits.h>
#include <pwd.h>
#include <unistd.h>

#include "applink/base/number.h"
#include "applink/base/text.h"
#include "applink/handshake/handshake.h"
#include "applink/http/url.h"

namespace applink::cli {
namespace {

Result<std::uint16_t> listening_port(const std::string& text) {
  const auto port = number_in<std::uint16_t>(text);
  if (port && *port != 0) return *port;
  return fail(ErrorCode::usage,
              fmt::format("--callback-port takes a port, not \"{}\"", terminal_safe(text)),
              "a number from 1024 to 65535; without the option any free port is taken");
}

/// The port of a callback that leads straight to a listener here: plain http, for it has no
/// certificate, to one of the addresses that it listens at.
std::optional<std::uint16_t> own_port(const std::string& callback_url) {
  const auto url = http::Url::parse(callback_url);
  if (!url || url->scheme() != "http") return std::nullopt;
  constexpr std::array<std::string_view, 3> names{"127.0.0.1", "[::1]", "localhost"};
  const auto host = to_lower_ascii(url->host());
  if (std::find(names.begin(), names.end(), host) == names.end()) return std::nullopt;
  return url->port();
}

std::string user_name() {
  const passwd* const entry = ::getpwuid(::geteuid());
  return entry == nullptr ? "USER" : terminal_safe(entry->pw_name);
}

std::string host_name() {
  std::array<char, HOST_NAME_MAX + 1> name{};
  return ::gethostname(name.data(), name.size() - 1) == 0 ? terminal_safe(name.data()) : "HOST";
}

}  // namespace

bool LoginCallback::needs_tunnel() const {
  if (!listener || listener->port == 0) return false;
  return listener->url.empty() || own_port(listener->url) == listener->port;
}

void CallbackFlags::declare(Arguments& arguments) {
  arguments.flag("--oob", oob, "the page shows a code, which is typed here");
  arguments.option(
      "--callback-port", "N",
      [this](const std::string& text) -> Result<void> {
        TRY_ASSIGN(port, listening_port(text));
        return {};
      },
      "wait for the answer at this port, for an SSH tunnel");
  arguments.option("--callback-url", "URL", url,
                   "send the browser there after Allow, in place of this machine");
}

Result<LoginCallback> CallbackFlags::chosen(const jira::ApplicationLink& link) const {
  if (oob && (port || url)) {
    return fail(ErrorCode::usage, "--oob is a login without a callback",
                fmt::format("leave out --oob or --callback-{}", port ? "port" : "url"));
  }
  if (oob) return LoginCallback{std::nullopt, std::string(handshake::oob)};
  // What is typed here obeys the rules of what is kept.
  jira::ApplicationLink changed = link;
  changed.callback_url = url.value_or(link.callback_url);
  TRY(jira::check_link(changed));
  const std::string& callback_url = changed.callback_url;
  if (callback_url.empty()) {
    return LoginCallback{handshake::CallbackPlace{port.value_or(0), ""}, ""};
  }
  const auto here = port ? port : own_port(callback_url);
  if (here) return LoginCallback{handshake::CallbackPlace{*here, callback_url}, ""};
  return LoginCallback{std::nullopt, callback_url};
}

std::string tunnel_command(std::uint16_t port) {
  return fmt::format("ssh -L {0}:127.0.0.1:{0} {1}@{2}", port, user_name(), host_name());
}

}  // namespace applink::cli

// Where the answer to a login arrives: at a listener, or by the hand of a person.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "applink/base/result.h"
#include "applink/handshake/callback_listener.h"
#include "applink/jira/application_link.h"
#include "cli/arguments.h"

namespace applink::cli {

struct LoginCallback {
  /// Where a listener waits; absent where a person carries the answer over.
  std::optional<handshake::CallbackPlace> listener;
  /// What the provider is told where none listens: a URL, or "oob".
  std::string told;

  /// A browser on another machine reaches the listener at its own loopback address alone.
  [[nodiscard]] bool needs_tunnel() const;
};

struct CallbackFlags {
  bool oob = false;
  std::optional<std::uint16_t> port;
  std::optional<std::string> url;

  void declare(Arguments& arguments);
  /// What was typed, else what the link says.
  [[nodiscard]] Result<LoginCallback> chosen(const jira::ApplicationLink& link) const;
};

/// "ssh -L 8400:127.0.0.1:8400 alice@hub": a way for that browser.
std::string tunnel_command(std::uint16_t port);

}  // namespace applink::cli

// The terminal itself: questions reach the person even where input and output are pipes.
#pragma once

#include <csignal>
#include <string>
#include <string_view>

#include "applink/base/result.h"
#include "applink/base/secret.h"

namespace applink::cli {

enum class Asking { allowed, forbidden };

class Terminal {
 public:
  void set_asking(Asking asking) { asking_ = asking; }

  /// Whether anybody can be asked.
  [[nodiscard]] bool can_ask() const;

  /// The line typed in answer to `question`. Where nobody can be asked it fails at once, and names
  /// `instead`: what on the command line would have answered. ErrorCode::failed at the end of
  /// input.
  [[nodiscard]] Result<std::string> ask(std::string_view question, std::string_view instead) const;

  /// The same unseen, for a secret.
  [[nodiscard]] Result<Secret> ask_secret(std::string_view question,
                                          std::string_view instead) const;

  /// The same for yes or no; anything but "y" or "yes" is a no, which is an error too.
  [[nodiscard]] Result<void> confirm(std::string_view question, std::string_view instead) const;

 private:
  enum class Echo { on, off };
  [[nodiscard]] Result<std::string> line_in_answer(std::string_view question,
                                                   std::string_view instead, Echo echo) const;

  Asking asking_ = Asking::allowed;
};

/// Echo off on a terminal for as long as it lives: what is typed or pasted there is not shown.
/// Ctrl-Z waits for its end: a shell would go on without echo.
class EchoOff {
 public:
  explicit EchoOff(int descriptor);
  ~EchoOff();
  EchoOff(const EchoOff&) = delete;
  EchoOff& operator=(const EchoOff&) = delete;

 private:
  sigset_t signals_before_{};
};

/// SIGINT, SIGTERM, SIGHUP and SIGQUIT end the process with status 130 from here on, at any moment:
/// the terminal is as it was, and the store is safe against worse.
void end_on_interrupt();

/// What such an end says from here on: how to go on with what was begun. Nothing where it is empty.
void advise_on_interrupt(std::string_view hint);

}  // namespace applink::cli

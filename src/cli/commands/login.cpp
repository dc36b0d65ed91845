// applink login LINK
#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include <fmt/format.h>

#include "applink/base/text.h"
#include "applink/handshake/login_session.h"
#include "applink/jira/login_command.h"
#include "cli/arguments.h"
#include "cli/browser.h"
#include "cli/commands/all.h"
#include "cli/context.h"
#include "cli/link_choice.h"
#include "cli/signing_parts.h"

namespace applink::cli {
namespace {

struct Input {
  std::optional<std::string> link;
  std::string user_label{store::default_user_label};
  bool oob = false;
  bool start = false;
  std::optional<std::string> finish;
  bool no_browser = false;
  std::optional<std::chrono::seconds> timeout;
};

constexpr int attempts_at_code = 3;
constexpr std::chrono::seconds usual_patience = std::chrono::minutes(5);

class Narrator final : public handshake::LoginNarrator {
 public:
  Narrator(Context& context, const Input& input, const jira::ApplicationLink& link)
      : context_(context), input_(input), link_(link) {}

  void tell(std::string_view line) override { context_.console().narrate(line); }

  void show_authorization_page(const http::Url& page) override {
    context_.console().narrate("open this page and press Allow:");
    context_.console().insist(page.text());
    if (input_.no_browser || input_.oob) return;
    if (open_in_browser(context_.environment(), page.text()) == BrowserStart::started) return;
    context_.console().narrate(
        fmt::format("no browser can be started here; for one on another machine: {} --oob",
                    jira::login_command(link_.name, input_.user_label)));
  }

 private:
  Context& context_;
  const Input& input_;
  const jira::ApplicationLink& link_;
};

Result<void> check(const Input& input) {
  if (input.start && input.finish) {
    return fail(ErrorCode::usage, "--start and --finish are two sittings",
                "first --start, and --finish with the code it led to");
  }
  if (input.timeout && (input.start || input.finish || input.oob)) {
    return fail(ErrorCode::usage, "--timeout is for a login by the browser on this machine",
                "a login in two sittings waits for nothing");
  }
  if (input.timeout && *input.timeout <= std::chrono::seconds::zero()) {
    return fail(ErrorCode::usage, "--timeout leaves no time to press Allow",
                "how long to wait, for example --timeout 5m");
  }
  return jira::check_name("user label", input.user_label);
}

Result<void> tell_success(const handshake::Login& login, const jira::ApplicationLink& link,
                          Context& context) {
  const std::string until =
      login.expires ? fmt::format(", good until {}", to_rfc3339(*login.expires)) : "";
  context.console().narrate(
      fmt::format("{} has a token of {}{}", link.name, terminal_safe(login.user.name), until));
  return {};
}

/// The code as it was typed; an empty line is one that was sent too early.
Result<std::string> typed_code(const Terminal& terminal, const std::string& later) {
  for (int attempt = 1; attempt <= attempts_at_code; ++attempt) {
    auto line = terminal.ask("Verification code:", "--start now, and --finish CODE later");
    if (!line && line.error().code != ErrorCode::failed) return line;
    if (!line) break;
    if (const auto code = trim_ascii(*line); !code.empty()) return std::string(code);
  }
  return fail(ErrorCode::failed, "no code was typed", fmt::format("once it is there: {}", later));
}

/// Whether another code may still end this login: none that was taken has led to a token.
Result<bool> waits_for_code(const store::Vault& vault, const jira::ApplicationLink& link,
                            const Input& input) {
  TRY_ASSIGN(const auto pending, vault.find_pending_login(link.name, input.user_label));
  return pending && !pending->unproven;
}

/// The whole of a login whose code a person carries over, and may mistype.
Result<handshake::Login> out_of_band(handshake::LoginSession& session, Narrator& narrator,
                                     const jira::ApplicationLink& link, const Input& input,
                                     Context& context) {
  TRY_ASSIGN(const store::Vault* const vault, context.vault());
  const std::string later =
      fmt::format("{} --finish CODE", jira::login_command(link.name, input.user_label));
  TRY_ASSIGN(const http::Url page, session.start());
  narrator.show_authorization_page(page);
  for (int attempt = 1;; ++attempt) {
    TRY_ASSIGN(const std::string code, typed_code(context.terminal(), later));
    auto login = session.finish(code);
    if (login || attempt == attempts_at_code) return login;
    const auto reason = login.error().code;
    if (reason != ErrorCode::usage && reason != ErrorCode::refused) return login;
    TRY_ASSIGN(const bool waits, waits_for_code(*vault, link, input));
    if (!waits) return login;
    context.console().warn(login.error().message);
  }
}

Result<void> run(const Input& input, Context& context) {
  TRY(check(input));
  TRY_ASSIGN(const auto link, chosen_link(context, input.link));
  TRY_ASSIGN(store::Vault* const vault, context.vault());
  TRY_ASSIGN(const auto signer, signer_of(context, link));
  TRY_ASSIGN(const auto transport, transport_of(context, link));
  Narrator narrator(context, input, link);
  handshake::LoginSession session({*vault, *transport, signer, narrator}, input.user_label);
  if (input.start) {
    TRY_ASSIGN(const http::Url page, session.start());
    return context.console().answer(page.text() + "\n");
  }
  auto login = input.finish ? session.finish(*input.finish)
               : input.oob  ? out_of_band(session, narrator, link, input, context)
                            : session.by_browser(input.timeout.value_or(usual_patience));
  if (!login) return tl::unexpected(std::move(login).error());
  return tell_success(*login, link, context);
}

}  // namespace

Action login(Arguments& arguments) {
  const auto input = std::make_shared<Input>();
  arguments.optional("LINK", input->link, "the link (the default one)");
  arguments.option("-u,--user", "LABEL", input->user_label,
                   "keep the token under this label, beside those of other users");
  arguments.flag("--oob", input->oob, "the page shows a code, which is typed here");
  arguments.flag("--start", input->start,
                 "print the page's URL and stop; the code is for --finish, later");
  arguments.option("--finish", "CODE-OR-URL", input->finish,
                   "go on with the code, or the address that the browser was sent to");
  arguments.flag("--no-browser", input->no_browser, "print the URL, start no browser");
  arguments.option("--timeout", "TIME", input->timeout, "how long to wait for Allow (5m)");
  return [input](Context& context) { return run(*input, context); };
}

}  // namespace applink::cli

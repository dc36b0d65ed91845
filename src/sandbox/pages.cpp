// Pages as strings: one frame, and what stands in it.
#include "sandbox/pages.h"

#include <fmt/format.h>

#include "pages/page.h"
#include "sandbox/html.h"

namespace applink::sandbox {
namespace {

constexpr std::string_view badge = R"(<p class="badge">Sandbox</p>
)";
constexpr std::string_view footer =
    "applink sandbox: it stands in for the real server, on this computer, and guards nothing.";

// `content` is markup.
std::string page(std::string_view title, std::string_view content) {
  return pages::html({fmt::format("{} – applink sandbox", escape_html(title)), std::string(content),
                      std::string(footer)});
}

std::string hidden(std::string_view name, std::string_view value) {
  return fmt::format(R"(<input type="hidden" name="{}" value="{}">)", name, escape_html(value));
}

std::string row(std::string_view term, std::string_view description) {
  if (description.empty()) return {};
  return fmt::format("<div><dt>{}</dt><dd>{}</dd></div>\n", term, escape_html(description));
}

std::string codes(const std::vector<std::string>& words) {
  std::string out;
  for (const std::string& word : words) {
    if (!out.empty()) out += ", ";
    out += fmt::format("<code>{}</code>", escape_html(word));
  }
  return out;
}

/// For whoever tries it; a user with a password of their own knows it.
std::string advice(const std::vector<std::string>& users) {
  if (users.empty()) return {};
  return fmt::format(
      "<p class=\"quiet\">Users here: {}. The password of each is the username.</p>\n",
      codes(users));
}

}  // namespace

std::string login_page(const LoginForm& form) {
  const bool failed = form.attempt == Attempt::failed;
  const std::string_view failure =
      failed
          ? R"(<p class="message bad" role="alert" id="failure">Sorry, your username and password are incorrect – please try again.</p>
)"
          : "";
  const std::string_view described =
      failed ? R"( aria-invalid="true" aria-describedby="failure")" : "";
  return page("Log in", fmt::format(R"({}<h1>Log in</h1>
{}<form method="post" action="{}">
<label for="os_username">Username</label>
<input id="os_username" name="os_username" autocomplete="username" autocapitalize="none" spellcheck="false" required autofocus{}>
<label for="os_password">Password</label>
<input id="os_password" name="os_password" type="password" autocomplete="current-password" required{}>
{}{}
{}<div class="buttons"><button class="main" name="login" value="Log In">Log in</button></div>
</form>)",
                                    badge, failure, escape_html(form.action), described, described,
                                    hidden("os_destination", form.destination),
                                    hidden("atl_token", form.xsrf_token), advice(form.users)));
}

std::string authorization_page(const AuthorizationForm& form) {
  const std::string afterwards = form.return_to.empty() ? "you are shown a code to type in"
                                                        : "you return to " + form.return_to;
  const std::string rows = row("Description", form.consumer_description) +
                           row("Server", form.host) + row("Logged in as", form.user) +
                           row("Afterwards", afterwards);
  const std::string callback = form.callback ? hidden("oauth_callback", *form.callback) : "";
  return page("Allow access?",
              fmt::format(R"({}<h1>Allow {} to act as you?</h1>
<p>It will be able to see and change whatever you can see and change, until you or an administrator takes the access back. It does not learn your password.</p>
<dl>
{}</dl>
<form method="post" action="{}">
{}{}{}
<div class="buttons"><button class="main" name="approve" value="Allow">Allow</button>
<button name="deny" value="Deny">Deny</button></div>
</form>)",
                          badge, escape_html(form.consumer_name), rows, escape_html(form.action),
                          hidden("oauth_token", form.token), callback,
                          hidden("atl_token", form.xsrf_token)));
}

std::string approved_page(std::string_view consumer_name,
                          const std::optional<std::string>& verifier) {
  const std::string name = escape_html(consumer_name);
  if (!verifier) {
    return page("Access Approved", fmt::format(R"({}<h1>Access Approved</h1>
<p>You have allowed <strong>{}</strong> to act as you. You may close this page and go back to it.</p>)",
                                               pages::picture(pages::Sign::good), name));
  }
  return page("Access Approved",
              fmt::format(R"({}<h1>Access Approved</h1>
<p>You have allowed <strong>{}</strong> to act as you. Your verification code is</p>
<code class="verifier" id="oauth_verifier">{}</code>
<p class="quiet">Type exactly this text, capitals and small letters as they are, where <strong>{}</strong> asks for it. The code serves once, for ten minutes.</p>)",
                          pages::picture(pages::Sign::good), name, escape_html(*verifier), name));
}

std::string denied_page(std::string_view consumer_name) {
  return page("Access Denied",
              fmt::format(R"({}<h1>Access Denied</h1>
<p>You have refused <strong>{}</strong> access. Nothing was given to it, and you may close this page.</p>)",
                          pages::picture(pages::Sign::bad), escape_html(consumer_name)));
}

std::string error_page(std::string_view title, std::string_view text, std::string_view detail) {
  const std::string small =
      detail.empty() ? ""
                     : fmt::format("\n<p class=\"quiet\"><code>{}</code></p>", escape_html(detail));
  return page(title, fmt::format(R"({}<h1>{}</h1>
<p>{}</p>{})",
                                 badge, escape_html(title), escape_html(text), small));
}

std::string home_page(const Welcome& welcome) {
  const std::string who = welcome.user.empty()
                              ? fmt::format(R"(Nobody is logged in: <a href="{}">log in</a>.)",
                                            escape_html(welcome.login_path))
                              : fmt::format("You are logged in as {}.", escape_html(welcome.user));
  const std::string known = welcome.consumers.empty() ? "none" : codes(welcome.consumers);
  return page("Home", fmt::format(R"({}<h1>A server to practise on</h1>
<p>It takes OAuth 1.0a at <code>{}</code> as the real one does. Consumers: {}.</p>
<p>{}</p>)",
                                  badge, escape_html(welcome.base_url), known, who));
}

}  // namespace applink::sandbox

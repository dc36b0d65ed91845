// A name with its password, or a personal access token.
#include "cli/admin_flags.h"

#include <fmt/format.h>

#include "applink/base/text.h"
#include "applink/http/url.h"

namespace applink::cli {
namespace {

/// A signature can be read by others, a password cannot: whatever the link allows.
Result<void> check_unread_on_the_way(const jira::ApplicationLink& link) {
  TRY_ASSIGN(const auto url, http::Url::parse(link.base_url));
  if (url.scheme() == "https" || url.is_loopback()) return {};
  return fail(ErrorCode::usage,
              fmt::format("{} is plain http: an administrator's credentials would be read by "
                          "everybody on the way",
                          link.base_url),
              "leave the administrator out, and use the screens of the product");
}

}  // namespace

void AdminFlags::declare(Arguments& arguments) {
  arguments.option("--admin-user", "NAME", user_,
                   "an administrator, who has the other side set over REST");
  password_.declare(arguments, "admin-password", "the password of --admin-user");
  token_.declare(arguments, "admin-token",
                 "an administrator's personal access token, in place of name and password");
}

Result<void> AdminFlags::check() const {
  if (user_ && token_.is_given()) {
    return fail(ErrorCode::usage,
                fmt::format("--admin-user and {} contradict each other", token_.given_flag()),
                "a personal access token stands alone: leave out --admin-user");
  }
  if (!user_ && password_.is_given()) {
    return fail(ErrorCode::usage, fmt::format("{} without --admin-user", password_.given_flag()),
                "say whose password it is: --admin-user NAME");
  }
  if (user_ && user_->empty()) {
    return fail(ErrorCode::usage, "--admin-user is empty", "for example --admin-user admin");
  }
  return {};
}

std::string AdminFlags::who() const {
  return user_ ? terminal_safe(*user_) : "the owner of the token";
}

Result<jira::AdminCredentials> AdminFlags::credentials(const jira::ApplicationLink& link,
                                                       const Terminal& terminal) const {
  TRY(check_unread_on_the_way(link));
  if (user_) {
    const auto question = fmt::format("Password of {} in {}:", terminal_safe(*user_),
                                      jira::product_title(link.product));
    TRY_ASSIGN(const Secret password, password_.read(terminal, question));
    return jira::admin_by_password(*user_, password);
  }
  TRY_ASSIGN(const Secret token, token_.read(terminal, "Personal access token:"));
  return jira::admin_by_token(token);
}

}  // namespace applink::cli

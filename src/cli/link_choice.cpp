// The link that is named, else the usual one, else the only one.
#include "cli/link_choice.h"

#include <vector>

#include <fmt/format.h>

#include "applink/http/url.h"

namespace applink::cli {
namespace {

using Links = std::vector<jira::ApplicationLink>;

std::string names_of(const Links& links) {
  std::string names;
  for (const auto& link : links) names += fmt::format("{}{}", names.empty() ? "" : ", ", link.name);
  return names;
}

Result<jira::ApplicationLink> only_link(const Links& links) {
  if (links.size() == 1) return links.front();
  if (links.empty()) {
    return fail(ErrorCode::failed, "there is no link yet",
                "applink link add NAME --url URL --consumer-key KEY --key NAME");
  }
  return fail(ErrorCode::usage, fmt::format("which link? there are {}", names_of(links)),
              fmt::format("name one, or choose the usual one: applink link set {} --default",
                          links.front().name));
}

/// The name that is meant where none is named, if any.
Result<std::optional<std::string>> usual_name(Context& context, const store::Vault& vault) {
  if (const std::string& usual = context.environment().link; !usual.empty()) return usual;
  return vault.default_link();
}

/// One of several links that a URL belongs to alike.
Result<jira::ApplicationLink> one_of(const Links& links, Context& context,
                                     const store::Vault& vault, const std::string& user_label) {
  TRY_ASSIGN(const auto usual, usual_name(context, vault));
  Links with_token;
  for (const auto& link : links) {
    if (usual == link.name) return link;
    TRY_ASSIGN(const auto token, vault.find_token(link, user_label));
    if (token) with_token.push_back(link);
  }
  if (with_token.size() == 1) return with_token.front();
  return fail(ErrorCode::usage, fmt::format("which link? this URL belongs to {}", names_of(links)),
              fmt::format("name one: -l {}", links.front().name));
}

}  // namespace

Result<jira::ApplicationLink> chosen_link(Context& context,
                                          const std::optional<std::string>& named) {
  TRY_ASSIGN(store::Vault* const vault, context.vault());
  if (named) return vault->link(*named);
  if (const std::string& usual = context.environment().link; !usual.empty()) {
    auto link = vault->link(usual);
    if (!link) return tl::unexpected(in_context("APPLINK_LINK", std::move(link).error()));
    return link;
  }
  TRY_ASSIGN(const auto default_link, vault->default_link());
  if (default_link) return vault->link(*default_link);
  TRY_ASSIGN(const auto links, vault->links());
  return only_link(links);
}

Result<jira::ApplicationLink> link_for_call(Context& context,
                                            const std::optional<std::string>& named,
                                            std::string_view path_or_url,
                                            const std::string& user_label) {
  if (named || path_or_url.starts_with('/')) return chosen_link(context, named);
  TRY_ASSIGN(const http::Url url, http::Url::parse(path_or_url));
  TRY_ASSIGN(store::Vault* const vault, context.vault());
  TRY_ASSIGN(const auto links, vault->links());
  const auto matching = jira::links_for(links, url);
  if (matching.size() == 1) return matching.front();
  if (!matching.empty()) return one_of(matching, context, *vault, user_label);
  return fail(ErrorCode::failed, "this URL is under the base URL of no link",
              links.empty() ? "applink link add NAME --url URL --consumer-key KEY --key NAME"
                            : "the base URLs there are: applink link list");
}

}  // namespace applink::cli
